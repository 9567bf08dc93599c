package org.tagwarden.collector.owners;

import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.checks.Severity;

/**
 * One step of a path.
 *
 * @param who whoever holds this office; null when it is a fixed address
 * @param contact the fixed address; "" when it is an office
 * @param waitMinutes how long the step before may go without acknowledgement; 0 at the first
 * @param skippedFrom findings of this severity and above pass over the step; null: none does
 */
public record EscalationStep(
    @Nullable Office who, String contact, int waitMinutes, @Nullable Severity skippedFrom) {
  private static final int LONGEST_WAIT = 60 * 24 * 30;

  /** An owner or deputy of the finding's tag or site. */
  public enum Office {
    BUSINESS_OWNER(Duty.BUSINESS, Rank.OWNER),
    BUSINESS_DEPUTY(Duty.BUSINESS, Rank.DEPUTY),
    IT_OWNER(Duty.IT, Rank.OWNER),
    IT_DEPUTY(Duty.IT, Rank.DEPUTY);

    private final Duty duty;
    private final Rank rank;

    Office(Duty duty, Rank rank) {
      this.duty = duty;
      this.rank = rank;
    }

    boolean isHeldBy(Ownership ownership) {
      return ownership.duty() == duty && ownership.rank() == rank;
    }

    /** "IT owner". */
    public String title() {
      return Ownership.title(duty, rank);
    }
  }

  public EscalationStep {
    if ((who == null) == contact.isBlank())
      throw Refusal.invalid("steps", "A step is an office (IT owner, ...) or an e-mail address.");
    if (waitMinutes < 0 || waitMinutes > LONGEST_WAIT)
      throw Refusal.invalid("steps", "A step waits between 0 minutes and 30 days.");
  }

  /** Whether a finding of this severity passes over the step. */
  boolean isSkippedAt(Severity severity) {
    return skippedFrom != null && severity.compareTo(skippedFrom) >= 0;
  }
}
