package org.tagwarden.collector.schedule;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.settling.SettleHistories;
import org.tagwarden.collector.settling.SettleTime;
import org.tagwarden.collector.site.SiteRow;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.ScanJob;

/**
 * The jobs that scanners lease. A lease that is not kept goes back; after three tries a job is
 * parked with its reason in sight.
 */
public final class JobQueue {
  private static final int MOST_TRIES = 3;
  private static final int LIGHTHOUSE_PAGES = 3;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);

  /** How often a waiting call looks again: jobs may also come from another server. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Database database;
  private final Clock clock;
  private final int leaseSeconds;
  private final Set<Promise<Void>> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public JobQueue(Vertx vertx, Database database, Clock clock, int leaseSeconds) {
    this.vertx = vertx;
    this.database = database;
    this.clock = clock;
    this.leaseSeconds = leaseSeconds;
  }

  /** The next job for this scanner, at once or within the waiting time (long poll). */
  public Future<Optional<ScanJob>> claim(JobClaim claim, Duration wait, BooleanSupplier gone) {
    return claimUntil(claim, System.nanoTime() + wait.toNanos(), gone);
  }

  private Future<Optional<ScanJob>> claimUntil(
      JobClaim claim, long deadlineNanos, BooleanSupplier gone) {
    return database
        .inTransaction(connection -> lease(connection, claim))
        .compose(
            job -> {
              long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
              if (job.isPresent()) return unlessGone(job.get(), gone);
              if (left <= 0 || gone.getAsBoolean()) return Future.succeededFuture(job);
              return news(Math.min(left, LOOK_AGAIN.toMillis()))
                  .compose(
                      woken ->
                          closed || gone.getAsBoolean()
                              ? Future.succeededFuture(Optional.empty())
                              : claimUntil(claim, deadlineNanos, gone));
            });
  }

  private Future<Optional<ScanJob>> lease(SqlConnection connection, JobClaim claim) {
    Instant now = clock.instant();
    String[] kinds = claim.kinds().stream().map(Enum::name).toArray(String[]::new);
    return connection
        .preparedQuery(JobQueries.SCANNER_SEEN)
        .execute(Tuple.of(claim.scanner(), claim.version(), claim.browser(), SqlTime.of(now)))
        .compose(
            seen ->
                connection
                    .preparedQuery(JobQueries.CLAIM)
                    .execute(
                        Tuple.of(
                            claim.scanner(),
                            kinds,
                            SqlTime.of(now),
                            SqlTime.of(now.plusSeconds(leaseSeconds)))))
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.succeededFuture(Optional.empty())
                    : settled(connection, rows.iterator().next(), now).map(Optional::of));
  }

  /** The job with its settle time, which is written down so that its visits can be read by it. */
  private Future<ScanJob> settled(SqlConnection connection, Row row, Instant now) {
    ScanJob job = job(row);
    if (job.kind() != ScanJob.Kind.VISITS) return Future.succeededFuture(job);
    Future<Long> settleMs =
        row.getBoolean("settle_auto")
            ? SettleHistories.of(connection, row.getInteger("site_id"))
                .map(history -> (long) SettleTime.of(history, now))
            : Future.succeededFuture(job.options().settleMs());
    return settleMs.compose(
        millis ->
            connection
                .preparedQuery(JobQueries.SETTLE)
                .execute(Tuple.of(job.scanId(), millis.intValue()))
                .map(done -> withSettleMs(job, millis)));
  }

  private static ScanJob withSettleMs(ScanJob job, long millis) {
    return new ScanJob(
        job.jobId(),
        job.scanId(),
        job.site(),
        job.kind(),
        job.pages(),
        job.options().but().settleMs(millis).build(),
        job.leaseSeconds(),
        job.journeys(),
        job.signIn());
  }

  /** A scanner that hung up while its job was being leased does not hold it for a minute. */
  private Future<Optional<ScanJob>> unlessGone(ScanJob job, BooleanSupplier gone) {
    if (!gone.getAsBoolean()) return Future.succeededFuture(Optional.of(job));
    return database
        .pool()
        .preparedQuery(JobQueries.RELEASE)
        .execute(Tuple.of(job.jobId()))
        .map(Optional.empty());
  }

  /** Completes when {@link #wake} is called, or after so many milliseconds. */
  private Future<Void> news(long millis) {
    Promise<Void> promise = Promise.promise();
    waiting.add(promise);
    long timer = vertx.setTimer(millis, id -> promise.tryComplete());
    return promise
        .future()
        .onComplete(
            done -> {
              waiting.remove(promise);
              vertx.cancelTimer(timer);
            });
  }

  /** Tells waiting scanners to look again: there may be a job. */
  public void wake() {
    for (Promise<Void> promise : waiting) promise.tryComplete();
  }

  /** Ends every waiting call without a job: the server stops. */
  public void close() {
    closed = true;
    wake();
  }

  /** Keeps the lease; false when it is lost. */
  public Future<Boolean> heartbeat(UUID jobId) {
    return heartbeat(jobId, null);
  }

  /** Likewise, with how far the scan is. */
  public Future<Boolean> heartbeat(UUID jobId, @Nullable ScanProgress progress) {
    Instant now = clock.instant();
    return database
        .pool()
        .preparedQuery(JobQueries.HEARTBEAT)
        .execute(Tuple.of(jobId, SqlTime.of(now), SqlTime.of(now.plusSeconds(leaseSeconds))))
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.succeededFuture(false)
                    : alive(rows.iterator().next(), progress, now).map(true));
  }

  private Future<Void> alive(Row job, @Nullable ScanProgress progress, Instant now) {
    Future<?> seen =
        database
            .pool()
            .preparedQuery(JobQueries.SCANNER_ALIVE)
            .execute(Tuple.of(job.getString("leased_by"), SqlTime.of(now)));
    if (progress == null) return seen.mapEmpty();
    return seen.compose(
            done ->
                database
                    .pool()
                    .preparedQuery(JobQueries.PROGRESS)
                    .execute(
                        Tuple.of(
                            job.getUUID("scan_id"),
                            progress.found(),
                            progress.visited(),
                            progress.page())))
        .mapEmpty();
  }

  /** The job is done; false when the lease was lost. */
  public Future<Boolean> finish(UUID jobId) {
    return database
        .pool()
        .preparedQuery(JobQueries.DONE)
        .execute(Tuple.of(jobId, SqlTime.now(clock)))
        .map(rows -> rows.rowCount() == 1)
        .onSuccess(done -> wake());
  }

  /** The job failed: it is tried again after a pause, or parked; false when the lease was lost. */
  public Future<Boolean> fail(UUID jobId, String problem) {
    return sendBack(JobQueries.FAILED, jobId, problem).map(count -> count == 1);
  }

  /** Takes back the jobs whose scanners fell silent; answers how many. */
  Future<Integer> takeBackLapsed() {
    return sendBack(JobQueries.LAPSED)
        .onSuccess(
            count -> {
              if (count > 0) wake();
            });
  }

  /** Gives up what waits for sites that were archived. */
  Future<Void> parkArchived() {
    return database
        .pool()
        .preparedQuery(JobQueries.PARK_ARCHIVED)
        .execute(Tuple.of(SqlTime.now(clock)))
        .mapEmpty();
  }

  private Future<Integer> sendBack(String statement, Object... more) {
    Instant now = clock.instant();
    Tuple values = Tuple.of(SqlTime.of(now), SqlTime.of(now.plus(PAUSE_AFTER_FAILURE)), MOST_TRIES);
    for (Object value : more) values.addValue(value);
    return database.pool().preparedQuery(statement).execute(values).map(rows -> rows.rowCount());
  }

  /** Every scanner that ever asked for a job, with when it was last heard of. */
  public Future<List<ScannerSeen>> scanners() {
    return database
        .pool()
        .query(JobQueries.SCANNERS)
        .execute()
        .map(
            rows -> {
              List<ScannerSeen> scanners = new ArrayList<>();
              for (Row row : rows) {
                scanners.add(
                    new ScannerSeen(
                        row.getString("name"),
                        row.getString("version"),
                        row.getString("browser"),
                        SqlTime.instant(row, "last_seen_at")));
              }
              return scanners;
            });
  }

  private ScanJob job(Row row) {
    ScanJob.Kind kind = ScanJob.Kind.valueOf(row.getString("kind"));
    PageSet pages = SiteRow.pages(row);
    // Lighthouse takes half a minute a page: the first few pages stand for the site.
    boolean visits = kind == ScanJob.Kind.VISITS;
    PageSet measured =
        visits
            ? pages
            : new PageSet(
                pages.kind(),
                pages.urls(),
                Math.min(pages.limit(), LIGHTHOUSE_PAGES),
                pages.rules());
    return new ScanJob(
        row.getUUID("id"),
        row.getUUID("scan_id"),
        row.getString("name"),
        kind,
        measured,
        SiteRow.options(row.getJsonObject("options")),
        leaseSeconds,
        visits ? SiteRow.journeys(row.getJsonArray("journeys")) : List.of(),
        visits ? SiteRow.signIn(row.getJsonObject("sign_in")) : null);
  }
}
