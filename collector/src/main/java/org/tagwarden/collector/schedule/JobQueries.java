package org.tagwarden.collector.schedule;

/** The SQL of the job queue. Every time is a parameter. */
final class JobQueries {
  /**
   * Also a lock: two claims of one scanner come one after the other, so that the second sees what
   * the first has leased.
   */
  static final String SCANNER_SEEN =
      """
      INSERT INTO scanner (name, version, browser, last_seen_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (name) DO UPDATE SET
        version = excluded.version, browser = excluded.browser, last_seen_at = excluded.last_seen_at
      """;

  static final String SCANNER_ALIVE = "UPDATE scanner SET last_seen_at = $2 WHERE name = $1";

  static final String SCANNERS =
      "SELECT name, version, browser, last_seen_at FROM scanner ORDER BY name";

  /**
   * $1 scanner, $2 kinds, $3 now, $4 lease end. Lighthouse never runs beside another job of the
   * same scanner, and no two jobs of one site run at once. A scan's own pages and options stand
   * over its site's. Page visits go first for five minutes, and before all others those that look
   * again at a critical change: nobody is told of it before.
   */
  static final String CLAIM =
      """
      WITH next AS (
        SELECT j.id FROM scan_job j JOIN site i ON i.id = j.site_id JOIN scan c ON c.id = j.scan_id
        WHERE j.state = 'WAITING' AND j.not_before <= $3::timestamptz AND j.kind = ANY($2)
          AND i.archived_at IS NULL
          AND NOT EXISTS (
            SELECT FROM scan_job busy
            WHERE busy.state = 'LEASED'
              AND ((busy.leased_by = $1 AND (busy.kind = 'LIGHTHOUSE' OR j.kind = 'LIGHTHOUSE'))
                OR busy.site_id = j.site_id))
        ORDER BY c.cause <> 'CONFIRM', j.not_before
                 + CASE j.kind WHEN 'LIGHTHOUSE' THEN interval '5 minutes' ELSE interval '0' END,
                 j.id
        LIMIT 1
        FOR UPDATE OF j SKIP LOCKED
      ), leased AS (
        UPDATE scan_job j
        SET state = 'LEASED', tries = tries + 1, lease_until = $4::timestamptz, leased_by = $1
        FROM next WHERE j.id = next.id
        RETURNING j.id, j.scan_id, j.site_id, j.kind
      ), running AS (
        UPDATE scan SET state = 'RUNNING', started_at = coalesce(started_at, $3::timestamptz)
        FROM leased WHERE scan.id = leased.scan_id
      )
      SELECT l.id, l.scan_id, l.kind, i.id AS site_id, i.name,
             CASE WHEN s.pages IS NULL THEN i.page_kind ELSE 'LIST' END AS page_kind,
             coalesce(s.pages, i.page_urls) AS page_urls, i.page_limit,
             CASE WHEN s.pages IS NULL THEN i.page_rules ELSE '{}' END AS page_rules,
             i.options || coalesce(s.options, '{}') AS options, i.settle_auto,
             CASE WHEN s.pages IS NULL THEN i.journeys ELSE '[]' END AS journeys, i.sign_in
      FROM leased l JOIN site i ON i.id = l.site_id JOIN scan s ON s.id = l.scan_id
      """;

  static final String SETTLE = "UPDATE scan SET settle_ms = $2 WHERE id = $1";

  static final String HEARTBEAT =
      """
      UPDATE scan_job SET lease_until = $3
      WHERE id = $1 AND state = 'LEASED' AND lease_until > $2
      RETURNING leased_by, scan_id
      """;

  static final String PROGRESS =
      "UPDATE scan SET pages_found = $2, pages_visited = $3, current_page = $4 WHERE id = $1";

  static final String DONE =
      """
      WITH done AS (
        UPDATE scan_job SET state = 'DONE', lease_until = NULL
        WHERE id = $1 AND state = 'LEASED'
        RETURNING scan_id
      )
      UPDATE scan SET state = 'DONE', finished_at = $2, problem = NULL
      FROM done WHERE scan.id = done.scan_id
      """;

  /**
   * A job that goes back gets a new id: whoever still holds the old one has lost it. $1 now, $2
   * when it may be tried again, $3 most tries.
   */
  private static final String SEND_BACK =
      """
      WITH back AS (
        UPDATE scan_job SET
          id = gen_random_uuid(), lease_until = NULL, leased_by = NULL,
          state = CASE WHEN tries >= $3 THEN 'PARKED' ELSE 'WAITING' END,
          not_before = $2::timestamptz,
          last_problem = %s
        WHERE state = 'LEASED' AND %s
        RETURNING scan_id, state, tries, last_problem
      )
      UPDATE scan SET
        state = back.state,
        finished_at = CASE back.state WHEN 'PARKED' THEN $1::timestamptz END,
        problem = CASE back.state
          WHEN 'PARKED' THEN 'Given up after ' || back.tries || ' tries. ' || back.last_problem
          ELSE 'Is tried again: ' || back.last_problem END
      FROM back WHERE scan.id = back.scan_id
      """;

  /** $4 job, $5 problem. */
  static final String FAILED = SEND_BACK.formatted("$5", "id = $4");

  static final String LAPSED =
      SEND_BACK.formatted(
          "'The scanner \"' || leased_by || '\" fell silent while it worked on this.'",
          "lease_until <= $1::timestamptz");

  /** Jobs of sites that were archived meanwhile would wait for ever. */
  static final String PARK_ARCHIVED =
      """
      WITH parked AS (
        UPDATE scan_job SET state = 'PARKED', last_problem = 'The site was archived.'
        FROM site WHERE site.id = scan_job.site_id AND site.archived_at IS NOT NULL
          AND scan_job.state = 'WAITING'
        RETURNING scan_id
      )
      UPDATE scan SET state = 'PARKED', finished_at = $1, problem = 'The site was archived.'
      FROM parked WHERE scan.id = parked.scan_id
      """;

  /** Taken while the scanner's call had already gone: as if it never was. */
  static final String RELEASE =
      """
      WITH released AS (
        UPDATE scan_job
        SET id = gen_random_uuid(), state = 'WAITING', tries = tries - 1, lease_until = NULL,
            leased_by = NULL
        WHERE id = $1 AND state = 'LEASED'
        RETURNING scan_id, tries
      )
      UPDATE scan SET state = 'WAITING', started_at = CASE WHEN tries > 0 THEN started_at END
      FROM released WHERE scan.id = released.scan_id
      """;

  private JobQueries() {}
}
