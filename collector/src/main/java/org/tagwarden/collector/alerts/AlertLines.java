package org.tagwarden.collector.alerts;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A message in a few lines, for places where people chat. Pure. */
public final class AlertLines {
  private static final int MOST = 10;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

  private AlertLines() {}

  /** What, where, since when, by whom, why, what to do, who is next; a line each. */
  public static String of(AlertMessage message) {
    List<String> lines = new ArrayList<>();
    if (message.isSingle()) single(message.first(), lines);
    else several(message, lines);
    lines.add("Next in line: " + message.nextInLine());
    return String.join("\n", lines.stream().map(AlertLines::oneLine).toList());
  }

  private static void single(AlertStory story, List<String> lines) {
    lines.add(story.summary());
    lines.add(story.severity() + ", " + story.subject());
    lines.add(where(story));
    AlertStory.StoryTag tag = story.tag();
    if (tag != null) lines.add("Brought by " + tag.product() + " of " + tag.vendor());
    if (!story.whyItMatters().isBlank()) lines.add("Why it matters: " + story.whyItMatters());
    if (!story.isResolved()) lines.add("What to do: " + story.remedy());
  }

  private static void several(AlertMessage message, List<String> lines) {
    List<AlertStory> stories = message.stories();
    for (AlertStory story : stories.subList(0, Math.min(MOST, stories.size()))) {
      String state = story.isResolved() ? "resolved" : story.severity().toString();
      lines.add("• " + state + ": " + story.subject() + " (" + story.title() + ")");
    }
    int more = message.total() - Math.min(MOST, stories.size());
    if (more > 0) lines.add("and " + more + " more");
  }

  private static String where(AlertStory story) {
    return story.site()
        + " ("
        + story.client()
        + "), on "
        + story.pageCount()
        + " of "
        + story.sitePages()
        + " known pages since "
        + TIME.format(story.openedAt().atOffset(ZoneOffset.UTC));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
