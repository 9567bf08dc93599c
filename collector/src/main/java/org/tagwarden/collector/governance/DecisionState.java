package org.tagwarden.collector.governance;

/** The answer of an accountable person to "may it run here?". */
public enum DecisionState {
  APPROVED,
  REFUSED,
  /** Not answered yet, on purpose: what is pending still counts as unapproved. */
  PENDING
}
