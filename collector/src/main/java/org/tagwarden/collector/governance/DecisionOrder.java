package org.tagwarden.collector.governance;

import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;

/**
 * A decision to be taken down.
 *
 * @param justification the written business or technical reason
 * @param personId who decides; null when it is no person of this server (an API token, the demo)
 * @param personName as it will stand in the history, also after the person has gone
 */
public record DecisionOrder(
    int siteId,
    DecisionSubject subject,
    DecisionState state,
    String justification,
    @Nullable Integer personId,
    String personName) {
  public DecisionOrder {
    if (justification.isBlank()) {
      throw Refusal.invalid(
          "justification",
          "A decision needs a justification: write down why, for those who ask later.");
    }
    if (personName.isBlank()) throw new IllegalArgumentException("A decision needs a person.");
    justification = justification.strip();
  }
}
