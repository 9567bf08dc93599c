package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.alerts.AlertOutbox;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SiteLock;
import org.tagwarden.collector.db.SqlTime;

/**
 * Tells of critical changes that no visit confirmed: when everybody who looked again is back, or
 * the time is up. Rather once too often than not.
 */
public final class ConfirmationLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ConfirmationLoop.class);
  private static final Duration PERIOD = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final Database database;
  private final Clock clock;
  private final AlertOutbox alerts = new AlertOutbox();
  private long timer = -1;

  public ConfirmationLoop(Vertx vertx, Database database, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.clock = clock;
  }

  /** Looks again and again from now on. */
  public void start() {
    timer =
        vertx.setPeriodic(
            PERIOD.toMillis(),
            id ->
                tellDue()
                    .onFailure(
                        e -> LOG.error("Held changes could not be read; tried again later", e)));
  }

  /** Looks no more. */
  public void stop() {
    vertx.cancelTimer(timer);
  }

  /** Tells of what need not wait any longer; answers how many changes. */
  public Future<Integer> tellDue() {
    Instant now = clock.instant();
    return database
        .pool()
        .preparedQuery(ConfirmationQueries.DUE)
        .execute(tuple(SqlTime.of(now)))
        .compose(
            rows -> {
              Future<Integer> told = Future.succeededFuture(0);
              for (Row row : rows) {
                int site = row.getInteger("site_id");
                told = told.compose(n -> tell(site, now).map(m -> n + m));
              }
              return told;
            });
  }

  private Future<Integer> tell(int siteId, Instant now) {
    return database.inTransaction(
        tx ->
            SiteLock.take(tx, siteId)
                .compose(
                    done ->
                        tx.preparedQuery(ConfirmationQueries.TIMED_OUT)
                            .execute(tuple(siteId, SqlTime.of(now))))
                .map(Confirmations::changes)
                .compose(changes -> alerts.announce(tx, siteId, changes, now).map(changes.size())));
  }
}
