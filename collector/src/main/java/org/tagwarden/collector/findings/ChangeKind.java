package org.tagwarden.collector.findings;

/** How a finding's state changed. */
public enum ChangeKind {
  /** Seen for the first time. */
  OPENED,
  /** Still open, and more urgent than before. */
  WORSENED,
  /** It had been resolved and is back. */
  REOPENED,
  /** No page shows it any more, or a decision settled it. */
  RESOLVED
}
