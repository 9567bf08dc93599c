package org.tagwarden.collector.checks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Failure.Code;
import org.tagwarden.report.ResourceType;

/**
 * A host that is an alias of a name which does not exist any more. The scanner tells the aliases of
 * a host that it could not resolve only when its DNS server said that there is no such name.
 */
final class DanglingAliasCheck implements Check {
  @Override
  public String id() {
    return "dangling-alias";
  }

  @Override
  public String title() {
    return "Alias of a name that does not exist";
  }

  @Override
  public String whyItMatters() {
    return "Whoever registers the name at the end of the alias answers in its place from then on: with"
        + " scripts for the page and, under the site's own domain, with its cookies.";
  }

  @Override
  public Severity severity() {
    return Severity.HIGH;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    String site = Hosts.registrableDomain(Hosts.of(visited.visit().finalUrl()));
    for (CapturedRequest request : visited.visit().requests()) {
      if (!dangles(request)) continue;
      String host = Hosts.of(request.url());
      String end = request.aliases().get(request.aliases().size() - 1);
      boolean own = Hosts.registrableDomain(host).equals(site);
      @Nullable String key = visited.recognition().tagKeyByRequest().get(request.id());
      boolean runs =
          request.type() == ResourceType.SCRIPT || request.type() == ResourceType.DOCUMENT;
      failures.add(
          host,
          key,
          own || runs ? Severity.CRITICAL : severity(),
          host + " is an alias of " + end + ", and there is no such name any more.",
          List.of(host + " -> " + String.join(" -> ", request.aliases()), "URL: " + request.url()),
          own
              ? "Delete the alias from the DNS today, or register its target again before somebody"
                  + " else does."
              : "Take what is loaded from there off the page, and tell the vendor.");
    }
    return failures.all();
  }

  /** Whether the request failed because its host's alias leads nowhere. */
  static boolean dangles(CapturedRequest request) {
    boolean lost = request.failure() != null && request.failure().code() == Code.DNS;
    return lost && !request.aliases().isEmpty();
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .alias("img.partner.example", "partner-img.pages-host.example")
        .failed("https://img.partner.example/banner.jpg", ResourceType.IMAGE, Code.DNS)
        .visited();
  }
}
