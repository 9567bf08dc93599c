package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;

/**
 * Who changed what, when and from where. Written in the transaction of the change, at any point of
 * it; when it commits, the database chains the entry to the one before (V5__door.sql).
 */
public final class AuditLog {
  private final Clock clock;

  public AuditLog(Clock clock) {
    this.clock = clock;
  }

  /** Writes the entry down. */
  public Future<Void> write(SqlClient connection, AuditEntry entry) {
    return connection
        .preparedQuery(AuditQueries.INSERT)
        .execute(
            SqlValues.tuple(
                SqlTime.now(clock),
                entry.who(),
                entry.from().way().word(),
                entry.from().id(),
                entry.from().address(),
                entry.clientId(),
                entry.action(),
                entry.subject(),
                entry.before(),
                entry.after()))
        .mapEmpty();
  }

  /**
   * Without before, after and origin: for callers that have not moved to {@link AuditEntry} yet.
   *
   * @param who a person's or token's name
   * @param clientId null when it concerns no single client
   * @param action a verb with its object: "create site"
   * @param subject which one
   */
  public Future<Void> write(
      SqlClient connection, String who, @Nullable Integer clientId, String action, String subject) {
    return write(connection, AuditEntry.of(who, Origin.PROGRAM, clientId, action, subject));
  }
}
