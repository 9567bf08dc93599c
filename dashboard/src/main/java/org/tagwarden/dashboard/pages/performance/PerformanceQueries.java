package org.tagwarden.dashboard.pages.performance;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import org.tagwarden.collector.db.Database;
import org.tagwarden.dashboard.web.Rows;

/** The SQL of a site's performance; bound to the site that was checked before. */
final class PerformanceQueries {
  private static final String VISITS =
      """
      SELECT (started_at AT TIME ZONE 'UTC')::date AS day,
             percentile_cont(0.5) WITHIN GROUP (ORDER BY nullif(load_ms, -1)) AS load,
             percentile_cont(0.5) WITHIN GROUP (ORDER BY nullif(fcp_ms, -1)) AS fcp,
             percentile_cont(0.5) WITHIN GROUP (ORDER BY nullif(lcp_ms, -1)) AS lcp
      FROM page_visit
      WHERE site_id = $1 AND started_at >= $2::date AND outcome IN ('COMPLETE', 'CUT_SHORT')
      GROUP BY 1 ORDER BY 1
      """;

  private static final String PARTIES =
      """
      SELECT day, greatest(visits, 1)::float8 AS visits, (requests - third_party_requests)::float8 AS own_requests,
             third_party_requests::float8 AS third_requests, (bytes - third_party_bytes)::float8 AS own_bytes,
             third_party_bytes::float8 AS third_bytes
      FROM site_day WHERE site_id = $1 AND day >= $2 ORDER BY day
      """;

  private static final String LAB =
      """
      SELECT (started_at AT TIME ZONE 'UTC')::date AS day, max(started_at) AS at,
             avg(nullif(score, -1))::float8 AS score, avg(nullif(lcp_ms, -1))::float8 AS lcp, avg(nullif(fcp_ms, -1))::float8 AS fcp,
             avg(nullif(tbt_ms, -1))::float8 AS tbt, avg(nullif(cls, -1))::float8 AS cls, avg(nullif(ttfb_ms, -1))::float8 AS ttfb,
             avg(nullif(bytes, -1))::float8 AS bytes, avg(nullif(third_party_ms, -1))::float8 AS third_party
      FROM lighthouse_run WHERE site_id = $1 AND started_at >= $2::date AND problem IS NULL
      GROUP BY 1 ORDER BY 1
      """;

  private static final String COSTS =
      """
      SELECT t.id, t.vendor, t.product, t.known, sum(d.firings)::float8 AS firings,
             sum(d.firings)::float8 / greatest((SELECT sum(visits) FROM site_day WHERE site_id = $1 AND day >= $2), 1) AS share,
             sum(d.requests)::float8 AS requests, sum(d.bytes)::float8 AS bytes, sum(d.load_ms)::float8 AS load_ms,
             sum(d.cpu_ms)::float8 AS cpu_ms, sum(d.blocking_ms)::float8 AS blocking_ms
      FROM tag_day d JOIN tag t ON t.id = d.tag_id
      WHERE d.site_id = $1 AND d.day >= $2 AND t.pages > 0
      GROUP BY t.id, t.vendor, t.product, t.known
      HAVING sum(d.firings) > 0
      ORDER BY sum(d.bytes)::float8 / sum(d.firings) DESC LIMIT 200
      """;

  /** Medians of a day's visits; NaN where nothing was measured. */
  record VisitDay(LocalDate day, double load, double fcp, double lcp) {}

  /** A day's sums by party. */
  record PartyDay(
      LocalDate day,
      double visits,
      double ownRequests,
      double thirdRequests,
      double ownBytes,
      double thirdBytes) {}

  /** Averages of a day's Lighthouse runs. */
  record LabDay(
      LocalDate day,
      java.time.Instant at,
      double score,
      double lcp,
      double fcp,
      double tbt,
      double cls,
      double ttfb,
      double bytes,
      double thirdParty) {}

  private final Database database;

  PerformanceQueries(Database database) {
    this.database = database;
  }

  Future<List<VisitDay>> visits(int siteId, LocalDate from) {
    return Rows.list(
        database,
        VISITS,
        row ->
            new VisitDay(
                row.getLocalDate("day"),
                Rows.number(row, "load"),
                Rows.number(row, "fcp"),
                Rows.number(row, "lcp")),
        siteId,
        from);
  }

  Future<List<PartyDay>> parties(int siteId, LocalDate from) {
    return Rows.list(
        database,
        PARTIES,
        row ->
            new PartyDay(
                row.getLocalDate("day"),
                row.getDouble("visits"),
                row.getDouble("own_requests"),
                row.getDouble("third_requests"),
                row.getDouble("own_bytes"),
                row.getDouble("third_bytes")),
        siteId,
        from);
  }

  Future<List<LabDay>> lab(int siteId, LocalDate from) {
    return Rows.list(
        database,
        LAB,
        row ->
            new LabDay(
                row.getLocalDate("day"),
                Rows.instant(row, "at"),
                Rows.number(row, "score"),
                Rows.number(row, "lcp"),
                Rows.number(row, "fcp"),
                Rows.number(row, "tbt"),
                Rows.number(row, "cls"),
                Rows.number(row, "ttfb"),
                Rows.number(row, "bytes"),
                Rows.number(row, "third_party")),
        siteId,
        from);
  }

  Future<List<PerformanceView.TagCost>> costs(int siteId, LocalDate from) {
    return Rows.list(
        database,
        COSTS,
        row -> {
          double firings = row.getDouble("firings");
          return new PerformanceView.TagCost(
              row.getInteger("id"),
              row.getString("vendor"),
              row.getString("product"),
              row.getBoolean("known"),
              Math.min(1, row.getDouble("share")),
              row.getDouble("requests") / firings,
              Math.round(row.getDouble("bytes") / firings),
              row.getDouble("load_ms") / firings,
              row.getDouble("cpu_ms") / firings,
              row.getDouble("blocking_ms") / firings);
        },
        siteId,
        from);
  }
}
