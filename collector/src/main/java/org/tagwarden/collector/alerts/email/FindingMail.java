package org.tagwarden.collector.alerts.email;

import java.util.List;
import java.util.Locale;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.findings.FindingLedger;

/** The mail about one finding: subject, text and HTML from the same facts. Pure. */
final class FindingMail {
  static final String WHY_YOU =
      "You get this because you decide about this site's tags. You hear of a script once, not for"
          + " every page and scan that shows it.";

  private final String publicUrl;

  FindingMail(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  String subject(AlertStory story) {
    String what =
        isScript(story)
            ? (story.change() == ChangeKind.REOPENED ? "Back and not approved: " : "Not approved: ")
            : story.title() + ": ";
    boolean named = story.site().contains(story.client());
    String site = named ? story.site() : story.site() + " (" + story.client() + ")";
    return oneLine(what + story.subject() + " on " + site);
  }

  String text(AlertStory story) {
    StringBuilder text = new StringBuilder();
    text.append(headline(story)).append("\n\n").append(story.summary()).append("\n\n");
    for (Fact fact : MailFacts.of(story)) {
      text.append(fact.label()).append('\n');
      for (String line : fact.lines()) text.append("  ").append(line).append('\n');
      text.append('\n');
    }
    if (!story.whyItMatters().isBlank()) {
      text.append("Why it matters\n  ").append(story.whyItMatters()).append("\n\n");
    }
    text.append("What to do\n  ").append(story.remedy()).append("\n\n");
    text.append(button(story)).append(": ").append(link(story)).append("\n\n-- \n");
    return text.append(WHY_YOU).append('\n').toString();
  }

  String html(AlertStory story) {
    return MailHtml.page(
        headline(story),
        story.severity(),
        story.summary(),
        MailFacts.of(story),
        story.whyItMatters(),
        story.remedy(),
        button(story),
        link(story),
        WHY_YOU);
  }

  private static String headline(AlertStory story) {
    if (!isScript(story)) return story.title() + " on " + story.site();
    return story.change() == ChangeKind.REOPENED
        ? "A script that nobody approved is back on " + story.site()
        : "A script that nobody approved runs on " + story.site();
  }

  private static String button(AlertStory story) {
    return isScript(story) && story.tag() != null ? "Approve or refuse it" : "Look at the finding";
  }

  private String link(AlertStory story) {
    String site = publicUrl + "/sites/" + story.siteId();
    return story.tag() == null ? site + "/findings" : site + "/tags/" + story.tag().id();
  }

  private static boolean isScript(AlertStory story) {
    return story.checkId().equals(FindingLedger.UNAPPROVED_SCRIPT);
  }

  /** One line, whatever a page's author put into a URL: it could fake headers and facts. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /** A labelled part of the mail. */
  record Fact(String label, List<String> lines) {
    Fact {
      lines = lines.stream().map(FindingMail::oneLine).toList();
    }
  }

  static String bytes(long bytes) {
    if (bytes < 1_000) return bytes + " bytes";
    if (bytes < 1_000_000) return String.format(Locale.ROOT, "%.1f kB", bytes / 1_000.0);
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
  }
}
