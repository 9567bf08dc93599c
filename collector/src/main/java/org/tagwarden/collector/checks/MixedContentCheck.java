package org.tagwarden.collector.checks;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsoleMessage;
import org.tagwarden.report.ResourceType;

/** An https page that asks for something over http. */
final class MixedContentCheck implements Check {
  private static final Pattern CONSOLE =
      Pattern.compile("(?i)mixed content.*requested an insecure .*?'((?:http|ws)://[^']+)'");

  @Override
  public String id() {
    return "mixed-content";
  }

  @Override
  public String title() {
    return "Insecure content on a secure page";
  }

  @Override
  public String whyItMatters() {
    return "Browsers block it or mark the page as not secure; what still comes through can be read and"
        + " changed on the way.";
  }

  @Override
  public Severity severity() {
    return Severity.MEDIUM;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    if (!visited.visit().finalUrl().startsWith("https:")) return List.of();
    FailureBySubject failures = new FailureBySubject();
    for (CapturedRequest request : visited.visit().requests()) {
      boolean plain = request.url().startsWith("http://") || request.url().startsWith("ws://");
      boolean navigation =
          request.type() == ResourceType.DOCUMENT && leadsToThePage(visited, request);
      if (!plain || navigation) continue;
      String key = visited.recognition().tagKeyByRequest().get(request.id());
      String kind = request.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      add(failures, request.url(), key, kind + ": " + request.url());
    }
    for (ConsoleMessage message : visited.visit().console()) {
      Matcher told = CONSOLE.matcher(message.text());
      if (told.find()) add(failures, told.group(1), null, message.text());
    }
    return failures.all();
  }

  /** A visit may begin on http and be redirected: that is the way to the page, not content. */
  private static boolean leadsToThePage(Visited visited, CapturedRequest request) {
    MainDocument document = MainDocument.of(visited.visit());
    return document == null
        || document.request().frameId() == null
        || document.request().frameId().equals(request.frameId());
  }

  private void add(FailureBySubject failures, String url, @Nullable String tagKey, String seen) {
    String host = Hosts.of(url);
    if (host.isEmpty() || isLoopback(host)) return;
    failures.add(
        host,
        tagKey,
        severity(),
        "The page is secure but asks " + host + " for content without encryption.",
        List.of(seen),
        "Change the address to https, or remove it where its host offers none.");
  }

  /** Browsers trust the visitor's own machine. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.startsWith("127.")
        || host.equals("[::1]");
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .request("http://img.partner.example/banner.jpg", ResourceType.IMAGE)
        .visited();
  }
}
