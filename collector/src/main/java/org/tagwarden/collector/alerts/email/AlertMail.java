package org.tagwarden.collector.alerts.email;

import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.alerts.AlertKind;
import org.tagwarden.collector.alerts.AlertMessage;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.alerts.email.MailPage.Button;
import org.tagwarden.collector.alerts.email.MailPage.Fact;
import org.tagwarden.collector.findings.ChangeKind;

/** The mail of an alert: subject, text and HTML from the same {@link MailPage}. Pure. */
public final class AlertMail {
  private static final String WHY_YOU =
      "You get this because you answer for this site's tags. You hear of a finding when it changes,"
          + " not for every page and scan that shows it.";
  private static final String LOOK_AT_ALL =
      "Go through the list: approve what is needed, have removed what is not.";

  private AlertMail() {}

  /** One line, short enough for a list of mails. */
  public static String subject(AlertMessage message) {
    AlertStory story = message.first();
    boolean named = story.site().contains(story.client());
    String client = named ? "" : " (" + story.client() + ")";
    if (!message.isSingle()) return MailPage.oneLine(message.headline() + client);
    return MailPage.oneLine(
        prefix(message, story) + story.subject() + " on " + story.site() + client);
  }

  private static String prefix(AlertMessage message, AlertStory story) {
    if (message.kind() == AlertKind.REVIEW) return "Still needed? ";
    if (message.kind() == AlertKind.LATE) return "Nobody has acknowledged: ";
    if (story.isResolved()) return "Resolved: ";
    if (story.change() == ChangeKind.WORSENED) return "Worse: " + story.title() + ": ";
    if (!AlertMessage.isScript(story)) return story.title() + ": ";
    return story.change() == ChangeKind.REOPENED ? "Back and not approved: " : "Not approved: ";
  }

  /** For readers without HTML, and for ticket systems. */
  public static String text(AlertMessage message) {
    return page(message).text();
  }

  static String html(AlertMessage message) {
    return MailHtml.of(page(message));
  }

  private static MailPage page(AlertMessage message) {
    AlertStory first = message.first();
    boolean single = message.isSingle();
    return new MailPage(
        message.headline(),
        message.isResolved() ? "Resolved" : MailHtml.label(message.severity()),
        message.isResolved() ? MailHtml.GOOD : MailHtml.colour(message.severity()),
        single ? first.summary() : summary(message),
        single ? MailFacts.of(first) : several(message),
        single ? first.whyItMatters() : why(message),
        message.isResolved() ? "Nothing: it is gone." : single ? first.remedy() : remedy(message),
        message.nextInLine(),
        buttons(message),
        WHY_YOU,
        new Button("No more mails about this site", message.links().unsubscribe()));
  }

  private static List<Button> buttons(AlertMessage message) {
    List<Button> buttons = new ArrayList<>();
    AlertStory first = message.first();
    if (message.kind() == AlertKind.REVIEW)
      return List.of(new Button("Answer: one click", message.links().look()));
    boolean decide =
        message.isSingle()
            && AlertMessage.isScript(first)
            && first.tag() != null
            && !first.isResolved();
    String look = message.isSingle() ? "Look at the finding" : "Look at the findings";
    buttons.add(new Button(decide ? "Approve or refuse it" : look, message.links().look()));
    if (!message.isResolved() && first.acknowledgedBy() == null)
      buttons.add(new Button("I take care of it", message.links().acknowledge()));
    return buttons;
  }

  private static String summary(AlertMessage message) {
    long resolved = message.stories().stream().filter(AlertStory::isResolved).count();
    String open =
        message.total()
            - resolved
            + " are open"
            + (resolved > 0 ? ", " + resolved + " resolved" : "");
    return "They are one message, since they came together: " + open + ".";
  }

  /** A line for each finding; what is common to all is said once above. */
  private static List<Fact> several(AlertMessage message) {
    List<Fact> facts = new ArrayList<>();
    AlertStory first = message.first();
    facts.add(
        new Fact("Site", List.of(first.site() + " (" + first.client() + ")", first.siteUrl())));
    for (AlertStory story : message.stories()) {
      facts.add(
          new Fact(
              story.isResolved() ? "Resolved" : MailHtml.label(story.severity()),
              MailFacts.brief(story)));
    }
    if (message.unlisted() > 0)
      facts.add(new Fact("More", List.of("and " + message.unlisted() + " further findings")));
    return facts;
  }

  /** Said when all findings are of one kind. */
  private static String why(AlertMessage message) {
    String first = message.first().whyItMatters();
    return message.stories().stream().allMatch(story -> story.whyItMatters().equals(first))
        ? first
        : "";
  }

  private static String remedy(AlertMessage message) {
    String first = message.first().remedy();
    boolean same = message.stories().stream().allMatch(story -> story.remedy().equals(first));
    return same ? first : LOOK_AT_ALL;
  }
}
