package org.tagwarden.collector.schedule;

/** The SQL of scans. */
final class ScanQueries {
  /** The scan and its job at once. */
  static final String ENQUEUE =
      """
      WITH new_scan AS (
        INSERT INTO scan (id, site_id, kind, cause, requested_by, due_at, created_at, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'WAITING')
        RETURNING id, site_id, kind, created_at
      )
      INSERT INTO scan_job (id, scan_id, site_id, kind, state, not_before, created_at)
      SELECT $8, id, site_id, kind, 'WAITING', created_at, created_at FROM new_scan
      """;

  /** A scan that was due and could not be queued: visible, instead of silently left out. */
  static final String LEFT_OUT =
      """
      INSERT INTO scan (id, site_id, kind, cause, due_at, created_at, finished_at, state, problem)
      VALUES ($1, $2, $3, $4, $5, $6, $6, 'PARKED', $7)
      """;

  static final String STILL_WAITING =
      """
      SELECT id FROM scan WHERE site_id = $1 AND kind = $2 AND state = 'WAITING' AND cause <> 'CONFIRM' LIMIT 1
      """;

  private static final String SELECT =
      """
      SELECT s.id, s.site_id, i.name AS site_name, s.kind, s.cause, p.name AS requested_by,
             s.due_at, s.created_at, s.started_at, s.finished_at, s.state, s.visits,
             s.failed_visits, s.problem, s.pages_found, s.pages_visited, s.current_page
      FROM scan s JOIN site i ON i.id = s.site_id LEFT JOIN person p ON p.id = s.requested_by
      WHERE ($1::int[] IS NULL OR i.client_id = ANY($1))
      """;

  static final String OF_SITE =
      SELECT
          + """
            AND ($2::int IS NULL OR s.site_id = $2)
          ORDER BY s.created_at DESC, s.id
          LIMIT $3
          """;

  static final String BY_ID = SELECT + "  AND s.id = $2";

  private ScanQueries() {}
}
