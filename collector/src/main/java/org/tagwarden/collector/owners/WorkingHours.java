package org.tagwarden.collector.owners;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;
import org.tagwarden.collector.Refusal;

/** When somebody can be expected to look: the hours in which waiting counts. Pure. */
public record WorkingHours(ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime until) {
  public WorkingHours {
    days = Set.copyOf(days);
    if (days.isEmpty()) throw Refusal.invalid("workDays", "Choose at least one working day.");
    if (!from.isBefore(until))
      throw Refusal.invalid("workUntil", "The working day must end after it begins.");
  }

  /** When this much working time will have passed. */
  public Instant after(Instant start, Duration waiting) {
    ZonedDateTime at = start.atZone(zone);
    Duration left = waiting;
    while (true) {
      at = begin(at);
      ZonedDateTime end = at.with(until);
      Duration today = Duration.between(at, end);
      if (left.compareTo(today) <= 0) return at.plus(left).toInstant();
      left = left.minus(today);
      at = at.toLocalDate().plusDays(1).atStartOfDay(zone);
    }
  }

  /** The moment itself when it lies within the hours, or else the next one that does. */
  private ZonedDateTime begin(ZonedDateTime moment) {
    ZonedDateTime at = moment;
    while (true) {
      boolean workDay = days.contains(at.getDayOfWeek());
      if (workDay && at.toLocalTime().isBefore(from)) return at.with(from);
      if (workDay && at.toLocalTime().isBefore(until)) return at;
      at = at.toLocalDate().plusDays(1).atStartOfDay(zone);
    }
  }
}
