package org.tagwarden.collector.alerts;

import java.util.List;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.owners.OrphanKind;

/**
 * What a message says, before a channel gives it its form. Pure.
 *
 * @param stories the most urgent first; some of them when there are very many, never none
 * @param total how many findings it is about
 * @param nextInLine who is asked next, a sentence
 * @param thread ids of earlier messages to the same recipient about these findings, oldest first
 */
public record AlertMessage(
    AlertKind kind,
    List<AlertStory> stories,
    int total,
    String nextInLine,
    List<String> thread,
    Links links) {
  /**
   * Where its buttons lead.
   *
   * @param look the finding, the tag to decide about, or the site's list
   * @param acknowledge to a page that asks whether one takes care of it
   * @param unsubscribe to a page that asks whether one wants no more
   */
  public record Links(String look, String acknowledge, String unsubscribe) {}

  public AlertMessage {
    stories = List.copyOf(stories);
    thread = List.copyOf(thread);
    if (stories.isEmpty()) throw new IllegalArgumentException("A message about nothing");
  }

  /** The most urgent of its stories. */
  public AlertStory first() {
    return stories.get(0);
  }

  /** Whether it is about one finding alone. */
  public boolean isSingle() {
    return total == 1;
  }

  /** The worst of what is not resolved; low when all of it is. */
  public Severity severity() {
    Severity worst = Severity.LOW;
    for (AlertStory story : stories) {
      if (!story.isResolved() && story.severity().compareTo(worst) > 0) worst = story.severity();
    }
    return worst;
  }

  /** Whether nothing of it is open any more. */
  public boolean isResolved() {
    return stories.stream().allMatch(AlertStory::isResolved);
  }

  /** One line that says what happened and where. */
  public String headline() {
    if (!isSingle()) return several();
    AlertStory story = first();
    if (!kind.isAboutFindings()) return story.title();
    String what = story.title() + (isAboutOwners(story) ? ": " : " on ") + story.site();
    if (story.isResolved()) return "Resolved: " + what;
    if (kind == AlertKind.LATE) return "Nobody has acknowledged: " + what;
    if (kind == AlertKind.TAKEN) return "Taken care of: " + what;
    if (kind == AlertKind.UNMUTED) return "No longer muted, and still open: " + what;
    if (story.change() == ChangeKind.WORSENED) return "Worse than before: " + what;
    boolean back = story.change() == ChangeKind.REOPENED;
    if (isScript(story)) {
      return "A script that nobody approved " + (back ? "is back on " : "runs on ") + story.site();
    }
    return (back ? "Back: " : "") + what;
  }

  private String several() {
    String site = " on " + first().site();
    if (isResolved()) return total + " findings are resolved" + site;
    if (kind == AlertKind.TAKEN) return total + " findings are taken care of" + site;
    if (kind == AlertKind.UNMUTED)
      return total + " findings are no longer muted, and still open" + site;
    if (kind == AlertKind.LATE) return "Nobody has acknowledged " + total + " findings" + site;
    if (kind == AlertKind.DAILY) return total + " findings changed" + site + " in a day";
    if (kind == AlertKind.WEEKLY) return total + " findings changed" + site + " in a week";
    boolean scripts = stories.stream().allMatch(AlertMessage::isScript);
    boolean bad = stories.stream().noneMatch(AlertStory::isResolved);
    if (scripts && bad) return total + " scripts that nobody approved run" + site;
    return total + " findings changed" + site;
  }

  /** Whether the reader is asked to do something. */
  public boolean asks() {
    boolean tells = kind == AlertKind.TAKEN || kind == AlertKind.TEST || kind == AlertKind.ANSWERED;
    return !tells && !isResolved();
  }

  /** Whether it is about a script that somebody has to decide about. */
  public static boolean isScript(AlertStory story) {
    return story.checkId().equals(FindingLedger.UNAPPROVED_SCRIPT);
  }

  /** Whether it is about people, not about what runs on the site. */
  public static boolean isAboutOwners(AlertStory story) {
    return OrphanKind.isOne(story.checkId());
  }

  /** How many findings it does not list. */
  public int unlisted() {
    return total - stories.size();
  }
}
