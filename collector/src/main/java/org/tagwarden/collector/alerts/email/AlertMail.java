package org.tagwarden.collector.alerts.email;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tagwarden.collector.alerts.AlertKind;
import org.tagwarden.collector.alerts.AlertMessage;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.alerts.OneLine;
import org.tagwarden.collector.alerts.email.MailPage.Button;
import org.tagwarden.collector.alerts.email.MailPage.Fact;
import org.tagwarden.collector.findings.ChangeKind;

/** The mail of an alert: subject, text and HTML from the same {@link MailPage}. Pure. */
public final class AlertMail {
  private static final String WHY_YOU =
      "You get this because you answer for this site's tags. You hear of a finding when it changes,"
          + " not for every page and scan that shows it.";
  private static final String WHY_ASKED =
      "You get this because you are named as somebody who answers for it; you are asked once a year,"
          + " or as often as the site's people have set.";
  private static final String WHY_TESTED =
      "You get this because your address is a destination of alerts and somebody tried it.";
  private static final int MOST_KINDS = 5;

  private AlertMail() {}

  /** One line, short enough for a list of mails. */
  public static String subject(AlertMessage message) {
    AlertStory story = message.first();
    boolean named = story.site().contains(story.client());
    String client = named ? "" : " (" + story.client() + ")";
    if (!message.isSingle()) return OneLine.of(message.headline() + client);
    if (message.kind() == AlertKind.TEST) return OneLine.of(message.headline());
    if (message.kind().isAboutRequest()) return OneLine.of(message.headline() + client);
    boolean owners = AlertMessage.isAboutOwners(story);
    boolean plain = owners && message.kind() == AlertKind.NOW && !story.isResolved();
    return OneLine.of(
        (plain ? "" : prefix(message, story))
            + (owners ? withoutStop(story.summary()) : story.subject())
            + " on "
            + story.site()
            + client);
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private static String prefix(AlertMessage message, AlertStory story) {
    if (message.kind() == AlertKind.REVIEW) return "Still needed? ";
    if (story.isResolved()) return "Resolved: ";
    if (message.kind() == AlertKind.LATE) return "Nobody has acknowledged: ";
    if (message.kind() == AlertKind.TAKEN) return "Taken care of: ";
    if (message.kind() == AlertKind.UNMUTED) return "No longer muted: ";
    if (story.change() == ChangeKind.WORSENED) return "Worse: " + story.title() + ": ";
    if (!AlertMessage.isScript(story)) return story.title() + ": ";
    return story.change() == ChangeKind.REOPENED ? "Back and not approved: " : "Not approved: ";
  }

  /** For readers without HTML. */
  static String text(AlertMessage message) {
    return page(message).text();
  }

  /** For ticket systems: nobody leaves a list there. */
  public static String ticket(AlertMessage message) {
    return page(message).body();
  }

  static String html(AlertMessage message) {
    return MailHtml.of(page(message));
  }

  private static MailPage page(AlertMessage message) {
    if (message.kind().isAboutRequest()) return RequestMail.page(message);
    AlertStory first = message.first();
    boolean single = message.isSingle();
    return new MailPage(
        message.headline(),
        badge(message),
        message.asks() ? MailHtml.colour(message.severity()) : MailHtml.GOOD,
        single ? first.told() : summary(message),
        single ? MailFacts.of(message.kind(), first) : several(message),
        said(message, AlertStory::whyItMatters),
        remedy(message),
        message.nextInLine(),
        buttons(message),
        switch (message.kind()) {
          case REVIEW -> WHY_ASKED;
          case TEST -> WHY_TESTED;
          default -> WHY_YOU;
        },
        new Button(
            switch (message.kind()) {
              case REVIEW -> "Who answers for what on this site";
              case TEST -> "Rules and destinations";
              default -> "No more mails about this site";
            },
            message.links().unsubscribe()));
  }

  private static String badge(AlertMessage message) {
    if (message.isResolved()) return "Resolved";
    if (message.kind() == AlertKind.TAKEN) return "Taken care of";
    if (message.kind() == AlertKind.REVIEW) return "Question";
    if (message.kind() == AlertKind.TEST) return "Test";
    return MailHtml.label(message.severity());
  }

  private static List<Button> buttons(AlertMessage message) {
    List<Button> buttons = new ArrayList<>();
    AlertStory first = message.first();
    if (message.kind() == AlertKind.REVIEW)
      return List.of(new Button("Answer with one click", message.links().look()));
    if (message.kind() == AlertKind.TEST)
      return List.of(new Button("Open Tagwarden", message.links().look()));
    boolean decide =
        message.isSingle() && AlertMessage.isScript(first) && first.tag() != null && message.asks();
    String look = message.isSingle() ? "Look at the finding" : "Look at the findings";
    buttons.add(new Button(decide ? "Approve or refuse it" : look, message.links().look()));
    boolean taken = message.stories().stream().allMatch(story -> story.acknowledgedBy() != null);
    if (message.asks() && !taken)
      buttons.add(new Button("I take care of it", message.links().acknowledge()));
    return buttons;
  }

  private static String summary(AlertMessage message) {
    boolean digest = message.kind() == AlertKind.DAILY || message.kind() == AlertKind.WEEKLY;
    String why = digest ? "" : "They are one message, since they came together. ";
    if (message.unlisted() > 0)
      return why + "The " + message.stories().size() + " most urgent are listed.";
    long resolved = message.stories().stream().filter(AlertStory::isResolved).count();
    long open = message.total() - resolved;
    if (open == 0) return why + "All are resolved.";
    return why
        + open
        + (open == 1 ? " is open" : " are open")
        + (resolved > 0 ? ", " + resolved + " resolved." : ".");
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
              MailFacts.brief(story),
              true));
    }
    if (message.unlisted() > 0)
      facts.add(new Fact("More", List.of("and " + message.unlisted() + " further findings")));
    return facts;
  }

  /** Once for all of one kind, or by kind, the most urgent ones; not of what is resolved. */
  private static List<String> said(AlertMessage message, Function<AlertStory, String> words) {
    Map<String, String> byKind = new LinkedHashMap<>();
    for (AlertStory story : message.stories()) {
      if (story.isResolved() && !message.isResolved()) continue;
      String text = words.apply(story);
      if (!text.isBlank()) byKind.putIfAbsent(text, story.title());
    }
    if (byKind.size() <= 1) return List.copyOf(byKind.keySet());
    List<String> lines = new ArrayList<>();
    byKind.forEach((text, kind) -> lines.add(kind + ": " + text));
    if (lines.size() <= MOST_KINDS) return lines;
    List<String> first = new ArrayList<>(lines.subList(0, MOST_KINDS));
    first.add("The others: look at the findings.");
    return first;
  }

  private static List<String> remedy(AlertMessage message) {
    if (message.isResolved()) {
      boolean gone = message.stories().stream().allMatch(one -> one.resolvedBecause().isEmpty());
      return List.of(gone ? "Nothing: it is gone." : "Nothing.");
    }
    if (message.kind() == AlertKind.TAKEN)
      return List.of("Nothing, unless you know more than the one who takes care of it.");
    return said(message, AlertStory::remedy);
  }
}
