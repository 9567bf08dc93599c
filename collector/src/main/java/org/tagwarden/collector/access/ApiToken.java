package org.tagwarden.collector.access;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program's way in. The token itself is shown once, when it is made, and never stored.
 *
 * @param clientId null: all clients
 * @param siteId the one site that it is for; null: all sites of the client
 * @param expiresAt null: never
 * @param lastUsedAt to the minute; null: never yet
 * @param madeBy a person's name; null: the program's own
 * @param stopped whether it opens nothing because its maker may not make such a one any more
 */
public record ApiToken(
    int id,
    String name,
    @Nullable Integer clientId,
    @Nullable Integer siteId,
    Role role,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    boolean stopped,
    @Nullable String madeBy) {
  /** What its bearer may do. */
  public Principal principal() {
    Origin origin = new Origin(Origin.Way.TOKEN, id, null);
    return clientId == null
        ? new Principal(null, name, role, Map.of(), origin)
        : new Principal(null, name, null, Map.of(clientId, role), origin);
  }
}
