package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlTime;

/** Who changed what, when. Written in the transaction of the change. */
public final class AuditLog {
  private final Clock clock;

  public AuditLog(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param who a person's or token's name
   * @param clientId null when it concerns no single client
   * @param action a verb with its object: "create site"
   * @param subject which one
   */
  public Future<Void> write(
      SqlClient connection, String who, @Nullable Integer clientId, String action, String subject) {
    return connection
        .preparedQuery(AccessQueries.INSERT_AUDIT)
        .execute(Tuple.of(SqlTime.now(clock), who, clientId, action, subject))
        .mapEmpty();
  }
}
