package org.tagwarden.collector.checks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.ResourceType;

/** The same tag for the same account loaded twice into one document. */
final class DuplicateTagCheck implements Check {
  @Override
  public String id() {
    return "duplicate-tag";
  }

  @Override
  public String title() {
    return "Tag that is loaded twice";
  }

  @Override
  public String whyItMatters() {
    return "Page views and conversions are counted twice, so that reports and bids rest on wrong"
        + " numbers, and visitors download everything twice.";
  }

  @Override
  public Severity severity() {
    return Severity.MEDIUM;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    for (Tag tag : visited.recognition().tags()) {
      for (String account : tag.accountIds()) examine(visited, tag, account, failures);
    }
    return failures.all();
  }

  private void examine(Visited visited, Tag tag, String account, FailureBySubject failures) {
    Map<String, List<CapturedRequest>> loads = new LinkedHashMap<>();
    for (CapturedRequest request : visited.visit().requests()) {
      if (!tag.key().equals(visited.recognition().tagKeyByRequest().get(request.id()))) continue;
      if (!isLoad(request) || !carries(request.url(), account)) continue;
      String place = request.frameId() + " " + ScriptSubject.of(request.url());
      loads.computeIfAbsent(place, p -> new ArrayList<>()).add(request);
    }
    for (List<CapturedRequest> same : loads.values()) {
      if (same.size() < 2) continue;
      failures.add(
          tag.key() + " " + account,
          tag.key(),
          severity(),
          label(tag) + " is loaded " + same.size() + " times for " + account + ".",
          same.stream().map(r -> r.url() + " at " + Math.round(r.startMs()) + " ms").toList(),
          "Keep one of them: most often the tag stands in the page and in the tag manager too.");
    }
  }

  private static String label(Tag tag) {
    return tag.product().startsWith(tag.vendor())
        ? tag.product()
        : tag.vendor() + " " + tag.product();
  }

  private static boolean isLoad(CapturedRequest request) {
    return request.type() == ResourceType.SCRIPT
        && request.worker() == null
        && request.answered()
        && !MainDocument.redirects(request)
        && request.initiator().kind() != Initiator.Kind.PRELOAD;
  }

  /** Whether the account's id stands in the URL as a whole word. */
  private static boolean carries(String url, String account) {
    int at = url.indexOf(account);
    while (at >= 0) {
      int end = at + account.length();
      boolean startsThere = at == 0 || !Character.isLetterOrDigit(url.charAt(at - 1));
      boolean endsThere = end == url.length() || !Character.isLetterOrDigit(url.charAt(end));
      if (startsThere && endsThere) return true;
      at = url.indexOf(account, at + 1);
    }
    return false;
  }

  @Override
  public Visited example() {
    String tag = "https://www.googletagmanager.com/gtag/js?id=G-ABCDEF1234";
    return ExampleVisit.clean()
        .tag(
            "www.googletagmanager.com",
            "google-analytics",
            "Google Analytics",
            Category.ANALYTICS,
            "G-ABCDEF1234")
        .script(tag, "gtag();")
        .script(tag + "&l=dataLayer", "gtag();")
        .visited();
  }
}
