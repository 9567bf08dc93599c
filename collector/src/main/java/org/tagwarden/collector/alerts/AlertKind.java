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
  /** Somebody asks for a tag: this goes to those who decide. */
  ASKED,
  /** A request for a tag was answered: this goes to who asked. */
  ANSWERED,
  /** Somebody tries whether messages arrive; never stored. */
  TEST;

  /** Whether it is about findings, of which a recipient may want to hear no more. */
  public boolean isAboutFindings() {
    return this != REVIEW && this != TEST && !isAboutRequest();
  }

  /** Whether it is about a request for a tag. */
  public boolean isAboutRequest() {
    return this == ASKED || this == ANSWERED;
  }
}
