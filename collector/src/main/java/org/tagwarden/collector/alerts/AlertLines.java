package org.tagwarden.collector.alerts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tagwarden.collector.checks.Severity;

/** A message in a few lines, for places where people chat. Pure. */
public final class AlertLines {
  private static final int MOST = 10;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

  private AlertLines() {}

  /** What, where, since when, by whom, why, what to do, who is next; a line each. */
  public static String of(AlertMessage message) {
    List<String> lines = new ArrayList<>();
    if (message.isSingle()) single(message, message.first(), lines);
    else several(message, lines);
    lines.add("Next in line: " + message.nextInLine());
    return String.join("\n", lines.stream().map(OneLine::of).toList());
  }

  private static void single(AlertMessage message, AlertStory story, List<String> lines) {
    lines.add(story.told());
    if (message.kind() != AlertKind.TEST) {
      lines.add(word(story.severity()) + ": " + story.subject());
      lines.add(where(story));
    }
    AlertStory.StoryTag tag = story.tag();
    if (tag != null) {
      boolean same = tag.product().equals(tag.vendor());
      lines.add("Belongs to " + tag.product() + (same ? "" : " of " + tag.vendor()));
    }
    if (!story.broughtBy().isEmpty()) lines.add("Brought by " + story.broughtBy());
    AlertStory.Mute mute = story.care() == null ? null : story.care().mute();
    if (message.kind() == AlertKind.UNMUTED && mute != null)
      lines.add("Was muted by " + mute.by() + ": " + mute.reason());
    if (story.lookedAgain() != null) lines.add("Looked again: " + story.lookedAgain().sentence());
    if (!story.whyItMatters().isBlank()) lines.add("Why it matters: " + story.whyItMatters());
    if (message.asks()) lines.add("What to do: " + story.remedy());
  }

  private static void several(AlertMessage message, List<String> lines) {
    List<AlertStory> stories = message.stories();
    AlertStory first = stories.get(0);
    lines.add(first.site() + " (" + first.client() + ")");
    for (AlertStory story : stories.subList(0, Math.min(MOST, stories.size()))) {
      lines.add("• " + brief(story));
    }
    int more = message.total() - Math.min(MOST, stories.size());
    if (more > 0) lines.add("and " + more + " more");
    if (!first.whyItMatters().isBlank() && message.asks())
      lines.add("Why it matters: " + first.whyItMatters());
    boolean same = stories.stream().allMatch(one -> one.remedy().equals(first.remedy()));
    if (message.asks())
      lines.add(
          "What to do: " + (same ? first.remedy() : "go through them, the most urgent first."));
  }

  private static String brief(AlertStory story) {
    if (story.isResolved()) {
      String reason = story.resolvedBecause();
      String what = "Resolved " + time(story.at()) + ": " + story.subject();
      return what + " (" + story.title() + ")" + (reason.isEmpty() ? "" : ". " + reason);
    }
    String by = story.broughtBy().isEmpty() ? "" : " Brought by " + story.broughtBy() + ".";
    return word(story.severity())
        + " since "
        + time(story.openedAt())
        + ": "
        + story.summary()
        + by;
  }

  private static String word(Severity severity) {
    String name = severity.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String where(AlertStory story) {
    String pages =
        story.pageCount() == 0
            ? ""
            : ", on " + story.pageCount() + " of " + story.sitePages() + " known pages";
    String until = story.isResolved() ? " until " + time(story.at()) : "";
    return story.site()
        + " ("
        + story.client()
        + ")"
        + pages
        + ", since "
        + time(story.openedAt())
        + until;
  }

  private static String time(Instant instant) {
    return TIME.format(instant.atOffset(ZoneOffset.UTC));
  }
}
