package org.tagwarden.collector.changes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.text.ScriptText;
import org.tagwarden.collector.checks.MainDocument;
import org.tagwarden.collector.checks.ScriptSubject;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.ScriptBehaviour;
import org.tagwarden.report.ScriptKind;
import org.tagwarden.report.StorageWrite;

/** Reads the traits out of a visit. Pure; each trait once. */
public final class VisitTraits {
  /** What the inline scripts of a host do cannot be told apart by an address. */
  static final String INLINE_OF = "inline scripts of ";

  private final PageVisit visit;
  private final Recognition recognition;
  private final Map<String, ScriptText> texts;
  private final Map<Integer, CapturedRequest> byId = new HashMap<>();
  private final Map<String, String> tagByUrl = new HashMap<>();
  private final Set<String> documents = new HashSet<>();
  private final Map<String, Trait> traits = new LinkedHashMap<>();

  private VisitTraits(PageVisit visit, Recognition recognition, Map<String, ScriptText> texts) {
    this.visit = visit;
    this.recognition = recognition;
    this.texts = texts;
    for (CapturedRequest request : visit.requests()) {
      byId.put(request.id(), request);
      if (request.type() == ResourceType.DOCUMENT) documents.add(request.url());
      String tag = recognition.tagKeyByRequest().get(request.id());
      if (tag != null) tagByUrl.putIfAbsent(request.url(), tag);
    }
  }

  /**
   * @param texts of the visit's scripts by SHA-256, as far as they are known
   * @param bodies that came with the report, by SHA-256
   */
  public static VisitTraitList of(
      PageVisit visit,
      Recognition recognition,
      Map<String, ScriptText> texts,
      Map<String, String> bodies) {
    VisitTraits reader = new VisitTraits(visit, recognition, texts);
    reader.tags();
    for (CapturedRequest request : visit.requests()) reader.request(request);
    for (CapturedScript script : visit.scripts()) reader.script(script);
    for (CapturedCookie cookie : visit.cookies()) reader.cookie(cookie);
    for (StorageWrite write : visit.storage()) reader.storage(write);
    for (ScriptBehaviour behaviour : visit.behaviours()) reader.behaviour(behaviour);
    MainDocument document = MainDocument.of(visit);
    if (document != null) WatchedHeaders.of(document).forEach(reader::add);
    List<Trait> traits = List.copyOf(reader.traits.values());
    return new VisitTraitList(traits, texts, inline(traits, bodies), reader.subjects());
  }

  private static Map<String, String> inline(List<Trait> traits, Map<String, String> bodies) {
    Map<String, String> inline = new HashMap<>();
    for (Trait trait : traits) {
      String sha256 = trait.facts().sha256();
      String body = sha256 == null ? null : bodies.get(sha256);
      if (trait.kind() == TraitKind.INLINE && body != null) inline.put(sha256, body);
    }
    return inline;
  }

  /** Names under which findings know what this visit showed. */
  private Set<String> subjects() {
    Set<String> subjects = new HashSet<>();
    for (CapturedRequest request : visit.requests()) {
      boolean served = request.failure() == null && request.status() != null;
      if (!served || request.status() >= 400) continue;
      subjects.add(Hosts.of(request.url()));
      if (request.type() == ResourceType.SCRIPT) subjects.add(ScriptSubject.of(request.url()));
    }
    for (Trait trait : traits.values()) {
      if (trait.kind() == TraitKind.TAG || trait.kind() == TraitKind.COOKIE) {
        subjects.add(trait.subject());
      }
    }
    return subjects;
  }

  private void add(Trait trait) {
    // Whoever loads a script from a host and also sends data there, sends data there.
    traits.merge(
        trait.kind() + "\n" + trait.subject() + "\n" + trait.value(),
        trait,
        (first, other) -> first.facts().sends() || !other.facts().sends() ? first : other);
  }

