package org.tagwarden.collector.performance;

/** The SQL of performance over time. Medians, because one slow load says little. */
final class PerformanceQueries {
  private PerformanceQueries() {}

  static final String SITE_OF_SCAN = "SELECT site_id FROM scan WHERE id = $1";

  static final String PAGE =
      """
      INSERT INTO page (site_id, url, first_seen, last_seen) VALUES ($1, $2, $3, $3)
      ON CONFLICT (site_id, url) DO UPDATE SET last_seen = greatest(page.last_seen, excluded.last_seen)
      RETURNING id
      """;

  static final String RUN =
      """
      INSERT INTO lighthouse_run (id, site_id, scan_id, page_id, started_at, version, score, lcp_ms, fcp_ms,
        tbt_ms, cls, ttfb_ms, speed_index_ms, bytes, third_party_ms, entities, problem)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
      ON CONFLICT (id) DO NOTHING RETURNING id
      """;

  static final String COUNT_RUN =
      "UPDATE scan SET visits = visits + 1, failed_visits = failed_visits + $2 WHERE id = $1";

  /**
   * The cost that Lighthouse measured for a company goes to that company's tag, if it has exactly
   * one on this site: more would be charged for each other. $1 site, $2 day, $3 names, $4 cpu, $5
   * blocking.
   */
  static final String CHARGE_TAGS =
      """
      INSERT INTO tag_day (site_id, day, tag_id, firings, pages, requests, bytes, load_ms, cpu_ms, blocking_ms)
      SELECT $1, $2, t.id, 0, 0, 0, 0, 0, u.cpu, u.blocking
      FROM unnest($3::text[], $4::real[], $5::real[]) AS u (name, cpu, blocking)
      JOIN LATERAL (
        SELECT min(id) AS id FROM tag
        WHERE site_id = $1 AND (lower(vendor) = lower(u.name) OR lower(product) = lower(u.name))
        HAVING count(*) = 1) t ON true
      ON CONFLICT (site_id, day, tag_id) DO UPDATE SET
        cpu_ms = greatest(tag_day.cpu_ms, excluded.cpu_ms),
        blocking_ms = greatest(tag_day.blocking_ms, excluded.blocking_ms)
      """;

  /** $1 site, $2 first day, $3 last day. */
  static final String VISIT_DAYS =
      """
      SELECT (started_at AT TIME ZONE 'UTC')::date AS day, count(*) AS visits,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY ttfb_ms)     AS ttfb_ms,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY dom_ms)      AS dom_ms,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY load_ms)     AS load_ms,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY fcp_ms)      AS fcp_ms,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY lcp_ms)      AS lcp_ms,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY cls)         AS cls,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY blocking_ms) AS blocking_ms
      FROM page_visit
      WHERE site_id = $1 AND started_at >= $2::date::timestamp AT TIME ZONE 'UTC'
        AND started_at < ($3::date + 1)::timestamp AT TIME ZONE 'UTC' AND outcome IN ('COMPLETE', 'CUT_SHORT')
      GROUP BY 1 ORDER BY 1
      """;

  /** Per visit, so that days with more scans do not look heavier. */
  static final String PARTY_DAYS =
      """
      SELECT day, visits,
        (requests - third_party_requests)::float8 / greatest(visits, 1) AS own_requests,
        third_party_requests::float8 / greatest(visits, 1)              AS third_party_requests,
        (bytes - third_party_bytes)::float8 / greatest(visits, 1)       AS own_bytes,
        third_party_bytes::float8 / greatest(visits, 1)                 AS third_party_bytes
      FROM site_day
      WHERE site_id = $1 AND day BETWEEN $2 AND $3
      ORDER BY day
      """;

  static final String TAG_COSTS =
      """
      SELECT t.id, t.vendor, t.product, t.category,
        sum(d.requests)::float8 / greatest(sum(d.firings), 1) AS requests,
        sum(d.bytes)::float8 / greatest(sum(d.firings), 1)    AS bytes,
        sum(d.load_ms)::float8 / greatest(sum(d.firings), 1)  AS load_ms,
        max(d.cpu_ms)::float8 AS cpu_ms, max(d.blocking_ms)::float8 AS blocking_ms
      FROM tag_day d JOIN tag t ON t.id = d.tag_id
      WHERE d.site_id = $1 AND d.day BETWEEN $2 AND $3
      GROUP BY t.id
      ORDER BY sum(d.bytes) DESC
      LIMIT $4
      """;

  static final String LIGHTHOUSE_DAYS =
      """
      SELECT (started_at AT TIME ZONE 'UTC')::date AS day, count(*) AS runs,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY score)          AS score,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY lcp_ms)         AS lcp_ms,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY tbt_ms)         AS tbt_ms,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY cls)            AS cls,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY ttfb_ms)        AS ttfb_ms,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY bytes)          AS bytes,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY third_party_ms) AS third_party_ms
      FROM lighthouse_run
      WHERE site_id = $1 AND started_at >= $2::date::timestamp AT TIME ZONE 'UTC'
        AND started_at < ($3::date + 1)::timestamp AT TIME ZONE 'UTC' AND problem IS NULL
      GROUP BY 1 ORDER BY 1
      """;
}
