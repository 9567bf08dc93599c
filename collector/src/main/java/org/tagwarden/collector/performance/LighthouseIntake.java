package org.tagwarden.collector.performance;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SiteLock;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.report.LighthouseReport;

/** Stores Lighthouse runs, each once however often it arrives. */
public final class LighthouseIntake {
  private final Database database;

  public LighthouseIntake(Database database) {
    this.database = database;
  }

  /** Answers whether the run was new. Refused (not found) when its scan is not known here. */
  public Future<Boolean> accept(LighthouseReport report) {
    return database.inTransaction(
        tx ->
            siteOf(tx, report.scanId())
                .compose(site -> SiteLock.take(tx, site).map(site))
                .compose(site -> store(tx, site, report)));
  }

  private static Future<Boolean> store(SqlConnection tx, int siteId, LighthouseReport report) {
    return tx.preparedQuery(PerformanceQueries.PAGE)
        .execute(tuple(siteId, report.page(), SqlTime.of(report.startedAt())))
        .map(rows -> rows.iterator().next().getInteger("id"))
        .compose(
            page -> tx.preparedQuery(PerformanceQueries.RUN).execute(row(siteId, page, report)))
        .compose(
            rows -> {
              if (rows.size() == 0) return Future.succeededFuture(false);
              return tx.preparedQuery(PerformanceQueries.COUNT_RUN)
                  .execute(tuple(report.scanId(), report.problem() == null ? 0 : 1))
                  .compose(done -> chargeTags(tx, siteId, report))
                  .map(true);
            });
  }

  private static Future<Void> chargeTags(SqlConnection tx, int siteId, LighthouseReport report) {
    List<LighthouseReport.Entity> entities = report.entities();
    if (entities.isEmpty() || report.problem() != null) return Future.succeededFuture();
    return tx.preparedQuery(PerformanceQueries.CHARGE_TAGS)
        .execute(
            tuple(
                siteId,
                SqlValues.day(report.startedAt()),
                entities.stream().map(LighthouseReport.Entity::name).toArray(String[]::new),
                entities.stream().map(e -> (float) e.mainThreadMs()).toArray(Float[]::new),
                entities.stream().map(e -> (float) e.blockingMs()).toArray(Float[]::new)))
        .mapEmpty();
  }

  private static Tuple row(int siteId, int page, LighthouseReport report) {
    JsonArray entities = new JsonArray();
    for (LighthouseReport.Entity entity : report.entities()) {
      entities.add(
          new JsonObject()
              .put("name", entity.name())
              .put("bytes", entity.bytes())
              .put("mainThreadMs", entity.mainThreadMs())
              .put("blockingMs", entity.blockingMs()));
    }
    return tuple(
        report.runId(),
        siteId,
        report.scanId(),
        page,
        SqlTime.of(report.startedAt()),
        report.lighthouseVersion() == null ? "" : report.lighthouseVersion(),
        measured(report.performanceScore()),
        measured(report.lcpMs()),
        measured(report.fcpMs()),
        measured(report.tbtMs()),
        measured(report.cls()),
        measured(report.ttfbMs()),
        measured(report.speedIndexMs()),
        report.totalBytes() < 0 ? null : report.totalBytes(),
        measured(report.thirdPartyMainThreadMs()),
        entities,
        report.problem() == null ? null : report.problem().message());
  }

  /** Lighthouse's -1 is no value. */
  private static @Nullable Float measured(double value) {
    return value < 0 ? null : (float) value;
  }

  private static Future<Integer> siteOf(SqlConnection tx, UUID scanId) {
    return tx.preparedQuery(PerformanceQueries.SITE_OF_SCAN)
        .execute(Tuple.of(scanId))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw Refusal.notFound(
                    "There is no scan " + scanId + " here: its Lighthouse run cannot be stored.");
              }
              return rows.iterator().next().getInteger("site_id");
            });
  }
}
