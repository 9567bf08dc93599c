package org.tagwarden.collector.alerts;

/** Why a message is sent when it is. */
public enum AlertKind {
  /** Something changed. */
  NOW,
  /** What changed in a day. */
  DAILY,
  /** What changed in a week. */
  WEEKLY,
  /** Nobody acknowledged in time: this goes to whoever is next in line. */
  LATE,
  /** Somebody takes care at last: this goes to those who had been told that nobody did. */
  TAKEN,
  /** A mute is over, and its finding is still open. */
  UNMUTED,
  /** An owner is asked whether something is still needed and still theirs. */
  REVIEW,
  /** Somebody tries whether messages arrive; never stored. */
  TEST
}
