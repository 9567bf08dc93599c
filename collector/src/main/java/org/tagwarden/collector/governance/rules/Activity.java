package org.tagwarden.collector.governance.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.collector.vendors.VolatileParts;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.ScriptBehaviour;
import org.tagwarden.report.StorageWrite;

/**
 * What a tag, or a part of it, did on one page visit, in the terms of an envelope. The same for
 * "approve as seen" and for the check, so that what was seen is never a drift.
 *
 * @param hosts that it contacted, each with the first request as evidence; what belongs to a tag of
 *     its own is a fourth party
 * @param fourthParties other tags that it brought, with evidence
 * @param cookies longest lifetime by name, generated parts of names as {@code *}
 * @param consents the visitor's choices with which it fired, with evidence
 * @param page URL of the page
 * @param bytes on the wire
 */
public record Activity(
    Map<String, String> hosts,
    Map<FourthParty, String> fourthParties,
    Map<String, Duration> cookies,
    Map<ConsentState, String> consents,
    String page,
    long bytes,
    int requests,
    Map<Behaviour, List<String>> behaviours) {

  /** Another tag that it brought; {@code host} the first one of it that was contacted. */
  public record FourthParty(String tagKey, String vendor, String product, String host) {}

  private static final int MOST_EVIDENCE = 5;

  /** What these requests of the tag, and the scripts that they served, did. */
  public static Activity of(
      PageVisit visit, Recognition recognition, Tag tag, Set<Integer> requestIds) {
    return new Reading(visit, recognition, tag, requestIds).activity();
  }

  /** What the whole tag did. */
  public static Activity of(PageVisit visit, Recognition recognition, Tag tag) {
    return of(visit, recognition, tag, Set.copyOf(tag.requestIds()));
  }

  /** With which of the visitor's choices a request was sent: NONE before any. */
  public static ConsentState choiceAt(PageVisit visit, ConsentPhase phase) {
    if (visit.consent() == ConsentState.GPC) return ConsentState.GPC;
    boolean chosen = visit.choice() != null && phase == ConsentPhase.AFTER_CHOICE;
    return chosen ? visit.consent() : ConsentState.NONE;
  }

  /** One pass over a visit. */
  private static final class Reading {
    private final PageVisit visit;
    private final Recognition recognition;
    private final Tag tag;
    private final Set<Integer> own;
    private final Set<String> ownUrls = new HashSet<>();
    private final Set<String> ownHashes = new HashSet<>();
    private final Map<String, Tag> tagByKey = new HashMap<>();
    private final Set<String> scripting = new HashSet<>();
    private final Map<String, String> hosts = new LinkedHashMap<>();
    private final Map<FourthParty, String> fourthParties = new LinkedHashMap<>();
    private final Map<ConsentState, String> consents = new LinkedHashMap<>();
    private final Map<Behaviour, List<String>> behaviours = new LinkedHashMap<>();
    private long bytes;

    Reading(PageVisit visit, Recognition recognition, Tag tag, Set<Integer> own) {
      this.visit = visit;
      this.recognition = recognition;
      this.tag = tag;
      this.own = own;
      for (Tag each : recognition.tags()) tagByKey.put(each.key(), each);
      for (CapturedRequest request : visit.requests()) {
        String key = recognition.tagKeyByRequest().get(request.id());
        if (key != null && request.type() == ResourceType.SCRIPT) scripting.add(key);
        if (!own.contains(request.id())) continue;
        ownUrls.add(request.url());
        if (request.bodySha256() != null) ownHashes.add(request.bodySha256());
      }
    }

    Activity activity() {
      for (CapturedRequest request : visit.requests()) {
        if (own.contains(request.id())) readOwn(request);
        else if (isByOwn(request)) readBrought(request);
      }
      for (Tag other : recognition.tags()) {
        boolean brought = tag.key().equals(other.loaderKey()) && isOwnUrl(other.loaderUrl());
        if (brought && isSomebody(other) && !other.hosts().isEmpty()) {
          brings(other, other.hosts().get(0), "It loaded " + other.product());
        }
      }
      for (ScriptBehaviour behaviour : visit.behaviours()) read(behaviour);
      for (StorageWrite write : visit.storage()) read(write);
      return new Activity(
          hosts, fourthParties, cookies(), consents, visit.page(), bytes, own.size(), behaviours);
    }

    private void readOwn(CapturedRequest request) {
      bytes += request.sizes().headerBytes() + request.sizes().wireBytes();
      contacts(request);
      ConsentState choice = choiceAt(visit, request.phase());
      consents.putIfAbsent(choice, line(request));
    }

    private void readBrought(CapturedRequest request) {
      Tag other = tagByKey.get(recognition.tagKeyByRequest().get(request.id()));
      if (other == null || other.key().equals(tag.key())) return;
      if (isSomebody(other)) {
        brings(other, Hosts.of(request.url()), line(request));
      } else contacts(request);
    }

    private void contacts(CapturedRequest request) {
      String host = Hosts.of(request.url());
      if (!host.isEmpty()) hosts.putIfAbsent(host, line(request));
    }

    private void brings(Tag other, String host, String evidence) {
      for (FourthParty known : fourthParties.keySet()) {
        if (known.tagKey().equals(other.key())) return;
      }
      fourthParties.put(
          new FourthParty(other.key(), other.vendor(), other.product(), host), evidence);
    }

    /** Whoever is known, or runs scripts, needs an authorization of its own; else it is a host. */
    private boolean isSomebody(Tag other) {
      return other.known() || scripting.contains(other.key());
    }

    private boolean isByOwn(CapturedRequest request) {
      Integer by = request.initiator().requestId();
      return by != null && own.contains(by);
    }

    private boolean isOwnUrl(@Nullable String url) {
      return url != null && ownUrls.contains(url);
    }

    private boolean isOwnScript(@Nullable String url, @Nullable String sha256) {
      return isOwnUrl(url) || (sha256 != null && ownHashes.contains(sha256));
    }

    private void read(ScriptBehaviour behaviour) {
      Behaviour kind = Behaviour.of(behaviour.kind());
      if (kind == null || !isOwnScript(behaviour.script(), behaviour.scriptSha256())) return;
      String place = behaviour.line() > 0 ? ", line " + behaviour.line() : "";
      String detail = behaviour.detail().isEmpty() ? "" : ": " + behaviour.detail();
      note(kind, words(behaviour.kind()) + detail + " (" + behaviour.script() + place + ")");
    }

    private void read(StorageWrite write) {
      if (!isOwnScript(write.script(), write.scriptSha256())) return;
      String key = VolatileParts.starred(write.key());
      note(Behaviour.STORAGE, words(write.kind()) + " of " + write.origin() + ": " + key);
    }

    private void note(Behaviour kind, String line) {
      List<String> lines = behaviours.computeIfAbsent(kind, k -> new ArrayList<>());
      if (lines.size() < MOST_EVIDENCE && !lines.contains(line)) lines.add(line);
    }

    private Map<String, Duration> cookies() {
      Map<String, Duration> cookies = new LinkedHashMap<>();
      for (CapturedCookie cookie : visit.cookies()) {
        boolean isOwn =
            cookie.requestId() != null
                ? own.contains(cookie.requestId())
                : isOwnUrl(cookie.script());
        Duration life =
            cookie.expires() == null
                ? Duration.ZERO
                : Duration.between(visit.startedAt(), cookie.expires());
        if (!isOwn || life.isNegative()) continue;
        cookies.merge(
            VolatileParts.starred(cookie.name()), life, (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
      return cookies;
    }
  }

  private static String line(CapturedRequest request) {
    return request.method() + " " + request.url() + " at " + Math.round(request.startMs()) + " ms";
  }

  private static String words(Enum<?> kind) {
    String words = kind.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