  private void add(
      TraitKind kind, String subject, String value, @Nullable String tagKey, Trait.Facts facts) {
    add(new Trait(kind, subject, value, tagKey, facts));
  }

  private void tags() {
    for (Tag tag : recognition.tags()) {
      List<String> seen = new ArrayList<>();
      seen.add("Tag: " + tag.product() + (tag.known() ? " of " + tag.vendor() : ""));
      seen.add("Hosts: " + String.join(", ", tag.hosts()));
      if (tag.loaderUrl() != null) seen.add("Loaded by: " + tag.loaderUrl());
      Trait.Facts facts = new Trait.Facts(tag.loaderKey(), null, false, null, seen);
      add(TraitKind.TAG, tag.key(), "", tag.key(), facts);
      tag.versions()
          .forEach(
              (account, version) -> {
                String container = account.isEmpty() ? tag.key() : tag.key() + " " + account;
                add(TraitKind.CONTAINER, container, version, tag.key(), facts.by(null));
              });
    }
  }

  private void request(CapturedRequest request) {
    String host = Hosts.of(request.url());
    if (host.isEmpty()) return;
    if (!request.aliases().isEmpty()) {
      String last = request.aliases().get(request.aliases().size() - 1);
      add(
          TraitKind.ALIAS,
          host,
          Hosts.registrableDomain(last.toLowerCase(Locale.ROOT)),
          tagOf(request),
          Trait.Facts.seen(host + " is an alias of " + String.join(", ", request.aliases())));
    }
    boolean framed = request.type() == ResourceType.DOCUMENT && !isMain(request);
    String tag = tagOf(request);
    String script = scriptOf(request);
    if (framed) {
      add(
          TraitKind.FRAME,
          ScriptSubject.of(request.url()),
          "",
          tag,
          Trait.Facts.seen("Frame: " + request.url())
              .by(script)
              .at(tag == null ? null : TraitNames.host(host), false));
    }
    if (tag == null) return;
    Trait.Facts facts =
        Trait.Facts.seen("Request: " + request.method() + " " + request.url())
            .at(TraitNames.host(host), TraitNames.sends(request))
            .by(script);
    add(TraitKind.HOST, TraitNames.host(host), "", tag, facts);
    if (script != null && !TraitNames.sameOwner(script, host)) {
      add(TraitKind.CONTACT, script, TraitNames.host(host), tagOfScript(request), facts);
    }
  }

  private void script(CapturedScript script) {
    ScriptText text = texts.get(script.sha256());
    if (text == null || script.kind() == ScriptKind.EVALUATED) return;
    CapturedRequest request = script.requestId() == null ? null : byId.get(script.requestId());
    if (script.kind() == ScriptKind.INLINE) {
      String name = "inline script " + text.skeleton().substring(0, 12);
      Trait.Facts facts =
          Trait.Facts.seen(
                  "Page: " + script.url() + (script.line() > 0 ? ", line " + script.line() : ""))
              .by(script.createdBy() == null ? null : subject(script.createdBy()))
              .bytes(script.sha256());
      add(TraitKind.INLINE, name, "", tagOfUrl(script.createdBy()), facts);
    } else if (request != null) {
      Trait.Facts facts =
          Trait.Facts.seen("URL: " + request.url()).by(scriptOf(request)).bytes(script.sha256());
      add(
          TraitKind.SCRIPT,
          ScriptSubject.of(request.url()),
          text.fingerprint().substring(0, 32),
          tagOf(request),
          facts);
    }
  }

