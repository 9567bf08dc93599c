package org.tagwarden.collector.alerts.email;

import java.util.List;
import org.tagwarden.collector.alerts.AlertKind;
import org.tagwarden.collector.alerts.AlertMessage;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.alerts.email.MailPage.Button;
import org.tagwarden.collector.alerts.email.MailPage.Fact;
import org.tagwarden.collector.checks.Severity;

/** The mail about a request for a tag: to those who decide, or with the answer. Pure. */
final class RequestMail {
  private static final String WHY_DECIDER =
      "You get this because you decide what may run on this site. Whoever answers first answers"
          + " for all.";
  private static final String WHY_ASKER = "You get this because you asked for it.";

  private RequestMail() {}

  static MailPage page(AlertMessage message) {
    AlertStory story = message.first();
    boolean asked = message.kind() == AlertKind.ASKED;
    return new MailPage(
        message.headline(),
        badge(story, asked),
        colour(story, asked),
        story.summary(),
        List.of(
            new Fact("Site", List.of(story.site() + " (" + story.client() + ")", story.siteUrl())),
            new Fact("What", List.of(story.subject())),
            new Fact("Request", story.evidence())),
        List.of(),
        List.of(story.remedy()),
        "",
        List.of(
            new Button(
                asked ? "Answer the request" : "Look at the answer", message.links().look())),
        asked ? WHY_DECIDER : WHY_ASKER,
        new Button("All requests", message.links().unsubscribe()));
  }

  private static String badge(AlertStory story, boolean asked) {
    if (asked) return "Request";
    return story.isResolved() ? "Granted" : "Not granted";
  }

  private static String colour(AlertStory story, boolean asked) {
    if (asked) return MailHtml.colour(Severity.LOW);
    return story.isResolved() ? MailHtml.GOOD : MailHtml.colour(Severity.HIGH);
  }
}
