package org.tagwarden.collector.changes;

/** The SQL of confirmations. */
final class ConfirmationQueries {
  private ConfirmationQueries() {}

  /** $1 site, $2 visit, $3 now, $4 until, $5 changes. */
  static final String HOLD =
      """
      INSERT INTO held_change (change_id, site_id, subject, visit_id, held_at, until)
      SELECT c.id, $1, f.subject, $2, $3, $4
      FROM finding_change c JOIN finding f ON f.id = c.finding_id WHERE c.id = ANY($5::bigint[])
      """;

  private static final String ENDED =
      """
      RETURNING change_id)
      SELECT c.id, c.finding_id, f.check_id, f.subject, c.change, f.site_id
      FROM ended e JOIN finding_change c ON c.id = e.change_id JOIN finding f ON f.id = c.finding_id
      ORDER BY c.id
      """;

  /** Another visit shows it, too. $1 site, $2 checks, $3 their subjects, $4 visit, $5 now. */
  static final String CONFIRM =
      """
      WITH ended AS (
        UPDATE held_change h SET result = 'CONFIRMED', ended_at = $5
        FROM finding_change c JOIN finding f ON f.id = c.finding_id
        WHERE h.site_id = $1 AND h.result IS NULL AND h.visit_id <> $4 AND c.id = h.change_id
          AND EXISTS (SELECT FROM unnest($2::text[], $3::text[]) AS u (check_id, subject)
                      WHERE u.check_id = f.check_id AND u.subject = f.subject)
      """
          + ENDED;

  /** Its scans that look again: those that began in time to look at it. */
  private static final String AGAIN =
      """
      SELECT FROM scan s WHERE s.site_id = h.site_id AND s.cause = 'CONFIRM' AND s.created_at >= h.held_at
      """;

  /** The time is up, or nobody looks again any more. */
  private static final String IS_DUE =
      "(h.until <= %s OR NOT EXISTS (" + AGAIN + "AND s.state IN ('WAITING', 'RUNNING')))";

  /** $1 now. One site at a time, so that its lock can be taken first. */
  static final String DUE =
      "SELECT DISTINCT h.site_id FROM held_change h WHERE h.result IS NULL AND "
          + IS_DUE.formatted("$1");

  /** Nobody confirmed it. $1 site, $2 now. */
  static final String TIMED_OUT =
      """
      WITH ended AS (
        UPDATE held_change h
        SET ended_at = $2, result = CASE WHEN EXISTS (
      """
          + AGAIN
          + """
              AND s.state = 'DONE' AND s.visits > s.failed_visits) THEN 'NOT_SEEN' ELSE 'TIMED_OUT' END
        WHERE h.site_id = $1 AND h.result IS NULL AND
      """
          + IS_DUE.formatted("$2")
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
