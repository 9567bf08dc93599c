package org.tagwarden.collector.checks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.Activity;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Behaviour;
import org.tagwarden.collector.governance.rules.Drift;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.governance.rules.PaymentPage;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ResourceType;

/** A tag that does what its authorization does not allow: a finding for each property. */
final class EnvelopeDriftCheck implements Check {
  @Override
  public String id() {
    return "envelope-drift";
  }

  @Override
  public String title() {
    return "Tag that left what it was authorized for";
  }

  @Override
  public String whyItMatters() {
    return "It was approved for what it did then. A tag that sends data to somebody new, fires without"
        + " consent or starts to read forms is another tag under the old name.";
  }

  @Override
  public Severity severity() {
    return Severity.HIGH;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    for (Tag tag : visited.recognition().tags()) {
      for (Map.Entry<Authorization, Set<Integer>> part : parts(visited, tag).entrySet()) {
        Authorization authorization = part.getKey();
        Activity activity =
            Activity.of(visited.visit(), visited.recognition(), tag, part.getValue());
        for (Drift drift :
            Drift.of(authorization.envelope(), activity, other -> isNews(visited, other))) {
          add(failures, visited, tag, authorization, drift);
        }
      }
    }
    return failures.all();
  }

  /** The tag's requests by the authorization that decides about them, where it sets limits. */
  private static Map<Authorization, Set<Integer>> parts(Visited visited, Tag tag) {
    Map<Authorization, Set<Integer>> parts = new LinkedHashMap<>();
    if (visited.authorizations().all().isEmpty()) return parts;
    Set<Integer> ids = Set.copyOf(tag.requestIds());
    for (CapturedRequest request : visited.visit().requests()) {
      if (!ids.contains(request.id())) continue;
      Authorization deciding = visited.rule(Occurrence.of(tag, request)).deciding();
      if (deciding == null || deciding.verdict() != Verdict.APPROVED) continue;
      if (deciding.envelope().isOpen()) continue;
      parts.computeIfAbsent(deciding, d -> new LinkedHashSet<>()).add(request.id());
    }
    return parts;
  }

  /** One whose scripts nobody approved is a finding of its own already. */
  private static boolean isNews(Visited visited, Activity.FourthParty other) {
    for (Tag tag : visited.recognition().tags()) {
      if (!tag.key().equals(other.tagKey())) continue;
      for (CapturedRequest request : visited.visit().requests()) {
        boolean script = request.type() == ResourceType.SCRIPT;
        if (!script || !tag.requestIds().contains(request.id())) continue;
        if (!visited.rule(Occurrence.of(tag, request)).approved()) return false;
      }
    }
    return true;
  }

  private static void add(
      FailureBySubject failures, Visited visited, Tag tag, Authorization by, Drift drift) {
    List<String> evidence = new ArrayList<>();
    evidence.add("Allowed: " + drift.allowed());
    for (String seen : drift.seen()) evidence.add("Seen: " + seen);
    evidence.add(
        "Authorized: "
            + by.subject().label()
            + ", by "
            + by.approval().by()
            + " on "
            + by.approval().at().toString().substring(0, 10));
    String subject = tag.key() + " " + drift.property().word();
    failures.name(subject, drift.names());
    failures.add(
        subject,
        tag.key(),
        severity(drift.property(), PaymentPage.is(visited.visit())),
        tag.product() + " " + drift.says() + ", which its authorization does not allow.",
        evidence,
        "Ask its owner whether this is meant. If it is, add it to the authorization with a"
            + " justification; if not, have it stopped, or refuse the tag.");
  }

  static Severity severity(Drift.Property property, boolean paymentPage) {
    Severity plain =
        switch (property) {
          case HOSTS, FORM_READING -> Severity.HIGH;
          case FOURTH_PARTIES, CONSENT, FINGERPRINTING, DEVICE -> Severity.MEDIUM;
          case COOKIES, COOKIE_LIFETIME, STORAGE, PAGES, BYTES, REQUESTS -> Severity.LOW;
        };
    if (!paymentPage) return plain;
    return property == Drift.Property.PAGES ? Severity.HIGH : oneWorse(plain);
  }

  private static Severity oneWorse(Severity severity) {
    return switch (severity) {
      case LOW -> Severity.MEDIUM;
      case MEDIUM -> Severity.HIGH;
      case HIGH, CRITICAL -> Severity.CRITICAL;
    };
  }

  @Override
  public Visited example() {
    return example(Set.of("*.recorder.example"), null)
        .script("https://replay.recorder.example/r.js", "record();")
        .requestBy(2, "https://collect.stranger.example/e", ResourceType.BEACON)
        .visited();
  }

  /** A recorder that is authorized within limits. */
  static ExampleVisit example(@Nullable Set<String> hosts, @Nullable Set<Behaviour> behaviours) {
    return ExampleVisit.clean()
        .tag(
            "replay.recorder.example",
            "recorder",
            "Session recorder",
            Category.SESSION_REPLAY,
            "r-1")
        .authorized(
            "recorder", new Envelope(hosts, null, null, null, null, null, null, behaviours));
  }
}
