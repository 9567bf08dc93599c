package org.tagwarden.report;

/** Whether a request was sent before or after the choice. */
public enum ConsentPhase {
  /** Before the choice; every request of a visit without a choice. */
  BEFORE_CHOICE,
  /** After it. */
  AFTER_CHOICE
}
