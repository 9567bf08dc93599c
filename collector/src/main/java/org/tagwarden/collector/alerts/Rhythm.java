package org.tagwarden.collector.alerts;

import java.time.DayOfWeek;
import java.time.Instant;
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
    if (kind == AlertKind.LATE || kind == AlertKind.REVIEW)
      throw new IllegalArgumentException(kind + " is no rhythm");
  }

  /** When what happens now is told. */
  public Instant due(Instant now) {
    if (kind == AlertKind.NOW) return now;
    ZonedDateTime here = now.atZone(zone);
    ZonedDateTime at = here.with(time);
    if (kind == AlertKind.WEEKLY) at = at.with(TemporalAdjusters.nextOrSame(day));
    if (at.isAfter(here)) return at.toInstant();
    return (kind == AlertKind.WEEKLY ? at.plusWeeks(1) : at.plusDays(1)).toInstant();
  }
}
