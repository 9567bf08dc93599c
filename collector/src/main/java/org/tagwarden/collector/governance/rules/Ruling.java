package org.tagwarden.collector.governance.rules;

import org.jspecify.annotations.Nullable;

/**
 * What the authorizations say about one occurrence.
 *
 * @param deciding the one that decides; null when nobody decided
 * @param lapsed the one that would decide had it not expired; null when there is none
 */
public record Ruling(@Nullable Authorization deciding, @Nullable Authorization lapsed) {
  public static final Ruling NONE = new Ruling(null, null);

  /** Null when nobody decided. */
  public @Nullable Verdict verdict() {
    return deciding == null ? null : deciding.verdict();
  }

  /** Whether it may run. */
  public boolean approved() {
    return verdict() == Verdict.APPROVED;
  }

  /** Whether somebody said no. */
  public boolean refused() {
    return verdict() == Verdict.REFUSED;
  }

  /** Whether it was approved until a day that has passed, and nothing approves it since. */
  public boolean approvalLapsed() {
    return lapsed != null && lapsed.verdict() == Verdict.APPROVED && verdict() == null;
  }
}
