package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.alerts.Dispatch.Letter;
import org.tagwarden.collector.alerts.email.EmailChannel;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.owners.EscalationPath;
import org.tagwarden.collector.owners.Line;
import org.tagwarden.collector.owners.NextInLine;
import org.tagwarden.collector.owners.Responsibility;

/**
 * Tells whoever is next in line when nobody acknowledged in time, and asks owners whose review is near. The step and the message are one
 * transaction, so that a server that is killed neither skips a person nor tells one twice.
 */
public final class EscalationLoop {
  private static final Logger LOG = LoggerFactory.getLogger(EscalationLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final Database database;
  private final Reviews reviews;
  private final Clock clock;
  private boolean running;
  private Future<Integer> round = Future.succeededFuture(0);

  public EscalationLoop(Vertx vertx, Database database, Reviews reviews, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.reviews = reviews;
    this.clock = clock;
  }

  /** Looks from now on, until {@link #stop}. */
  public void start() {
    running = true;
    next();
  }

  /** Ends after the step in hand. */
  public Future<Void> stop() {
    running = false;
    return round.mapEmpty();
  }

  private void next() {
    round =
        escalateDue()
            .compose(steps -> reviews.remind())
            .onFailure(e -> LOG.error("Escalation failed; the next round tries again", e))
            .otherwise(0);
    round.onComplete(
        done ->
            vertx.setTimer(
                PAUSE.toMillis(),
                timer -> {
                  if (running) next();
                }));
  }

  /** Takes every step that is due; answers how many there were. */
  public Future<Integer> escalateDue() {
    return escalateDue(0);
  }

  private Future<Integer> escalateDue(int steps) {
    return database
        .inTransaction(this::one)
        .compose(
            found -> found ? escalateDue(steps + 1) : Future.succeededFuture(steps));
  }

  private Future<Boolean> one(SqlConnection tx) {
    Instant now = clock.instant();
    return tx.preparedQuery(CareQueries.DUE)
        .execute(tuple(SqlTime.of(now)))
        .compose(
            rows -> {
              if (rows.size() == 0) return Future.succeededFuture(false);
              Row row = rows.iterator().next();
              boolean over =
                  !row.getString("state").equals("OPEN")
                      || row.getBoolean("acknowledged")
                      || row.getBoolean("muted");
              return (over ? end(tx, row) : step(tx, row, now)).map(true);
            });
  }

  private static Future<Void> end(SqlConnection tx, Row row) {
    return tx.preparedQuery(CareQueries.END_ESCALATION)
        .execute(tuple(row.getInteger("finding_id")))
        .mapEmpty();
  }

  private static Future<Void> step(SqlConnection tx, Row row, Instant now) {
    int siteId = row.getInteger("site_id");
    Severity severity = Severity.valueOf(row.getString("severity"));
    return Responsibility.of(tx, siteId)
        .compose(
            responsibility -> {
              Line line = responsibility.line(row.getString("tag_key"));
              NextInLine told = line.next(row.getInteger("step"), severity);
              EscalationPath path = line.path();
              // The path was changed or its people left since: nobody is left to be told.
              if (told == null || path == null) return end(tx, row);
              NextInLine after = line.next(told.step(), severity);
              Letter letter =
                  new Letter(
                      AlertKind.LATE,
                      EmailChannel.ID,
                      told.email(),
                      null,
                      now,
                      row.getLong("change_id"));
              LOG.info(
                  "Finding {} was not acknowledged: step {} of its path",
                  row.getInteger("finding_id"),
                  told.step() + 1);
              return AlertOutbox.write(tx, siteId, List.of(letter), now)
                  .compose(
                      done ->
                          tx.preparedQuery(CareQueries.STEP)
                              .execute(
                                  tuple(
                                      row.getInteger("finding_id"),
                                      told.step(),
                                      after == null
                                          ? null
                                          : SqlTime.of(path.due(now, after, severity)))))
                  .mapEmpty();
            });
  }
}
