package org.tagwarden.collector.governance;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who tells people of requests: the alerts, which know of this package. Joins transactions. */
public interface RequestNews {
  /** Somebody asks: those who decide are to hear of it. */
  Future<Void> asked(SqlConnection tx, int requestId, Instant now);

  /**
   * It is answered: who asked is to hear of it, unless they did so themselves.
   *
   * @param byPerson who answered; null when it is no person of this server
   */
  Future<Void> answered(SqlConnection tx, int requestId, @Nullable Integer byPerson, Instant now);
}
