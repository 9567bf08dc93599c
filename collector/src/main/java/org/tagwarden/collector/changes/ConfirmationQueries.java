package org.tagwarden.collector.changes;

/** The SQL of confirmations. */
final class ConfirmationQueries {
  private ConfirmationQueries() {}

  /** $1 site, $2 visit, $3 now, $4 until, $5 changes, $6 their findings' subjects. */
  static final String HOLD =
      """
      INSERT INTO held_change (change_id, site_id, subject, visit_id, held_at, until)
      SELECT u.change_id, $1, u.subject, $2, $3, $4 FROM unnest($5::bigint[], $6::text[]) AS u (change_id, subject)
      """;

  private static final String ENDED =
      """
      RETURNING change_id)
      SELECT c.id, c.finding_id, f.check_id, f.subject, c.change, f.site_id
      FROM ended e JOIN finding_change c ON c.id = e.change_id JOIN finding f ON f.id = c.finding_id
      ORDER BY c.id
      """;

  /** Another visit shows it, too. $1 site, $2 subjects, $3 visit, $4 now. */
  static final String CONFIRM =
      """
      WITH ended AS (
        UPDATE held_change SET result = 'CONFIRMED', ended_at = $4
        WHERE site_id = $1 AND result IS NULL AND subject = ANY($2::text[]) AND visit_id <> $3
      """
          + ENDED;

  /** $1 now. One site at a time, so that its lock can be taken first. */
  static final String DUE =
      "SELECT DISTINCT site_id FROM held_change WHERE result IS NULL AND until <= $1";

  /** $1 site, $2 now. */
  static final String TIMED_OUT =
      """
      WITH ended AS (
        UPDATE held_change SET result = 'TIMED_OUT', ended_at = $2
        WHERE site_id = $1 AND result IS NULL AND until <= $2
      """
          + ENDED;

  /** $1 scan, $2 site, $3 now, $4 pages or null, $5 options that differ, $6 job. */
  static final String LOOK_AGAIN =
      """
      WITH new_scan AS (
        INSERT INTO scan (id, site_id, kind, cause, due_at, created_at, state, pages, options)
        VALUES ($1, $2, 'VISITS', 'CONFIRM', $3, $3, 'WAITING', $4::text[], $5)
        RETURNING id, site_id, created_at
      )
      INSERT INTO scan_job (id, scan_id, site_id, kind, state, not_before, created_at)
      SELECT $6, id, site_id, 'VISITS', 'WAITING', created_at, created_at FROM new_scan
      """;
}