  private void cookie(CapturedCookie cookie) {
    String domain =
        cookie.domain().startsWith(".") ? cookie.domain().substring(1) : cookie.domain();
    List<String> flags = new ArrayList<>();
    if (cookie.secure()) flags.add("Secure");
    if (cookie.httpOnly()) flags.add("HttpOnly");
    if (cookie.sameSite() != null) flags.add("SameSite=" + cookie.sameSite());
    if (cookie.partitioned()) flags.add("Partitioned");
    CapturedRequest request = cookie.requestId() == null ? null : byId.get(cookie.requestId());
    String tag = request == null ? tagOfUrl(cookie.script()) : tagOf(request);
    String by = request == null ? cookie.script() : request.url();
    add(
        TraitKind.COOKIE,
        ScriptSubject.withoutVolatileParts(cookie.name()) + "@" + domain,
        flags.isEmpty() ? "no flags" : String.join("; ", flags),
        tag == null ? tagOfDomain(domain) : tag,
        Trait.Facts.seen(by == null ? "Set by a script" : "Set by " + by)
            .by(cookie.script() == null ? null : subject(cookie.script())));
  }

  private void storage(StorageWrite write) {
    String where = write.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String script = write.script();
    add(
        TraitKind.STORAGE,
        where + " " + ScriptSubject.withoutVolatileParts(write.key()) + " of " + write.origin(),
        "",
        tagOfUrl(script),
        Trait.Facts.seen(script == null ? "Written by a script" : "Written by " + script)
            .by(script == null ? null : subject(script)));
  }

  private void behaviour(ScriptBehaviour behaviour) {
    String url = behaviour.script();
    if (url == null) return;
    String script = subject(url);
    String line = behaviour.line() > 0 ? ", line " + behaviour.line() : "";
    Trait.Facts facts =
        Trait.Facts.seen("Script: " + url + line, "What: " + behaviour.detail()).by(script);
    switch (behaviour.kind()) {
      case FIELD_READ ->
          add(TraitKind.READ, script, TraitNames.fields(behaviour.detail()), tagOfUrl(url), facts);
      case COOKIE_READ, COOKIE_WRITE -> {} // nearly every script; the cookies are traits themselves
      default ->
          add(
              TraitKind.DEED,
              script,
              behaviour.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              tagOfUrl(url),
              facts);
    }
  }

  /** The script that sent the request; null when the document did. */
  private @Nullable String scriptOf(CapturedRequest request) {
    Integer by = request.initiator().requestId();
    CapturedRequest cause = by == null ? null : byId.get(by);
    boolean inline = request.initiator().kind() == Initiator.Kind.SCRIPT;
    if (cause == null) return null;
    if (cause.type() == ResourceType.DOCUMENT) return inline ? subject(cause.url()) : null;
    return cause.type() == ResourceType.SCRIPT || cause.type() == ResourceType.WORKER
        ? subject(cause.url())
        : null;
  }

  private @Nullable String tagOfScript(CapturedRequest request) {
    Integer by = request.initiator().requestId();
    return by == null ? null : recognition.tagKeyByRequest().get(by);
  }

  /** A script's subject; for a document's address its inline scripts. */
  private String subject(String url) {
    return documents.contains(url)
        ? INLINE_OF + TraitNames.host(Hosts.of(url))
        : ScriptSubject.of(url);
  }

  private boolean isMain(CapturedRequest request) {
    CapturedRequest one = request;
    for (int hops = 0; hops < 20 && one.redirectedFrom() != null; hops++) {
      CapturedRequest from = byId.get(one.redirectedFrom());
      if (from == null) break;
      one = from;
    }
    return one.initiator().kind() == Initiator.Kind.NAVIGATION
        || request.url().equals(visit.finalUrl());
  }

  private @Nullable String tagOf(CapturedRequest request) {
    return recognition.tagKeyByRequest().get(request.id());
  }

  private @Nullable String tagOfUrl(@Nullable String url) {
    return url == null ? null : tagByUrl.get(url);
  }

  private @Nullable String tagOfDomain(String domain) {
    for (Tag tag : recognition.tags()) {
      for (String host : tag.hosts()) {
        if (host.equals(domain) || host.endsWith("." + domain)) return tag.key();
      }
    }
    return null;
  }
}
