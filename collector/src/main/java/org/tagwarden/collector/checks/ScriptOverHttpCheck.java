package org.tagwarden.collector.checks;

import java.util.List;
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
      String subject = ScriptSubject.of(request.url());
      failures.add(
          subject,
          visited.recognition().tagKeyByRequest().get(request.id()),
          severity(),
          "The script " + subject + " is loaded over http.",
          List.of("URL: " + request.url()),
          "Load it over https, or remove it where its host offers none.");
    }
    return failures.all();
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .page("http://www.shop.example/")
        .script("http://old.counter.example/count.js", "count();")
        .visited();
  }
}
