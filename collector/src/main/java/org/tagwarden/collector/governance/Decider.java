package org.tagwarden.collector.governance;

import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.access.Principal;

/**
 * Who decides.
 *
 * @param personId null when it is no person of this server (an API token, the demo)
 * @param name as it will stand in the history, also after the person has gone
 * @param from where the decision came from, for the audit log
 */
public record Decider(@Nullable Integer personId, String name, Origin from) {
  public Decider {
    if (name.isBlank()) throw new IllegalArgumentException("A decision needs a person.");
  }

  /** A signed-in person or a token. */
  public static Decider of(Principal by) {
    return new Decider(by.personId(), by.name(), by.origin());
  }
}
