package org.tagwarden.collector.api;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.alerts.AlertKind;
import org.tagwarden.collector.alerts.AlertRule;
import org.tagwarden.collector.alerts.AlertRules;
import org.tagwarden.collector.alerts.Destination;
import org.tagwarden.collector.alerts.QuietHours;
import org.tagwarden.collector.alerts.Rhythm;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;

/**
 * An alert rule as the API writes and reads it.
 *
 * @param id its own; not read
 * @param siteId null for every site of the client
 * @param checks empty for all
 * @param destinationId given exactly when it tells a destination
 * @param day counts for a weekly digest only
 * @param time counts for digests only
 * @param version when written: the one that it is based upon; null: whatever is there
 */
record RuleBody(
    @Nullable Integer id,
    @Nullable Integer siteId,
    Severity least,
    @Nullable Set<String> checks,
    Set<ChangeKind> changes,
    AlertRule.Tell tell,
    @Nullable Integer destinationId,
    AlertKind rhythm,
    @Nullable DayOfWeek day,
    @Nullable LocalTime time,
    String timeZone,
    @Nullable Quiet quiet,
    @Nullable Integer version) {
  /** From and until when only what is critical is told. */
  record Quiet(LocalTime from, LocalTime until) {}

  static RuleBody of(AlertRules.Listed listed) {
    AlertRule rule = listed.rule();
    Destination destination = rule.destination();
    QuietHours quiet = rule.quiet();
    return new RuleBody(
        rule.id(),
        rule.siteId(),
        rule.least(),
        rule.checks(),
        rule.changes(),
        rule.tell(),
        destination == null ? null : destination.id(),
        rule.rhythm().kind(),
        rule.rhythm().day(),
        rule.rhythm().time(),
        rule.rhythm().zone().getId(),
        quiet == null ? null : new Quiet(quiet.from(), quiet.until()),
        listed.version());
  }

  /**
   * The rule that it describes.
   *
   * @param reached the destinations that the caller may use
   */
  AlertRule rule(List<Destination> reached) {
    ZoneId zone = zone(timeZone);
    return new AlertRule(
        0,
        siteId,
        least,
        checks == null ? Set.of() : checks,
        changes,
        tell,
        destination(reached),
        new Rhythm(
            rhythm,
            day == null ? DayOfWeek.MONDAY : day,
            time == null ? LocalTime.of(8, 0) : time,
            zone),
        quiet(zone));
  }

  private @Nullable Destination destination(List<Destination> reached) {
    if ((tell == AlertRule.Tell.DESTINATION) != (destinationId != null))
      throw Refusal.invalid(
          "destinationId", "Give it exactly when the rule tells a destination (tell).");
    if (destinationId == null) return null;
    for (Destination one : reached) if (one.id() == destinationId) return one;
    throw Refusal.invalid("destinationId", "There is no such destination.");
  }

  private @Nullable QuietHours quiet(ZoneId zone) {
    if (quiet == null) return null;
    if (quiet.from().equals(quiet.until()))
      throw Refusal.invalid("quiet", "Quiet hours cannot last the whole day.");
    return new QuietHours(quiet.from(), quiet.until(), zone);
  }

  /** Of its name; a refusal says how to write it. */
  static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw Refusal.invalid("timeZone", "This is no time zone: write it like Europe/Berlin.");
    }
  }
}
