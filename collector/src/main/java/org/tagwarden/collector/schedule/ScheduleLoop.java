package org.tagwarden.collector.schedule;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.report.ScanJob;

/**
 * Turns due schedules into scans, and takes lapsed leases back. Any number of servers may run it: a
 * due row is claimed by an update that changes exactly one row for one of them.
 */
public final class ScheduleLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleLoop.class);
  private static final long PERIOD_MS = 1_000;

  /** A run that starts later than this after its time was missed. */
  private static final Duration LATE = Duration.ofMinutes(5);

  private final Vertx vertx;
  private final Database database;
  private final Scans scans;
  private final JobQueue jobs;
  private final Clock clock;
  private long timer = -1;
  private volatile boolean busy;

  public ScheduleLoop(Vertx vertx, Database database, Scans scans, JobQueue jobs, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.scans = scans;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Looks every second from now on. */
  public void start() {
    timer =
        vertx.setPeriodic(
            PERIOD_MS,
            id -> {
              if (busy) return;
              busy = true;
              tick()
                  .onFailure(e -> LOG.error("Schedules could not be looked after; tried again", e))
                  .onComplete(done -> busy = false);
            });
  }

  /** Stops looking; what was begun is finished by its transaction. */
  public void stop() {
    vertx.cancelTimer(timer);
  }

  /** One look; answers how many scans were started. */
  Future<Integer> tick() {
    return jobs.takeBackLapsed()
        .compose(lapsed -> jobs.parkArchived())
        .compose(parked -> startDue());
  }

  private Future<Integer> startDue() {
    return database
        .pool()
        .preparedQuery(ScheduleQueries.DUE)
        .execute(Tuple.of(SqlTime.now(clock)))
        .compose(
            rows -> {
              Future<Integer> started = Future.succeededFuture(0);
              for (Row row : rows) {
                started = started.compose(count -> start(row).map(more -> count + more));
              }
              return started;
            })
        .onSuccess(
            count -> {
              if (count > 0) jobs.wake();
            });
  }

  private Future<Integer> start(Row row) {
    Schedule schedule = ScheduleRow.schedule(row);
    OffsetDateTime due = row.getOffsetDateTime("next_run_at");
    Instant now = clock.instant();
    Instant allowed = schedule.draft().afterBlackouts(now);
    return database.inTransaction(
        connection -> {
          if (allowed.isAfter(now)) {
            return connection
                .preparedQuery(ScheduleQueries.POSTPONE)
                .execute(Tuple.of(schedule.id(), due, SqlTime.of(allowed)))
                .map(0);
          }
          @Nullable Instant next = schedule.draft().nextRun(now, schedule.siteId());
          return connection
              .preparedQuery(ScheduleQueries.CLAIM)
              .execute(
                  Tuple.of(
                      schedule.id(), due, next == null ? null : SqlTime.of(next), SqlTime.of(now)))
              .compose(
                  claimed ->
                      claimed.rowCount() == 1
                          ? insert(connection, schedule, due.toInstant(), now)
                              .compose(
                                  count ->
                                      row.getBoolean("with_lighthouse")
                                          ? lighthouse(connection, schedule, due.toInstant(), now)
                                              .map(more -> count + more)
                                          : Future.succeededFuture(count))
                          : Future.succeededFuture(0));
        });
  }

  private Future<Integer> lighthouse(
      SqlConnection connection, Schedule visits, Instant due, Instant now) {
    return insert(connection, visits.siteId(), ScanJob.Kind.LIGHTHOUSE, due, now);
  }

  private Future<Integer> insert(
      SqlConnection connection, Schedule schedule, Instant due, Instant now) {
    return insert(connection, schedule.siteId(), schedule.kind(), due, now);
  }

  private Future<Integer> insert(
      SqlConnection connection, int siteId, ScanJob.Kind kind, Instant due, Instant now) {
    Scan.Cause cause = due.plus(LATE).isBefore(now) ? Scan.Cause.CATCH_UP : Scan.Cause.SCHEDULE;
    return scans
        .waiting(connection, siteId, kind)
        .compose(
            waiting ->
                waiting.isPresent()
                    ? scans
                        .leftOut(
                            connection,
                            siteId,
                            kind,
                            cause,
                            due,
                            "Left out: no scanner had yet taken the scan before it.")
                        .map(0)
                    : scans.enqueue(connection, siteId, kind, cause, null, due).map(1));
  }
}
