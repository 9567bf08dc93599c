package org.tagwarden.collector.db;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.ServerConfig.Retention;
import org.tagwarden.collector.db.Partitions.Table;

/**
 * Drops what is past its retention time, and makes the partitions of the months to come. Decisions,
 * findings and the audit trail are kept. Any number of servers may run it.
 */
public final class RetentionLoop {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionLoop.class);
  private static final Duration PERIOD = Duration.ofHours(6);

  /** Rows that go with the visits; $1 is the day before which they go. */
  private static final List<String> WITH_VISITS =
      List.of(
          "DELETE FROM visit_seen WHERE stored_at < $1",
          "DELETE FROM scan WHERE created_at < $1 AND state IN ('DONE', 'PARKED')");

  private static final List<String> WITH_REPORTS =
      List.of(
          "DELETE FROM visit_screenshot WHERE started_at < $1",
          "DELETE FROM screenshot WHERE shown_last < $1");

  private static final List<String> WITH_CURVES =
      List.of(
          "DELETE FROM lighthouse_run WHERE started_at < $1",
          "DELETE FROM site_day WHERE day < $1::timestamptz::date",
          "DELETE FROM site_change WHERE at < $1",
          "DELETE FROM watched WHERE last_seen < $1",
          """
          DELETE FROM showing s WHERE $1::timestamptz IS NOT NULL AND s.what = 'WATCHED'
            AND NOT EXISTS (SELECT FROM watched w WHERE w.id = s.subject_id)
          """);

  private static final List<String> EXPIRED =
      List.of(
          "DELETE FROM web_session WHERE expires_at < $1",
          "DELETE FROM one_time_link WHERE expires_at < $1");

  private final Vertx vertx;
  private final Database database;
  private final Partitions partitions;
  private final Retention retention;
  private final Clock clock;
  private long timer = -1;

  public RetentionLoop(
      Vertx vertx, Database database, Partitions partitions, Retention retention, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.partitions = partitions;
    this.retention = retention;
    this.clock = clock;
  }

  /** Tidies up now and every few hours. */
  public void start() {
    timer = vertx.setPeriodic(0, PERIOD.toMillis(), id -> tidyAndReport());
  }

  /** Tidies up no more. */
  public void stop() {
    vertx.cancelTimer(timer);
  }

  private void tidyAndReport() {
    tidy().onFailure(e -> LOG.error("What is past could not be dropped; tried again later", e));
  }

  /** One round. */
  Future<Void> tidy() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate visits = today.minusDays(retention.visitDays());
    LocalDate reports = today.minusDays(retention.reportDays());
    LocalDate curves = today.minusDays(retention.curveDays());
    return partitions
        .makeAhead()
        .compose(done -> partitions.dropBefore(Table.PAGE_VISIT, visits))
        .compose(done -> partitions.dropBefore(Table.VISIT_REPORT, reports))
        .compose(done -> partitions.dropBefore(Table.TAG_DAY, curves))
        .compose(done -> delete(WITH_VISITS, midnight(visits)))
        .compose(done -> delete(WITH_REPORTS, midnight(reports)))
        .compose(done -> delete(WITH_CURVES, midnight(curves)))
        .compose(done -> delete(EXPIRED, SqlTime.now(clock)));
  }

  private Future<Void> delete(List<String> statements, OffsetDateTime before) {
    Future<Void> deleted = Future.succeededFuture();
    for (String statement : statements) {
      deleted =
          deleted.compose(
              done ->
                  database.pool().preparedQuery(statement).execute(Tuple.of(before)).mapEmpty());
    }
    return deleted;
  }

  private static OffsetDateTime midnight(LocalDate day) {
    return day.atStartOfDay().atOffset(ZoneOffset.UTC);
  }
}
