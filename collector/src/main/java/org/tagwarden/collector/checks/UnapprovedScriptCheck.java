package org.tagwarden.collector.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.governance.rules.Ruling;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.collector.vendors.LoadMethod;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ResourceType;

/** A third-party script whose tag (and hash) nobody approved, or somebody refused. */
final class UnapprovedScriptCheck implements Check {
  @Override
  public String id() {
    return "unapproved-script";
  }

  @Override
  public String title() {
    return "Script that nobody approved";
  }

  @Override
  public String whyItMatters() {
    return "A third-party script can read everything on the page, forms and payment data included."
        + " One that nobody answers for is how skimmers and forgotten tools get in.";
  }

  @Override
  public Severity severity() {
    return Severity.HIGH;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    for (CapturedRequest request : visited.visit().requests()) {
      if (request.type() != ResourceType.SCRIPT || !ran(request)) continue;
      Tag tag = visited.recognition().tagOf(request.id());
      if (tag == null) continue;
      Ruling ruling = visited.rule(Occurrence.of(tag, request));
      // What was approved until yesterday is a finding of its own, see LapsedAuthorizationCheck.
      if (ruling.approved() || ruling.approvalLapsed()) continue;
      String subject = ScriptSubject.of(request.url());
      boolean refused = ruling.refused();
      failures.add(
          subject,
          tag.key(),
          refused ? Severity.CRITICAL : Severity.HIGH,
          refused
              ? "The script " + subject + " runs although it was refused."
              : "The script " + subject + " runs and nobody has approved it.",
          evidence(visited, request, tag, ruling),
          refused
              ? "Remove it from the page or from what loads it, or change the decision with a"
                  + " justification."
              : "Find out who needs it. Approve the tag or this script with a justification, or"
                  + " refuse it and have it removed.");
    }
    return failures.all();
  }

  private static boolean ran(CapturedRequest request) {
    Integer status = request.status();
    boolean failed = request.failure() != null || (status != null && status >= 400);
    return !failed && !MainDocument.redirects(request);
  }

  private static List<String> evidence(
      Visited visited, CapturedRequest request, Tag tag, Ruling ruling) {
    List<String> seen = new ArrayList<>();
    seen.add("URL: " + request.url());
    if (request.bodySha256() != null) seen.add("SHA-256: " + request.bodySha256());
    seen.add("Tag: " + label(tag));
    seen.add("Loaded by: " + loader(visited, tag));
    Authorization decided = ruling.deciding();
    if (decided != null) {
      seen.add(
          "Decided: "
              + decided.verdict().word()
              + " by "
              + decided.approval().by()
              + " for "
              + decided.subject().label()
              + ": "
              + decided.justification().text());
    }
    Set<String> contacted = new TreeSet<>();
    for (CapturedRequest other : visited.visit().requests()) {
      Integer by = other.initiator().requestId();
      if (by != null && by == request.id()) contacted.add(Hosts.of(other.url()));
    }
    contacted.remove("");
    if (!contacted.isEmpty()) seen.add("It contacted: " + String.join(", ", contacted));
    Set<String> cookies = new TreeSet<>();
    for (CapturedCookie cookie : visited.visit().cookies()) {
      if (request.url().equals(cookie.script())) cookies.add(cookie.name());
    }
    if (!cookies.isEmpty()) seen.add("It set the cookies: " + String.join(", ", cookies));
    return seen;
  }

  private static String label(Tag tag) {
    if (!tag.known()) return tag.vendor() + " (unknown vendor)";
    String product = tag.product().equals(tag.vendor()) ? "" : " " + tag.product();
    return tag.vendor() + product + " (" + tag.category().label() + ")";
  }

  private static String loader(Visited visited, Tag tag) {
    String url = tag.loaderUrl() == null ? "" : " (" + tag.loaderUrl() + ")";
    if (tag.loadMethod() == LoadMethod.UNKNOWN) return "unknown";
    if (tag.loadMethod() == LoadMethod.HARD_CODED) return "the site itself" + url;
    Tag loader = byKey(visited, tag.loaderKey());
    String name = loader == null ? String.valueOf(tag.loaderKey()) : loader.product();
    return name + url;
  }

  private static @Nullable Tag byKey(Visited visited, @Nullable String key) {
    for (Tag tag : visited.recognition().tags()) if (tag.key().equals(key)) return tag;
    return null;
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .script("https://tags.stranger.example/t.js?cb=1772431200", "soup();")
        .undecided("host:tags.stranger.example")
        .visited();
  }
}
