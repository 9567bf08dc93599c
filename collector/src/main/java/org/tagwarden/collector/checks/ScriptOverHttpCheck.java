package org.tagwarden.collector.checks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.ServedFrom;

/** A script that came without encryption. */
final class ScriptOverHttpCheck implements Check {
  @Override
  public String id() {
    return "script-over-http";
  }

  @Override
  public String title() {
    return "Script loaded without encryption";
  }

  @Override
  public String whyItMatters() {
    return "Anybody between the visitor and the server (a hotel's Wi-Fi, a provider) can replace the"
        + " script and with it the whole page.";
  }

  @Override
  public Severity severity() {
    return Severity.HIGH;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    for (CapturedRequest request : visited.visit().requests()) {
      boolean plain = request.url().startsWith("http://") && request.failure() == null;
      boolean script = request.type() == ResourceType.SCRIPT;
      boolean onTheWire = request.servedFrom() != ServedFrom.BROWSER;
      if (!plain || !script || !onTheWire) continue;
      String key = visited.recognition().tagKeyByRequest().get(request.id());
      if (key == null && visited.visit().finalUrl().startsWith("http://")) {
        addSite(failures, request.url());
      } else {
        addScript(failures, request.url(), key);
      }
    }
    return failures.all();
  }

  private void addScript(FailureBySubject failures, String url, @Nullable String tagKey) {
    String subject = ScriptSubject.of(url);
    failures.add(
        subject,
        tagKey,
        severity(),
        "The script " + subject + " is loaded over http.",
        List.of("URL: " + url),
        "Load it over https, or remove it where its host offers none.");
  }

  /** A page over http brings its own scripts over http: that is one thing to mend, not many. */
  private void addSite(FailureBySubject failures, String url) {
    String host = Hosts.of(url);
    failures.add(
        host,
        null,
        severity(),
        "The site's own scripts on " + host + " are loaded over http.",
        List.of("URL: " + url),
        "Serve the whole site over https and redirect http to it.");
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .page("http://www.shop.example/")
        .script("http://old.counter.example/count.js", "count();")
        .visited();
  }
}
