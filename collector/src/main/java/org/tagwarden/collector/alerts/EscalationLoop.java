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
import java.util.function.LongSupplier;
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

  /** A mail that is on its way is looked for again so much later. */
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

  private final Database database;
  private final Reviews reviews;
  private final MuteEnds muteEnds;
  private final ClockJumps jumps;
  private final Clock clock;
  private final Rounds rounds;

  public EscalationLoop(Vertx vertx, Database database, Reviews reviews, Clock clock) {
    this(vertx, database, reviews, clock, System::nanoTime);
  }

  /**
   * @param nanos a time that nobody sets
   */
  EscalationLoop(Vertx vertx, Database database, Reviews reviews, Clock clock, LongSupplier nanos) {
    this.database = database;
    this.reviews = reviews;
    this.muteEnds = new MuteEnds(database, clock);
    this.jumps = new ClockJumps(database, clock, nanos);
    this.clock = clock;
    this.rounds =
        new Rounds(
            vertx,
            PAUSE,
            this::look,
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

  /** One round. */
  Future<Integer> look() {
    return jumps
        .follow()
        .compose(done -> escalateDue())
        .compose(steps -> tellEndedMutes())
        .compose(ended -> reviews.remind());
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
    return patience(tx, row, line, path, severity, told, now)
        .compose(
            later ->
                later.isAfter(now)
                    ? tx.preparedQuery(CareQueries.STEP)
                        .execute(
                            tuple(
                                findingId,
                                row.getInteger("step"),
                                SqlTime.of(later),
                                SqlTime.of(now)))
                        .mapEmpty()
                    : tell(tx, row, line, path, severity, told, letters, now));
  }

  /**
   * Until when whoever was told last has to be waited for: their time begins when the mail was
   * taken, not when it was planned. One that is still on its way (a server that refuses for now, or
   * this one was off) is waited for once as long.
   */
  private static Future<Instant> patience(
      SqlConnection tx,
      Row row,
      Line line,
      EscalationPath path,
      Severity severity,
      NextInLine told,
      Instant now) {
    NextInLine last = path.next(row.getInteger("step") - 1, severity, line.owners());
    if (last == null || last.step() != row.getInteger("step")) return Future.succeededFuture(now);
    return tx.preparedQuery(CareQueries.TOLD_BY_MAIL)
        .execute(tuple(row.getLong("change_id"), last.email()))
        .map(
            rows -> {
              if (rows.size() == 0) return now;
              Row mail = rows.iterator().next();
              String state = mail.getString("state");
              Instant sentAt = SqlTime.instantOrNull(mail, "sent_at");
              if (state.equals("SENT") && sentAt != null) return path.due(sentAt, told, severity);
              if (state.equals("FAILED")) return now;
              Instant planned = path.due(SqlTime.instant(mail, "created_at"), told, severity);
              Instant latest = path.due(planned, told, severity);
              return latest.isAfter(now) ? now.plus(ON_ITS_WAY) : now;
            });
  }

  private static Future<Void> tell(
      SqlConnection tx,
      Row row,
      Line line,
      EscalationPath path,
      Severity severity,
      NextInLine told,
      List<Letter> letters,
      Instant now) {
    int findingId = row.getInteger("finding_id");
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
                after == null ? null : SqlTime.of(path.due(now, after, severity)),
                SqlTime.of(now)))
        .mapEmpty();
  }
}
