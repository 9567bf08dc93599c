package org.tagwarden.collector.schedule;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
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
                        insert(connection, siteId, kind, draft)
                            .compose(
                                saved -> note(connection, by, site, "set schedule").map(saved))));
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
                                        ? note(connection, by, site, "delete schedule")
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

  private Future<Void> note(SqlConnection connection, Principal by, Site site, String action) {
    return audit.write(connection, by.name(), site.clientId(), action, site.name());
  }
}
