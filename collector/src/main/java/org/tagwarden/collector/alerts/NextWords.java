package org.tagwarden.collector.alerts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.owners.EscalationPath;
import org.tagwarden.collector.owners.Line;
import org.tagwarden.collector.owners.NextInLine;
import org.tagwarden.collector.owners.Ownership;

/** Who is next in line, in a sentence. Pure. */
final class NextWords {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

  private NextWords() {}

  /**
   * @param step the step of the path that was told last; null when the finding is on none
   * @param nextAt when the next one is told; null when nobody is left
   */
  static String of(Line line, AlertStory story, @Nullable Integer step, @Nullable Instant nextAt) {
    if (story.isResolved()) return "Nobody: it is resolved.";
    if (story.acknowledgedBy() != null) return story.acknowledgedBy() + " takes care of it.";
    EscalationPath path = line.path();
    if (path != null && step != null) {
      NextInLine next = line.next(step, story.severity());
      if (next == null || nextAt == null) return "Nobody: the escalation path ends here.";
      return next.described()
          + ", if nobody acknowledges it by "
          + TIME.format(nextAt.atOffset(ZoneOffset.UTC))
          + ".";
    }
    Ownership first = line.first();
    if (first != null) {
      return first.name() + " (" + first.title() + ", " + first.email() + ").";
    }
    return "Nobody: neither an owner nor an escalation path is set for this site.";
  }
}
