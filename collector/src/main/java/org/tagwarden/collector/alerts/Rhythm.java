package org.tagwarden.collector.alerts;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;

/**
 * At once, or together with others at a time of the day or week. Pure.
 *
 * @param kind at once, daily or weekly
 * @param day counts for a weekly digest only
 * @param time counts for digests only
 */
public record Rhythm(AlertKind kind, DayOfWeek day, LocalTime time, ZoneId zone) {
  public Rhythm {
    if (kind != AlertKind.NOW && kind != AlertKind.DAILY && kind != AlertKind.WEEKLY)
      throw new IllegalArgumentException(kind + " is no rhythm");
  }

  /** When what happens now is told. */
  public Instant due(Instant now) {
    if (kind == AlertKind.NOW) return now;
    LocalDate date = now.atZone(zone).toLocalDate();
    if (kind == AlertKind.WEEKLY) date = date.with(TemporalAdjusters.nextOrSame(day));
    // By the date: a time that is missing on the day of a new offset moves on that day only.
    Instant at = ZonedDateTime.of(date, time, zone).toInstant();
    if (at.isAfter(now)) return at;
    LocalDate next = kind == AlertKind.WEEKLY ? date.plusWeeks(1) : date.plusDays(1);
    return ZonedDateTime.of(next, time, zone).toInstant();
  }
}
