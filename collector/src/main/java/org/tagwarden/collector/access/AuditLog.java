package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.util.function.Function;
import org.tagwarden.collector.Refusal;
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
   * Writes down what became of the one row that a statement gave back; refused if it found none.
   */
  public Future<Void> write(
      SqlClient connection, RowSet<Row> found, Refusal otherwise, Function<Row, AuditEntry> entry) {
    if (found.rowCount() == 0) throw otherwise;
    return write(connection, entry.apply(found.iterator().next()));
  }
}
