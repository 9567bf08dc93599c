package org.tagwarden.collector.intake;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.governance.Lapses;

/**
 * Follows decisions without waiting for the next scan: sites whose authorizations were changed,
 * withdrawn or have lapsed are judged again, one at a time and only the pages that carry their
 * tags. What is to be done is a row that came with the decision, so that a server that dies in
 * between, or several of them, lose and double nothing.
 */
public final class Rejudgements {
  private static final Logger LOG = LoggerFactory.getLogger(Rejudgements.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Longer than a site takes; after that another server may try. */
  private static final Duration CLAIM = Duration.ofMinutes(10);

  /** Terms end at midnight: a minute later is early enough. */
  private static final Duration LAPSES = Duration.ofMinutes(1);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  /** The one that waits longest. $1 now, $2 the claim's end. */
  private static final String CLAIM_NEXT =
      """
      UPDATE rejudgement SET not_before = $2
      WHERE site_id = (SELECT site_id FROM rejudgement WHERE not_before <= $1
                       ORDER BY since, site_id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING site_id, tag_ids, version
      """;

  /** Unless somebody decided meanwhile. $1 site, $2 version. */
  private static final String DONE = "DELETE FROM rejudgement WHERE site_id = $1 AND version = $2";

  /** $1 site, $2 not before. */
  private static final String LATER = "UPDATE rejudgement SET not_before = $2 WHERE site_id = $1";

  private final Vertx vertx;
  private final Database database;
  private final Reanalysis reanalysis;
  private final Lapses lapses;
  private final Clock clock;
  private Instant lapsesAt = Instant.MIN;
  private boolean running;
  private Future<Void> round = Future.succeededFuture();

  public Rejudgements(Vertx vertx, Database database, Reanalysis reanalysis, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.reanalysis = reanalysis;
    this.lapses = new Lapses(database);
    this.clock = clock;
  }

  /** Looks every second, until {@link #stop}. */
  public void start() {
    running = true;
    next();
  }

  /** Ends after the site in hand. */
  public Future<Void> stop() {
    running = false;
    return round;
  }

  private void next() {
    round =
        runDue()
            .onFailure(
                e -> LOG.error("Sites could not be judged again; the next round tries again", e))
            .<Void>mapEmpty()
            .otherwiseEmpty();
    round.onComplete(
        done ->
            vertx.setTimer(
                PERIOD.toMillis(),
                timer -> {
                  if (running) next();
                }));
  }

  /** Judges again whatever waits; answers how many sites. */
  public Future<Integer> runDue() {
    Instant now = clock.instant();
    if (now.isBefore(lapsesAt) && now.plus(LAPSES).isAfter(lapsesAt)) return one(0);
    return lapses
        .note(now)
        .compose(
            done -> {
              lapsesAt = now.plus(LAPSES);
              return one(0);
            });
  }

  private Future<Integer> one(int done) {
    Instant now = clock.instant();
    return database
        .pool()
        .preparedQuery(CLAIM_NEXT)
        .execute(tuple(SqlTime.of(now), SqlTime.of(now.plus(CLAIM))))
        .compose(
            rows -> {
              if (rows.size() == 0) return Future.succeededFuture(done);
              return judge(rows.iterator().next()).compose(judged -> one(done + 1));
            });
  }

  private Future<Void> judge(Row row) {
    int site = row.getInteger("site_id");
    Integer @Nullable [] tags = row.getArrayOfIntegers("tag_ids");
    return reanalysis
        .reanalyze(site, tags)
        .compose(
            visits -> {
              LOG.info("Site {}: {} visits judged again after a decision", site, visits);
              return database
                  .pool()
                  .preparedQuery(DONE)
                  .execute(tuple(site, row.getInteger("version")))
                  .compose(gone -> gone.rowCount() > 0 ? Future.succeededFuture() : free(site));
            })
        .recover(
            failure -> {
              LOG.error("Site {} could not be judged again; tried again later", site, failure);
              return later(site, clock.instant().plus(AFTER_FAILURE));
            });
  }

  /** Somebody decided meanwhile: once more, at once. */
  private Future<Void> free(int site) {
    return later(site, clock.instant());
  }

  private Future<Void> later(int site, Instant notBefore) {
    return database
        .pool()
        .preparedQuery(LATER)
        .execute(tuple(site, SqlTime.of(notBefore)))
        .mapEmpty();
  }
}
