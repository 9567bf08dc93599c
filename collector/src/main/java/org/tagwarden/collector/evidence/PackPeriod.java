package org.tagwarden.collector.evidence;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.tagwarden.collector.Refusal;

/**
 * The days that a pack is about, both included. Days are UTC days, as everywhere.
 *
 * @param from the first day
 * @param to the last day
 */
public record PackPeriod(LocalDate from, LocalDate to) {
  private static final int MOST_DAYS = 1_096;

  /** Reads both days; a {@link Refusal} says what is wrong with them. */
  public static PackPeriod parse(String from, String to, Clock clock) {
    LocalDate first = day("from", from);
    LocalDate last = day("to", to);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (last.isBefore(first)) {
      throw Refusal.invalid(
          "to", "The period ends on " + last + ", before it begins on " + first + ".");
    }
    if (last.isAfter(today)) {
      throw Refusal.invalid(
          "to", "The period ends after today, " + today + " (UTC): nothing is known of that yet.");
    }
    if (ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
      throw Refusal.invalid(
          "from", "A pack holds at most " + MOST_DAYS + " days (three years): make several.");
    }
    return new PackPeriod(first, last);
  }

  private static LocalDate day(String field, String text) {
    try {
      return LocalDate.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw Refusal.invalid(
          field,
          text.isBlank()
              ? "A pack needs a first and a last day: write them like 2026-03-31."
              : "\"" + text.strip() + "\" is no day: write it like 2026-03-31.");
    }
  }

  /** Its first moment. */
  public Instant since() {
    return from.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The first moment after it. */
  public Instant until() {
    return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
