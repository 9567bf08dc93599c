package org.tagwarden.collector.governance;

import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;

/**
 * Who decides.
 *
 * @param personId null when it is no person of this server (an API token, the demo)
 * @param name as it will stand in the history, also after the person has gone
 * @param from where the decision came from, for the audit log
 * @param role as which, where it is no person whose role is looked up; "" when nobody can say
 */
public record Decider(@Nullable Integer personId, String name, Origin from, String role) {
  public Decider {
    if (name.isBlank()) throw new IllegalArgumentException("A decision needs a person.");
  }

  /** A person of this server, or the program itself. */
  public Decider(@Nullable Integer personId, String name, Origin from) {
    this(personId, name, from, "");
  }

  /** A signed-in person or a token, which has one role. */
  public static Decider of(Principal by) {
    return new Decider(by.personId(), by.name(), by.origin(), role(by));
  }

  private static String role(Principal by) {
    Role role = by.everywhere();
    if (role == null && by.roles().size() == 1) role = by.roles().values().iterator().next();
    return role == null ? "" : role.word();
  }
}
