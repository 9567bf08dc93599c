package org.tagwarden.collector.alerts;

import java.time.Duration;
import java.util.Set;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.findings.FindingChange;
import org.tagwarden.collector.findings.FindingLedger;

/** Which changes of findings are worth a message. The one place to look. */
final class AlertRule {
  /** The checks that people are told about at once; the others stand in the findings. */
  private static final Set<String> CHECKS = Set.of(FindingLedger.UNAPPROVED_SCRIPT);

  /**
   * A script that comes and goes (an ad rotation, a test on a share of the visitors) opens its
   * finding again and again: people hear of the same finding at most once in this time.
   */
  static final Duration SILENCE = Duration.ofDays(30);

  private AlertRule() {}

  static boolean isWorthAMessage(FindingChange change) {
    boolean bad = change.kind() == ChangeKind.OPENED || change.kind() == ChangeKind.REOPENED;
    return bad && CHECKS.contains(change.checkId());
  }
}
