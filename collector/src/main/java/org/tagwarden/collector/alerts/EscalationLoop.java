package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Rounds;
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
 * Tells whoever is next in line when nobody acknowledged in time, tells of mutes that are over, and
 * asks owners whose review is near. The step and the message are one transaction, so that a server
 * that is killed neither skips a person nor tells one twice.
 */
public final class EscalationLoop {
  private static final Logger LOG = LoggerFactory.getLogger(EscalationLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(20);

  private final Database database;
  private final Reviews reviews;
  private final MuteEnds muteEnds;
  private final Clock clock;
  private final Rounds rounds;

  public EscalationLoop(Vertx vertx, Database database, Reviews reviews, Clock clock) {
    this.database = database;
    this.reviews = reviews;
    this.muteEnds = new MuteEnds(database, clock);
    this.clock = clock;
    this.rounds =
        new Rounds(
            vertx,
            PAUSE,
            () ->
                escalateDue().compose(steps -> tellEndedMutes()).compose(ended -> reviews.remind()),
            e -> LOG.error("Escalation failed; the next round tries again", e));
  }

  /** Looks from now on, until {@link #stop}. */
  public void start() {
    rounds.start();
  }

  /** Ends after the step in hand. */
  public Future<Void> stop() {
    return rounds.stop();
  }

  /** Takes every step that is due; answers for how many findings. */
  public Future<Integer> escalateDue() {
    return escalateDue(0);
  }

  /** Tells of every mute that is over; answers of how many. */
  public Future<Integer> tellEndedMutes() {
    return muteEnds.tell();
  }

  private Future<Integer> escalateDue(int before) {
    return database
        .inTransaction(this::site)
        .compose(
            found -> found == 0 ? Future.succeededFuture(before) : escalateDue(before + found));
  }

  /** What is due on one site; answers for how many findings. */
  private Future<Integer> site(SqlConnection tx) {
    Instant now = clock.instant();
    return tx.preparedQuery(CareQueries.DUE)
        .execute(tuple(SqlTime.of(now)))
        .compose(
            rows -> {
              if (rows.size() == 0) return Future.succeededFuture(0);
              int siteId = rows.iterator().next().getInteger("site_id");
              return Responsibility.of(tx, siteId)
                  .compose(responsibility -> steps(tx, siteId, rows, responsibility, now));
            });
  }

  private static Future<Integer> steps(
      SqlConnection tx, int siteId, RowSet<Row> rows, Responsibility responsibility, Instant now) {
    List<Letter> letters = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (Row row : rows) {
      done = done.compose(before -> step(tx, row, responsibility, letters, now));
    }
    return done.compose(told -> AlertOutbox.write(tx, siteId, letters, now)).map(rows.size());
  }

  private static Future<Void> step(
      SqlConnection tx, Row row, Responsibility responsibility, List<Letter> letters, Instant now) {
    int findingId = row.getInteger("finding_id");
    Severity severity = Severity.valueOf(row.getString("severity"));
    Line line = responsibility.line(row.getString("tag_key"));
    NextInLine told = line.next(row.getInteger("step"), severity);
    EscalationPath path = line.path();
    boolean over =
        !row.getBoolean("counts") || row.getBoolean("acknowledged") || row.getBoolean("muted");
    // Or the path was changed or its people left since: nobody is left to be told.
    if (over || told == null || path == null) {
      return tx.preparedQuery(CareQueries.END_ESCALATION).execute(tuple(findingId)).mapEmpty();
    }
    LOG.info("Finding {} was not acknowledged: step {} of its path", findingId, told.step() + 1);
    letters.add(
        new Letter(
            AlertKind.LATE, EmailChannel.ID, told.email(), null, now, row.getLong("change_id")));
    NextInLine after = line.next(told.step(), severity);
    return tx.preparedQuery(CareQueries.STEP)
        .execute(
            tuple(
                findingId,
                told.step(),
                after == null ? null : SqlTime.of(path.due(now, after, severity))))
        .mapEmpty();
  }
}
