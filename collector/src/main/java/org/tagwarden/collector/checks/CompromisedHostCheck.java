package org.tagwarden.collector.checks;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.report.CapturedRequest;

/**
 * A host that is publicly known to have served malicious code. The list holds domains of the
 * polyfill.io affair (reported by several security companies in June 2024); add others with the
 * year and what happened.
 */
final class CompromisedHostCheck implements Check {
  private static final Set<String> DOMAINS =
      Set.of(
          "polyfill.io", // sold in 2024; served malware to phones
          "bootcdn.net", // 2023-2024: same operator, same code
          "bootcss.com",
          "staticfile.net",
          "staticfile.org");

  @Override
  public String id() {
    return "compromised-host";
  }

  @Override
  public String title() {
    return "Host that is known to have served malicious code";
  }

  @Override
  public String whyItMatters() {
    return "Whoever owns that host now decides what runs on the page. Its code has redirected and"
        + " infected visitors before.";
  }

  @Override
  public Severity severity() {
    return Severity.CRITICAL;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    for (CapturedRequest request : visited.visit().requests()) {
      String domain = Hosts.registrableDomain(Hosts.of(request.url()));
      if (!DOMAINS.contains(domain)) continue;
      @Nullable String key = visited.recognition().tagKeyByRequest().get(request.id());
      failures.add(
          domain,
          key,
          severity(),
          "The page asks " + domain + ", which is known to have served malicious code.",
          List.of("URL: " + request.url()),
          "Remove it today. If the page needs the library, take it from its authors and host it"
              + " yourself.");
    }
    return failures.all();
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .script("https://cdn.polyfill.io/v3/polyfill.min.js", "polyfill();")
        .visited();
  }
}
