package org.tagwarden.collector.governance;

import org.jspecify.annotations.Nullable;

/**
 * Who decides.
 *
 * @param personId null when it is no person of this server (an API token, the demo)
 * @param name as it will stand in the history, also after the person has gone
 */
public record Decider(@Nullable Integer personId, String name) {
  public Decider {
    if (name.isBlank()) throw new IllegalArgumentException("A decision needs a person.");
  }
}
