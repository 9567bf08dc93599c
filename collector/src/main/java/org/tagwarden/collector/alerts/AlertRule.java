package org.tagwarden.collector.alerts;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.ChangeRule;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.findings.FindingLedger;

/**
 * Which changes are told, to whom and when. Every rule that picks a change sends it; the same
 * message reaches nobody twice. Pure.
 *
 * @param siteId null for every site of the client
 * @param checks empty for all
 * @param changes {@link ChangeKind#OPENED} stands for "came back" as well
 * @param destination given exactly when it tells a destination
 * @param quiet null when there are no quiet hours
 */
public record AlertRule(
    int id,
    @Nullable Integer siteId,
    Severity least,
    Set<String> checks,
    Set<ChangeKind> changes,
    Tell tell,
    @Nullable Destination destination,
    Rhythm rhythm,
    @Nullable QuietHours quiet) {
  /** Whom a rule tells. */
  public enum Tell {
    /** The site's alert addresses, or else the approvers and admins of its client. */
    SITE,
    /** Whoever answers for the tag or the site. */
    OWNER,
    /** A destination of the client. */
    DESTINATION
  }

  /**
   * What else may speak for a script that does harm, or for an unapproved one (docs/checks.md says
   * when): told without any rule where it is critical.
   */
  private static final Set<String> HARMFUL =
      Set.of(
          FindingLedger.UNAPPROVED_SCRIPT,
          ChangeRule.SCRIPT_CONTACT.id(),
          "compromised-host",
          "sensitive-field-read",
          "envelope-drift",
          "dangling-alias");

  /**
   * What holds for a site without any rule: its people hear at once of unapproved scripts, and of
   * scripts and hosts that are critical or become so.
   */
  static final List<AlertRule> STANDARD =
      List.of(
          atOnce(Severity.LOW, Set.of(FindingLedger.UNAPPROVED_SCRIPT), Set.of(ChangeKind.OPENED)),
          atOnce(Severity.CRITICAL, HARMFUL, Set.of(ChangeKind.OPENED, ChangeKind.WORSENED)));

  private static AlertRule atOnce(Severity least, Set<String> checks, Set<ChangeKind> changes) {
    return new AlertRule(
        0,
        null,
        least,
        checks,
        changes,
        Tell.SITE,
        null,
        new Rhythm(AlertKind.NOW, DayOfWeek.MONDAY, LocalTime.of(8, 0), ZoneOffset.UTC),
        null);
  }

  public AlertRule {
    checks = Set.copyOf(checks);
    changes = Set.copyOf(changes);
  }

  boolean picks(News news) {
    ChangeKind kind = news.kind() == ChangeKind.REOPENED ? ChangeKind.OPENED : news.kind();
    return !news.muted()
        && changes.contains(kind)
        && news.severity().compareTo(least) >= 0
        && (checks.isEmpty() || checks.contains(news.checkId()));
  }

  /** Quiet hours hold messages back, but never what is critical. */
  Instant due(News news, Instant now) {
    Instant due = rhythm.due(now);
    boolean critical = news.severity() == Severity.CRITICAL && news.isBad();
    return quiet == null || critical ? due : quiet.end(due);
  }
}
