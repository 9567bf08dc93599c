package org.tagwarden.collector.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A time in which the site was not looked at as it should have been: a run that was due did not
 * succeed or came late, or there was none for longer than a week.
 *
 * @param from when the last good run before it ended, or the period began
 * @param until when the next one ended, or the period did
 * @param missed runs that were due in it and did not succeed
 * @param reasons what is known of why, a few
 */
record Gap(Instant from, Instant until, int missed, boolean late, List<String> reasons) {
  Gap {
    reasons = List.copyOf(reasons);
  }

  static final Duration WEEK = Duration.ofDays(7);

  Duration length() {
    return Duration.between(from, until);
  }

  boolean longerThanAWeek() {
    return length().compareTo(WEEK) > 0;
  }

  /** What happened, for people. */
  String sentence() {
    StringBuilder text = new StringBuilder();
    if (missed == 1) text.append("A run that was due did not succeed. ");
    if (missed > 1) text.append(missed).append(" runs that were due did not succeed. ");
    if (late) text.append("A run that was due began late: nothing ran in between. ");
    if (missed == 0 && !late) text.append("No run was due, or none is known. ");
    if (longerThanAWeek()) text.append("Longer than seven days. ");
    for (String reason : reasons) text.append(reason).append(' ');
    return text.toString().strip();
  }

  Line line() {
    return new Line()
        .put("from", from)
        .put("until", until)
        .put("hours", Math.round(length().toMinutes() / 6.0) / 10.0)
        .put("longer_than_seven_days", longerThanAWeek())
        .put("runs_missed", missed)
        .put("began_late", late)
        .put("what", sentence());
  }
}
