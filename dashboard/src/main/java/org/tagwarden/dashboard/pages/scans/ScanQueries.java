package org.tagwarden.dashboard.pages.scans;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.tagwarden.collector.db.Database;
import org.tagwarden.dashboard.evidence.SeenWords;
import org.tagwarden.dashboard.pages.scans.ScanView.Job;
import org.tagwarden.dashboard.pages.scans.ScanView.ProblemLine;
import org.tagwarden.dashboard.pages.scans.ScanView.RunLine;
import org.tagwarden.dashboard.pages.scans.ScanView.VisitLine;
import org.tagwarden.dashboard.web.Rows;

/** The SQL of a scan's page; bound to the site that was checked before. */
final class ScanQueries {
  private static final String JOB =
      """
      SELECT tries, leased_by, last_problem FROM scan_job
      WHERE site_id = $1 AND scan_id = $2 ORDER BY created_at DESC LIMIT 1
      """;

  private static final String VISITS =
      """
      SELECT v.id, p.url, v.started_at, v.outcome, v.consent, v.journey, v.journey_page, v.choice_made, v.requests, v.third_party_requests, v.bytes,
             nullif(v.load_ms, -1)::float8 AS load_ms, nullif(v.lcp_ms, -1)::float8 AS lcp_ms, v.scanner, v.problems
      FROM page_visit v JOIN page p ON p.id = v.page_id
      WHERE v.site_id = $1 AND v.scan_id = $2 ORDER BY v.started_at, p.url LIMIT 2000
      """;

  private static final String RUNS =
      """
      SELECT p.url, r.started_at, r.score::float8 AS score, r.lcp_ms::float8 AS lcp_ms, r.tbt_ms::float8 AS tbt_ms, r.cls::float8 AS cls, r.problem
      FROM lighthouse_run r JOIN page p ON p.id = r.page_id
      WHERE r.site_id = $1 AND r.scan_id = $2 ORDER BY r.started_at
      """;

  private static final String SCANNER_THERE =
      "SELECT EXISTS (SELECT FROM scanner WHERE last_seen_at > $1) AS there";

  private final Database database;

  ScanQueries(Database database) {
    this.database = database;
  }

  /** Whether any scanner asked for work since then. */
  Future<Boolean> scannerThere(OffsetDateTime since) {
    return Rows.first(database, SCANNER_THERE, row -> row.getBoolean("there"), since)
        .map(Boolean.TRUE::equals);
  }

  Future<Job> job(int siteId, UUID scanId) {
    return Rows.first(
            database,
            JOB,
            row ->
                new Job(
                    row.getInteger("tries"),
                    row.getString("leased_by"),
                    row.getString("last_problem")),
            siteId,
            scanId)
        .map(job -> job == null ? new Job(0, null, null) : job);
  }

  Future<List<VisitLine>> visits(int siteId, UUID scanId) {
    return Rows.list(database, VISITS, ScanQueries::visit, siteId, scanId);
  }

  Future<List<RunLine>> runs(int siteId, UUID scanId) {
    return Rows.list(
        database,
        RUNS,
        row ->
            new RunLine(
                row.getString("url"),
                Rows.instant(row, "started_at"),
                row.getDouble("score"),
                row.getDouble("lcp_ms"),
                row.getDouble("tbt_ms"),
                row.getDouble("cls"),
                row.getString("problem")),
        siteId,
        scanId);
  }

  private static VisitLine visit(Row row) {
    return new VisitLine(
        row.getUUID("id"),
        row.getString("url"),
        Rows.instant(row, "started_at"),
        row.getString("outcome"),
        SeenWords.of(
            row.getString("consent"), row.getString("journey"), row.getShort("journey_page")),
        row.getInteger("requests"),
        row.getInteger("third_party_requests"),
        row.getLong("bytes"),
        row.getDouble("load_ms"),
        row.getDouble("lcp_ms"),
        row.getString("scanner"),
        problems(row.getJsonArray("problems")));
  }

  private static List<ProblemLine> problems(JsonArray array) {
    List<ProblemLine> problems = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      JsonObject problem = array.getJsonObject(i);
      problems.add(
          new ProblemLine(
              problem.getString("observer", ""),
              problem.getString("phase", ""),
              problem.getString("code", ""),
              problem.getString("message", "")));
    }
    return problems;
  }
}
