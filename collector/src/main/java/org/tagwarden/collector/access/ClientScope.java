package org.tagwarden.collector.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The clients whose rows somebody may read. Every query that answers to a person takes one as its
 * parameter: {@code WHERE ($1::int[] IS NULL OR client_id = ANY($1))}.
 *
 * @param clientIds null: all clients
 */
public record ClientScope(@Nullable Set<Integer> clientIds) {
  public static final ClientScope ALL = new ClientScope(null);

  public ClientScope {
    clientIds = clientIds == null ? null : Set.copyOf(clientIds);
  }

  /**
   * The SQL parameter: an {@code Integer[]}, or null for all. Typed as an object, since {@code
   * Tuple.of} would spread an array over its parameters.
   */
  public @Nullable Object parameter() {
    return clientIds == null ? null : clientIds.toArray(Integer[]::new);
  }

  /** Whether this client's rows may be read. */
  public boolean includes(int clientId) {
    return clientIds == null || clientIds.contains(clientId);
  }
}
