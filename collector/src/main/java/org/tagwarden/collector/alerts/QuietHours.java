package org.tagwarden.collector.alerts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Hours in which only what is critical is told; they may pass midnight. Pure. */
public record QuietHours(LocalTime from, LocalTime until, ZoneId zone) {
  /** The moment itself, or the end of the quiet hours that it lies in. */
  public Instant end(Instant now) {
    ZonedDateTime here = now.atZone(zone);
    LocalTime time = here.toLocalTime();
    boolean overnight = from.isAfter(until);
    boolean quiet =
        overnight
            ? !time.isBefore(from) || time.isBefore(until)
            : !time.isBefore(from) && time.isBefore(until);
    if (!quiet) return now;
    LocalDate day = here.toLocalDate();
    Instant end = here.with(until).toInstant();
    return end.isAfter(now) ? end : ZonedDateTime.of(day.plusDays(1), until, zone).toInstant();
  }
}
