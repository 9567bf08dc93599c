package org.tagwarden.collector.schedule;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;

/**
 * A time in which a site is not scanned; a run that falls into it waits for its end. In the
 * schedule's time zone.
 *
 * @param to when before {@code from}, it means the next day
 * @param days the days on which it begins; empty means every day
 */
public record Blackout(LocalTime from, LocalTime to, Set<DayOfWeek> days) {
  public Blackout {
    if (from.equals(to)) {
      throw Refusal.invalid("blackouts", "A blackout window needs two different times.");
    }
    days = days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : EnumSet.copyOf(days);
  }

  /** When the window that holds this time ends; null when it is outside. */
  @Nullable ZonedDateTime endOfWindowAround(ZonedDateTime time) {
    // A window over midnight may have begun the day before.
    for (int daysBack = 1; daysBack >= 0; daysBack--) {
      var day = time.toLocalDate().minusDays(daysBack);
      if (!days.contains(day.getDayOfWeek())) continue;
      ZonedDateTime begins = day.atTime(from).atZone(time.getZone());
      var lastDay = to.isBefore(from) ? day.plusDays(1) : day;
      ZonedDateTime ends = lastDay.atTime(to).atZone(time.getZone());
      if (!time.isBefore(begins) && time.isBefore(ends)) return ends;
    }
    return null;
  }
}
