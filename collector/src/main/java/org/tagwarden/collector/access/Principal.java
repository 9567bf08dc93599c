package org.tagwarden.collector.access;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;

/**
 * Who is asking: a signed-in person or an API token, with what they may do.
 *
 * @param personId null for a token
 * @param name for the audit log: a person's name, or the token's
 * @param everywhere the role that holds for all clients; null when there is none
 * @param roles roles by client id
 * @param origin from where it asks, for the audit log
 */
public record Principal(
    @Nullable Integer personId,
    String name,
    @Nullable Role everywhere,
    Map<Integer, Role> roles,
    Origin origin) {
  public Principal {
    roles = Map.copyOf(roles);
  }

  /** The program itself, acting for somebody. */
  public Principal(
      @Nullable Integer personId,
      String name,
      @Nullable Role everywhere,
      Map<Integer, Role> roles) {
    this(personId, name, everywhere, roles, Origin.PROGRAM);
  }

  /** The same, calling from this address. */
  public Principal at(String address) {
    return new Principal(personId, name, everywhere, roles, origin.at(address));
  }

  /** Whether the role for this client, or the one for all, covers the needed one. */
  public boolean may(Role needed, int clientId) {
    Role here = roles.get(clientId);
    return (here != null && here.covers(needed)) || mayEverywhere(needed);
  }

  /** Whether the role for all clients covers the needed one. */
  public boolean mayEverywhere(Role needed) {
    return everywhere != null && everywhere.covers(needed);
  }

  /** Whether there is a client for which the needed role is held. */
  public boolean maySomewhere(Role needed) {
    return mayEverywhere(needed) || roles.values().stream().anyMatch(role -> role.covers(needed));
  }

  /** The client whose business whoever asks is; null when it is that of several, or of all. */
  @Nullable Integer onlyClient() {
    return everywhere == null && roles.size() == 1 ? roles.keySet().iterator().next() : null;
  }

  /** The clients for which the needed role is held. */
  public ClientScope scope(Role needed) {
    if (mayEverywhere(needed)) return ClientScope.ALL;
    Set<Integer> clients = new HashSet<>();
    roles.forEach(
        (clientId, role) -> {
          if (role.covers(needed)) clients.add(clientId);
        });
    return new ClientScope(clients);
  }

  /** The clients whose rows may be read. */
  public ClientScope readable() {
    return scope(Role.VIEWER);
  }

  /** Throws {@link Refusal} unless {@link #may}. */
  public void require(Role needed, int clientId) {
    if (!may(needed, clientId)) throw tooLittle(needed);
  }

  /** Throws {@link Refusal} unless {@link #mayEverywhere}. */
  public void requireEverywhere(Role needed) {
    if (!mayEverywhere(needed)) throw tooLittle(needed);
  }

  /** The person's id; throws {@link Refusal} for a token. */
  public int requirePerson() {
    if (personId != null) return personId;
    throw Refusal.of(Refusal.Kind.FORBIDDEN, "A person does this, not a token: sign in.");
  }

  private static Refusal tooLittle(Role needed) {
    return Refusal.of(
        Refusal.Kind.FORBIDDEN,
        "This needs the role \"" + needed.word() + "\": ask an administrator of your Tagwarden.");
  }
}
