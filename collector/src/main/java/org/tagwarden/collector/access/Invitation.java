package org.tagwarden.collector.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A role that is offered to whoever reads the mail of an address.
 *
 * @param clientId null: all clients
 * @param client the client's name; null likewise
 * @param invitedById whose right to invite it rests on; null: the program's
 */
public record Invitation(
    int id,
    String email,
    String name,
    @Nullable Integer clientId,
    @Nullable String client,
    Role role,
    @Nullable Integer invitedById,
    String invitedBy,
    Instant createdAt,
    Instant expiresAt) {
  /** "the sites of Acme", for sentences. */
  public String what() {
    return client == null ? "all clients" : client;
  }
}
