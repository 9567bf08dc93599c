package org.tagwarden.collector.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * One writer at a time for what is known about a site (inventory, findings, decisions), until its
 * transaction ends. Take it first in the transaction: whoever reads after it sees all that the
 * writer before has committed, and nobody can wait in a circle.
 */
public final class SiteLock {
  /** Keeps these locks apart from other users of PostgreSQL's advisory locks. */
  private static final int SPACE = 0x7461_6777;

  private SiteLock() {}

  /** Waits for the lock; PostgreSQL frees it with the end of the transaction. */
  public static Future<Void> take(SqlConnection transaction, int siteId) {
    return transaction
        .preparedQuery("SELECT pg_advisory_xact_lock($1, $2)")
        .execute(Tuple.of(SPACE, siteId))
        .mapEmpty();
  }

  /**
   * Waits for the locks of all sites of a client, in one order, so that nobody waits in a circle.
   */
  public static Future<Void> takeAll(SqlConnection transaction, int clientId) {
    return transaction
        .preparedQuery(
            """
            SELECT pg_advisory_xact_lock($1, id)
            FROM (SELECT id FROM site WHERE client_id = $2 ORDER BY id) site
            """)
        .execute(Tuple.of(SPACE, clientId))
        .mapEmpty();
  }
}
