package org.tagwarden.collector.performance;

/** The SQL that stores Lighthouse runs; pages read them by queries of their own. */
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
}
