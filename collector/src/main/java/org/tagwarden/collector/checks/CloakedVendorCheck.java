package org.tagwarden.collector.checks;

import java.util.List;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ResourceType;

/** A vendor behind a name of the site's own (CNAME): first party by its looks only. */
final class CloakedVendorCheck implements Check {
  @Override
  public String id() {
    return "cloaked-vendor";
  }

  @Override
  public String title() {
    return "Vendor behind a name of the site's own";
  }

  @Override
  public String whyItMatters() {
    return "Browsers take it for the site: it gets cookies that are meant for the site alone, and"
        + " passes the protections that visitors chose.";
  }

  @Override
  public Severity severity() {
    return Severity.MEDIUM;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    String site = Hosts.registrableDomain(Hosts.of(visited.visit().finalUrl()));
    for (CapturedRequest request : visited.visit().requests()) {
      Tag tag = visited.recognition().tagOf(request.id());
      String host = Hosts.of(request.url());
      boolean own = Hosts.registrableDomain(host).equals(site);
      boolean nowhere = DanglingAliasCheck.dangles(request);
      if (tag == null || !own || nowhere || request.aliases().isEmpty()) continue;
      failures.add(
          host,
          tag.key(),
          severity(),
          host + " is " + tag.product() + " under a name of the site's own.",
          List.of(host + " -> " + String.join(" -> ", request.aliases()), "URL: " + request.url()),
          "Decide about it like about any other tag. Keep cookies of the sign-in off it: set them"
              + " for the host alone, without a Domain.");
    }
    return failures.all();
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .tag("metrics.shop.example", "measurer", "Measurer", Category.ANALYTICS, "m-1")
        .alias("metrics.shop.example", "shop.data.measurer.example")
        .request("https://metrics.shop.example/b/1", ResourceType.IMAGE)
        .visited();
  }
}
