package org.tagwarden.collector.schedule;

import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;

/**
 * What a person says about a schedule.
 *
 * @param cron five fields, Unix order
 * @param timeZone IANA name
 * @param jitterSeconds every run of this schedule starts up to so much later, always by the same
 *     amount, so that a hundred sites at 6:00 do not start at once
 */
public record ScheduleDraft(
    String cron, String timeZone, int jitterSeconds, List<Blackout> blackouts, boolean enabled) {
  private static final int MOST_JITTER = 3_600;

  public ScheduleDraft {
    cron = cron.strip();
    timeZone = timeZone.strip();
    blackouts = List.copyOf(blackouts);
    if (jitterSeconds < 0 || jitterSeconds > MOST_JITTER) {
      throw Refusal.invalid(
          "jitterSeconds", "Choose a jitter of 0 to " + MOST_JITTER + " seconds.");
    }
  }

  /** A schedule without jitter and blackouts, switched on. */
  public static ScheduleDraft of(String cron, String timeZone) {
    return new ScheduleDraft(cron, timeZone, 0, List.of(), true);
  }

  /** Throws {@link Refusal} when expression or time zone are not understood. */
  public void check(Clock clock) {
    Recurrence.parse(cron, timeZone, clock.instant());
  }

  /**
   * The first run after this time, with jitter, outside the blackouts; null when switched off.
   *
   * @param salt tells schedules apart, for the jitter
   */
  @Nullable Instant nextRun(Instant now, int salt) {
    if (!enabled) return null;
    int jitter = jitterSeconds == 0 ? 0 : Math.floorMod(salt * 0x9E3779B1, jitterSeconds + 1);
    Recurrence recurrence = Recurrence.parse(cron, timeZone, now);
    Instant run = recurrence.after(now.minusSeconds(jitter)).plusSeconds(jitter);
    return afterBlackouts(run);
  }

  /** This time, or the end of the blackout windows around it. */
  Instant afterBlackouts(Instant time) {
    ZonedDateTime moved = time.atZone(java.time.ZoneId.of(timeZone));
    // A window may end inside another; each can move the run once.
    for (int i = 0; i <= blackouts.size(); i++) {
      for (Blackout blackout : blackouts) {
        ZonedDateTime end = blackout.endOfWindowAround(moved);
        if (end != null) moved = end;
      }
    }
    return moved.toInstant();
  }
}
