package org.tagwarden.collector.checks;

import java.util.List;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.ResourceType;

/** A tag for which visitors are asked that does not wait for their answer. */
final class TagBeforeChoiceCheck implements Check {
  @Override
  public String id() {
    return "tag-before-choice";
  }

  @Override
  public String title() {
    return "Tag that fires before the visitor has chosen";
  }

  @Override
  public String whyItMatters() {
    return "The banner asks and the tag does not wait for the answer: what the visitor is told is not what"
        + " happens.";
  }

  @Override
  public Severity severity() {
    return Severity.LOW;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    if (visited.visit().choice() == null) return failures.all();
    for (Tag tag : visited.recognition().tags()) {
      if (!NeedsConsent.isAskedFor(tag)) continue;
      List<CapturedRequest> sent = NeedsConsent.requests(visited, tag, ConsentPhase.BEFORE_CHOICE);
      if (sent.isEmpty()) continue;
      failures.add(
          tag.key(),
          tag.key(),
          severity(),
          tag.product() + " fires before the visitor has answered the banner.",
          NeedsConsent.evidence(sent),
          "Let the consent platform or the tag manager hold it back until the visitor has agreed.");
    }
    return failures.all();
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .tag("ads.network.example", "network", "Ad network", Category.ADVERTISING, "n-1")
        .request("https://ads.network.example/pixel.gif", ResourceType.IMAGE)
        .choice(ConsentState.ACCEPT)
        .visited();
  }
}
