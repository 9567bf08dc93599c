package org.tagwarden.collector.schedule;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.report.ScanJob;

/** Scans: asked for now, or put into the queue by the schedule; listed with their state. */
public final class Scans {
  private final Database database;
  private final Sites sites;
  private final JobQueue jobs;
  private final AuditLog audit;
  private final Clock clock;

  public Scans(Database database, Sites sites, JobQueue jobs, AuditLog audit, Clock clock) {
    this.database = database;
    this.sites = sites;
    this.jobs = jobs;
    this.audit = audit;
    this.clock = clock;
  }

  /** "Scan now", for requesters. While one is still waiting, that one is answered. */
  public Future<Scan> now(Principal by, int siteId, ScanJob.Kind kind) {
    return sites
        .get(by, siteId, Role.REQUESTER)
        .compose(
            site -> {
              if (site.archivedAt() != null) {
                return Future.failedFuture(
                    Refusal.of(
                        Refusal.Kind.CONFLICT, "This site is archived: bring it back first."));
              }
              return database.inTransaction(connection -> now(connection, by, site, kind));
            })
        .onSuccess(id -> jobs.wake())
        .compose(id -> get(by, id));
  }

  private Future<UUID> now(SqlConnection connection, Principal by, Site site, ScanJob.Kind kind) {
    return waiting(connection, site.id(), kind)
        .compose(
            waiting -> {
              if (waiting.isPresent()) return Future.succeededFuture(waiting.get());
              Instant due = clock.instant();
              return enqueue(connection, site.id(), kind, Scan.Cause.NOW, by.personId(), due)
                  .compose(
                      id ->
                          audit
                              .write(
                                  connection,
                                  AuditEntry.of(by, site.clientId(), "scan now", site.name())
                                      .made(Map.of("scan", id, "kind", kind)))
                              .map(id));
            });
  }

  /** For the schedule: a waiting scan with its job, in the caller's transaction. */
  Future<UUID> enqueue(
      SqlConnection connection,
      int siteId,
      ScanJob.Kind kind,
      Scan.Cause cause,
      @Nullable Integer requestedBy,
      Instant dueAt) {
    UUID id = UUID.randomUUID();
    return connection
        .preparedQuery(ScanQueries.ENQUEUE)
        .execute(
            Tuple.of(
                id,
                siteId,
                kind.name(),
                cause.name(),
                requestedBy,
                SqlTime.of(dueAt),
                SqlTime.now(clock),
                UUID.randomUUID()))
        .map(id);
  }

  /** For the schedule: a scan that could not be queued, and why. */
  Future<Void> leftOut(
      SqlConnection connection,
      int siteId,
      ScanJob.Kind kind,
      Scan.Cause cause,
      Instant dueAt,
      String why) {
    return connection
        .preparedQuery(ScanQueries.LEFT_OUT)
        .execute(
            Tuple.of(
                UUID.randomUUID(),
                siteId,
                kind.name(),
                cause.name(),
                SqlTime.of(dueAt),
                SqlTime.now(clock),
                why))
        .mapEmpty();
  }

  /** The scan of this site and kind that no scanner has taken yet. */
  Future<Optional<UUID>> waiting(SqlConnection connection, int siteId, ScanJob.Kind kind) {
    return connection
        .preparedQuery(ScanQueries.STILL_WAITING)
        .execute(Tuple.of(siteId, kind.name()))
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getUUID("id")));
  }

  /** The newest scans, of one site or (null) of all that the principal may read. */
  public Future<List<Scan>> list(Principal by, @Nullable Integer siteId, int limit) {
    Future<?> allowed = siteId == null ? Future.succeededFuture() : sites.get(by, siteId);
    return allowed
        .compose(
            ok ->
                database
                    .pool()
                    .preparedQuery(ScanQueries.OF_SITE)
                    .execute(Tuple.of(by.readable().parameter(), siteId, limit)))
        .map(Scans::scans);
  }

  /** One scan; not found when the principal may not read its site. */
  public Future<Scan> get(Principal by, UUID id) {
    return database
        .pool()
        .preparedQuery(ScanQueries.BY_ID)
        .execute(Tuple.of(by.readable().parameter(), id))
        .map(
            rows -> {
              if (rows.rowCount() == 0) throw Refusal.notFound("There is no scan " + id + ".");
              return scans(rows).get(0);
            });
  }

  private static List<Scan> scans(RowSet<Row> rows) {
    List<Scan> scans = new ArrayList<>();
    for (Row row : rows) {
      scans.add(
          new Scan(
              row.getUUID("id"),
              row.getInteger("site_id"),
              row.getString("site_name"),
              ScanJob.Kind.valueOf(row.getString("kind")),
              Scan.Cause.valueOf(row.getString("cause")),
              row.getString("requested_by"),
              SqlTime.instant(row, "due_at"),
              SqlTime.instant(row, "created_at"),
              SqlTime.instantOrNull(row, "started_at"),
              SqlTime.instantOrNull(row, "finished_at"),
              Scan.State.valueOf(row.getString("state")),
              row.getInteger("visits"),
              row.getInteger("failed_visits"),
              row.getString("problem"),
              progress(row)));
    }
    return scans;
  }

  private static @Nullable ScanProgress progress(Row row) {
    if (!row.getString("state").equals("RUNNING") || row.getInteger("pages_found") == null) {
      return null;
    }
    return new ScanProgress(
        row.getInteger("pages_found"),
        row.getInteger("pages_visited"),
        row.getString("current_page"));
  }
}
