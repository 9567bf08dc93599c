package org.tagwarden.collector.governance;

import org.jspecify.annotations.Nullable;

/** What the inventory says about a tag. */
public enum TagState {
  /** An accountable person allowed it. */
  APPROVED("Approved"),
  /** It was refused. */
  UNAPPROVED("Unapproved"),
  /** Somebody asked, or the decision was put off. */
  PENDING("Pending"),
  /** Nobody has said anything yet. */
  UNKNOWN("Undecided");

  private final String label;

  TagState(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** From the newest decision about the tag; null when there is none. */
  public static TagState of(@Nullable String decision) {
    if (decision == null) return UNKNOWN;
    return switch (DecisionState.valueOf(decision)) {
      case APPROVED -> APPROVED;
      case REFUSED -> UNAPPROVED;
      case PENDING -> PENDING;
    };
  }
}
