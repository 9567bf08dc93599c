package org.tagwarden.collector.alerts;

import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;

/**
 * A change of a finding, with what rules look at.
 *
 * @param tagKey the tag that it is about; "" when it is about the site itself
 * @param muted whether somebody muted it and it is not worse than then
 */
record News(
    long changeId,
    int findingId,
    String checkId,
    Severity severity,
    ChangeKind kind,
    String tagKey,
    boolean muted) {
  /** The same, as if it opened only now. */
  News opened() {
    return new News(changeId, findingId, checkId, severity, ChangeKind.OPENED, tagKey, muted);
  }

  /** Whether something got worse. */
  boolean isBad() {
    return kind != ChangeKind.RESOLVED;
  }
}
