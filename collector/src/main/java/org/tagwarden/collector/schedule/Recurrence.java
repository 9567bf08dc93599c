package org.tagwarden.collector.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.tagwarden.collector.Refusal;

/**
 * When a schedule runs: a cron expression (five fields, Unix order) in a time zone. A time that the
 * change to summer time leaves out runs an hour later; one that comes twice runs once, unless the
 * expression names every hour.
 */
final class Recurrence {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final ExecutionTime times;
  private final ZoneId zone;

  private Recurrence(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
  }

  /** Throws {@link Refusal} when one of them is not understood, or never comes true. */
  static Recurrence parse(String cron, String timeZone, Instant now) {
    Recurrence recurrence = new Recurrence(times(cron), zone(timeZone));
    if (recurrence.times.nextExecution(now.atZone(recurrence.zone)).isEmpty()) {
      throw Refusal.invalid("cron", "\"" + cron + "\" never comes true: check day and month.");
    }
    return recurrence;
  }

  private static ExecutionTime times(String cron) {
    try {
      return ExecutionTime.forCron(PARSER.parse(cron.strip()).validate());
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(
          "cron",
          "\""
              + cron.strip()
              + "\" is no schedule: write five fields (minute, hour, day, month, weekday), for"
              + " example \"0 6 * * 1-5\" for weekdays at six.");
    }
  }

  private static ZoneId zone(String timeZone) {
    try {
      return ZoneId.of(timeZone.strip());
    } catch (DateTimeException e) {
      throw Refusal.invalid(
          "timeZone",
          "\"" + timeZone.strip() + "\" is no time zone: write one like \"Europe/Berlin\".");
    }
  }

  ZoneId zone() {
    return zone;
  }

  /** The first run after this time. */
  Instant after(Instant time) {
    ZonedDateTime from = time.atZone(zone);
    Optional<ZonedDateTime> regular = times.nextExecution(from);
    // cron-utils leaves out what falls into the gap of the change to summer time: look for it in
    // local time without a zone, where there is no gap.
    LocalDateTime local =
        times
            .nextExecution(from.toLocalDateTime().atZone(ZoneOffset.UTC))
            .map(ZonedDateTime::toLocalDateTime)
            .orElseThrow();
    Instant next = regular.orElseThrow().toInstant();
    if (!zone.getRules().getValidOffsets(local).isEmpty()) return next;
    Instant shifted = ZonedDateTime.ofLocal(local, zone, null).toInstant();
    return shifted.isAfter(time) && shifted.isBefore(next) ? shifted : next;
  }
}
