package org.tagwarden.collector.checks;

import java.util.List;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.ResourceType;

/** A tag for which visitors are asked that fires after their no. */
final class TagAfterRejectCheck implements Check {
  @Override
  public String id() {
    return "tag-after-reject";
  }

  @Override
  public String title() {
    return "Tag that fires although the visitor rejected";
  }

  @Override
  public String whyItMatters() {
    return "The visitor said no and the tag was asked all the same. That is a complaint waiting to be"
        + " written.";
  }

  @Override
  public Severity severity() {
    return Severity.MEDIUM;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    if (visited.visit().choice() == null || visited.visit().consent() != ConsentState.REJECT)
      return failures.all();
    for (Tag tag : visited.recognition().tags()) {
      if (!NeedsConsent.isAskedFor(tag)) continue;
      List<CapturedRequest> sent = NeedsConsent.requests(visited, tag, ConsentPhase.AFTER_CHOICE);
      if (sent.isEmpty()) continue;
      failures.add(
          tag.key(),
          tag.key(),
          severity(),
          tag.product() + " fires after the visitor has rejected everything.",
          NeedsConsent.evidence(sent),
          "Bind it to the visitor's consent in the tag manager, or register it with the consent platform.");
    }
    return failures.all();
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .tag("ads.network.example", "network", "Ad network", Category.ADVERTISING, "n-1")
        .choice(ConsentState.REJECT)
        .request("https://ads.network.example/pixel.gif", ResourceType.IMAGE)
        .visited();
  }
}
