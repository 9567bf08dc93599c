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

/** The schedules of sites: read by viewers, set by approvers. */
public final class Schedules {
  private final Database database;
  private final Sites sites;
  private final AuditLog audit;
  private final Clock clock;

  public Schedules(Database database, Sites sites, AuditLog audit, Clock clock) {
    this.database = database;
    this.sites = sites;
    this.audit = audit;
    this.clock = clock;
  }

  /** The site's schedules, that of page visits first. */
  public Future<List<Schedule>> list(Principal by, int siteId) {
    return sites
        .get(by, siteId)
        .compose(
            site ->
                database.pool().preparedQuery(ScheduleQueries.OF_SITE).execute(Tuple.of(siteId)))
        .map(
            rows -> {
              List<Schedule> schedules = new ArrayList<>();
              for (Row row : rows) schedules.add(ScheduleRow.schedule(row));
              return schedules;
            });
  }

  /** Sets the site's schedule of this kind; the next run counts from now. */
  public Future<Schedule> save(Principal by, int siteId, ScanJob.Kind kind, ScheduleDraft draft) {
    draft.check(clock);
    return sites
        .get(by, siteId, Role.APPROVER)
        .compose(
            site ->
                database.inTransaction(
                    connection ->
                        of(connection, siteId, kind)
                            .compose(
                                before ->
                                    insert(connection, siteId, kind, draft)
                                        .compose(
                                            saved ->
                                                audit
                                                    .write(connection, set(by, site, before, saved))
                                                    .map(saved)))));
  }

  /** Takes the site's schedule of this kind away. */
  public Future<Void> delete(Principal by, int siteId, ScanJob.Kind kind) {
    return sites
        .get(by, siteId, Role.APPROVER)
        .compose(
            site ->
                database.inTransaction(
                    connection ->
                        connection
                            .preparedQuery(ScheduleQueries.DELETE)
                            .execute(Tuple.of(siteId, kind.name()))
                            .compose(
                                rows ->
                                    rows.rowCount() == 1
                                        ? audit.write(
                                            connection,
                                            AuditEntry.of(
                                                    by,
                                                    site.clientId(),
                                                    "delete schedule",
                                                    site.name())
                                                .gone(said(schedule(rows))))
                                        : Future.failedFuture(
                                            Refusal.notFound("This site has no such schedule.")))));
  }

  private Future<Schedule> insert(
      SqlConnection connection, int siteId, ScanJob.Kind kind, ScheduleDraft draft) {
    @Nullable Instant next = draft.nextRun(clock.instant(), siteId);
    return connection
        .preparedQuery(ScheduleQueries.SAVE)
        .execute(
            Tuple.of(
                siteId,
                kind.name(),
                draft.cron(),
                draft.timeZone(),
                draft.jitterSeconds(),
                ScheduleRow.blackouts(draft.blackouts()),
                draft.enabled(),
                next == null ? null : SqlTime.of(next)))
        .map(rows -> ScheduleRow.schedule(rows.iterator().next()));
  }

  private static Future<@Nullable Schedule> of(
      SqlConnection connection, int siteId, ScanJob.Kind kind) {
    return connection
        .preparedQuery(ScheduleQueries.OF_SITE_AND_KIND)
        .execute(Tuple.of(siteId, kind.name()))
        .map(rows -> rows.rowCount() == 0 ? null : schedule(rows));
  }

  private static Schedule schedule(RowSet<Row> rows) {
    return ScheduleRow.schedule(rows.iterator().next());
  }

  private static AuditEntry set(
      Principal by, Site site, @Nullable Schedule before, Schedule saved) {
    AuditEntry entry = AuditEntry.of(by, site.clientId(), "set schedule", site.name());
    return before == null ? entry.made(said(saved)) : entry.changed(said(before), said(saved));
  }

  private static Map<String, Object> said(Schedule schedule) {
    return Map.of("kind", schedule.kind(), "schedule", schedule.draft());
  }
}
