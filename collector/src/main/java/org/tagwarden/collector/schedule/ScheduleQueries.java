package org.tagwarden.collector.schedule;

/** The SQL of schedules. */
final class ScheduleQueries {
  private static final String COLUMNS =
      """
      s.id, s.site_id, s.kind, s.cron, s.time_zone, s.jitter_seconds, s.blackouts, s.enabled,
      s.next_run_at, s.last_run_at
      """;

  static final String OF_SITE =
      "SELECT " + COLUMNS + " FROM scan_schedule s WHERE s.site_id = $1 ORDER BY s.kind DESC";

  static final String SAVE =
      """
      INSERT INTO scan_schedule AS s
        (site_id, kind, cron, time_zone, jitter_seconds, blackouts, enabled, next_run_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (site_id, kind) DO UPDATE SET
        cron = excluded.cron, time_zone = excluded.time_zone,
        jitter_seconds = excluded.jitter_seconds, blackouts = excluded.blackouts,
        enabled = excluded.enabled, next_run_at = excluded.next_run_at
      RETURNING
      """
          + COLUMNS;

  static final String OF_SITE_AND_KIND =
      "SELECT " + COLUMNS + " FROM scan_schedule s WHERE s.site_id = $1 AND s.kind = $2 FOR UPDATE";

  static final String DELETE =
      "DELETE FROM scan_schedule s WHERE s.site_id = $1 AND s.kind = $2 RETURNING " + COLUMNS;

  static final String DUE =
      "SELECT "
          + COLUMNS
          + """
          , i.lighthouse AND s.kind = 'VISITS' AND NOT EXISTS (
              SELECT FROM scan_schedule o WHERE o.site_id = s.site_id AND o.kind = 'LIGHTHOUSE'
            ) AS with_lighthouse
          FROM scan_schedule s JOIN site i ON i.id = s.site_id
          WHERE s.enabled AND s.next_run_at <= $1 AND i.archived_at IS NULL
          ORDER BY s.next_run_at
          LIMIT 100
          """;

  /** Changes exactly one row for exactly one of the servers that see it due. */
  static final String CLAIM =
      """
      UPDATE scan_schedule SET next_run_at = $3, last_run_at = $4
      WHERE id = $1 AND next_run_at = $2 AND enabled
      """;

  static final String POSTPONE =
      "UPDATE scan_schedule SET next_run_at = $3 WHERE id = $1 AND next_run_at = $2 AND enabled";

  private ScheduleQueries() {}
}
