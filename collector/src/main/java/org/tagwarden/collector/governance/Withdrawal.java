package org.tagwarden.collector.governance;

import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;

/**
 * An authorization to be withdrawn.
 *
 * @param seenVersion the version that was looked at; null: whatever holds
 */
public record Withdrawal(int authorizationId, @Nullable Integer seenVersion, String reason) {
  public Withdrawal {
    reason = reason.strip();
    if (reason.isEmpty()) {
      throw Refusal.invalid("reason", "Write down why, for those who ask later.");
    }
  }
}
