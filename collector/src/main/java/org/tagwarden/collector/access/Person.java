package org.tagwarden.collector.access;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;

/**
 * Somebody with an account.
 *
 * @param everywhere the role for all clients; null when there is none
 * @param roles roles by client id
 * @param disabledAt since when the account is closed; null while it is open
 */
public record Person(
    int id,
    String email,
    String name,
    @Nullable Role everywhere,
    Map<Integer, Role> roles,
    Instant createdAt,
    @Nullable Instant disabledAt) {
  public Person {
    roles = Map.copyOf(roles);
  }

  /** The client whose business this person is; null when it is that of several, or of all. */
  @Nullable Integer onlyClient() {
    return principal().onlyClient();
  }

  /** As an administrator of some clients sees this person: without the roles at others. */
  Person as(Principal by) {
    Map<Integer, Role> theirs = new HashMap<>(roles);
    theirs.keySet().removeIf(client -> !by.may(Role.ADMIN, client));
    return new Person(id, email, name, everywhere, theirs, createdAt, disabledAt);
  }

  /** Whether the principal administers everything that this person may do. */
  boolean isAdministeredBy(Principal by) {
    if (by.mayEverywhere(Role.ADMIN)) return true;
    return everywhere == null
        && !roles.isEmpty()
        && roles.keySet().stream().allMatch(client -> by.may(Role.ADMIN, client));
  }

  /** Throws {@link Refusal} unless {@link #isAdministeredBy}; a stranger is not found. */
  void requireAdministeredBy(Principal by) {
    if (isAdministeredBy(by)) return;
    boolean known = roles.keySet().stream().anyMatch(client -> by.may(Role.ADMIN, client));
    if (!known) throw Refusal.notFound("There is no such person.");
    throw Refusal.of(
        Refusal.Kind.FORBIDDEN,
        "This person also has roles that you do not administer: ask an administrator of all"
            + " clients.");
  }

  /** What this person may do. */
  public Principal principal() {
    return new Principal(id, name, everywhere, roles, new Origin(Origin.Way.SESSION, id, null));
  }
}
