package org.tagwarden.collector.evidence;

/** What was watched: pages, runs, visits. $1 site, $2 since, $3 until, $4 now. */
final class RunQueries {
  private RunQueries() {}

  static final String PAGES =
      """
      SELECT p.url AS page, bool_or(v.payment) AS payment_page, count(*)::int AS visits,
             count(*) FILTER (WHERE v.outcome = 'COMPLETE')::int AS complete,
             count(*) FILTER (WHERE v.outcome = 'CUT_SHORT')::int AS cut_short,
             count(*) FILTER (WHERE v.outcome = 'FAILED')::int AS failed,
             count(*) FILTER (WHERE v.outcome = 'CHALLENGED')::int AS challenged,
             min(v.started_at) AS first_visit, max(v.started_at) AS last_visit,
             array_agg(DISTINCT v.consent) AS consent_states, array_agg(DISTINCT v.device) AS devices,
             array_agg(DISTINCT v.journey) FILTER (WHERE v.journey <> '') AS journeys
      FROM page_visit v JOIN page p ON p.id = v.page_id
      WHERE v.site_id = $1 AND v.started_at >= $2 AND v.started_at < $3
      GROUP BY p.id, p.url ORDER BY bool_or(v.payment) DESC, p.url
      """;

  /** Every scan, by the time at which it was due. Its job says who tried it, and how often. */
  static final String RUNS =
      """
      SELECT s.id AS run, s.kind, s.cause, s.due_at, s.created_at AS queued_at, s.started_at, s.finished_at, s.state,
             CASE WHEN s.state = 'PARKED' THEN 'DID NOT RUN'
                  WHEN s.state <> 'DONE' THEN 'NOT FINISHED'
                  WHEN s.kind = 'LIGHTHOUSE' THEN 'DONE'
                  WHEN s.visits <= s.failed_visits THEN 'NO PAGE SEEN'
                  WHEN s.failed_visits > 0 THEN 'DONE, SOME VISITS FAILED'
                  ELSE 'DONE' END AS result,
             s.visits, s.failed_visits, s.problem, p.name AS requested_by, j.tries, j.leased_by AS scanner,
             j.last_problem
      FROM scan s LEFT JOIN person p ON p.id = s.requested_by
      LEFT JOIN (SELECT DISTINCT ON (scan_id) scan_id, tries, leased_by, last_problem FROM scan_job
                 WHERE site_id = $1 ORDER BY scan_id, created_at DESC) j ON j.scan_id = s.id
      WHERE s.site_id = $1 AND s.due_at >= $2 AND s.due_at < $3
      ORDER BY s.due_at, s.created_at, s.id
      """;

  static final String VISITS =
      """
      SELECT v.id AS visit, v.scan_id AS run, p.url AS page, v.payment AS payment_page, v.started_at, v.duration_ms,
             v.outcome, v.consent AS consent_state, v.device, nullif(v.journey, '') AS journey, v.requests,
             v.third_party_requests, v.bytes, v.scanner, v.problems
      FROM page_visit v JOIN page p ON p.id = v.page_id
      WHERE v.site_id = $1 AND v.started_at >= $2 AND v.started_at < $3
      ORDER BY v.started_at, v.id
      """;

  static final String SCHEDULES =
      """
      SELECT kind, cron, time_zone, jitter_seconds, blackouts, enabled, next_run_at, last_run_at
      FROM scan_schedule WHERE site_id = $1 ORDER BY kind DESC
      """;

  /** A run that is due and was not begun, by the clock of the pack: nothing else tells of it. */
  static final String OVERDUE =
      """
      SELECT min(s.next_run_at) AS due_at FROM scan_schedule s JOIN site i ON i.id = s.site_id
      WHERE s.site_id = $1 AND s.kind = 'VISITS' AND s.enabled AND i.archived_at IS NULL
        AND s.next_run_at >= $2 AND s.next_run_at < $3 AND s.next_run_at < $4::timestamptz - interval '5 minutes'
      """;

  /** The oldest of what retention may take away; nothing else says what it took. */
  static final String KEPT =
      """
      SELECT (SELECT min(created_at) FROM scan WHERE site_id = $1) AS runs,
             (SELECT min(started_at) FROM page_visit WHERE site_id = $1) AS visits
      """;

  static final String AUDIT_HEAD =
      """
      SELECT seq, encode(hash, 'hex') AS hash FROM audit_entry WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1
      """;

  /** The client's entries, each with the hash of the one before it, whosever that is. */
  static final String AUDIT_TEXTS =
      """
      SELECT encode(coalesce(b.hash, decode(repeat('00', 32), 'hex')), 'hex') AS previous,
             audit_text(e) AS text, encode(e.hash, 'hex') AS hash
      FROM audit_entry e LEFT JOIN audit_entry b ON b.seq = e.seq - 1
      WHERE e.client_id = (SELECT client_id FROM site WHERE id = $1) AND e.at >= $2 AND e.at < $3
      ORDER BY e.seq
      """;

  static final String AUDIT =
      """
      SELECT e.seq AS entry, e.at, e.who, e.way, e.address, e.action, e.subject, e.before, e.after, e.detail,
             encode(e.hash, 'hex') AS hash
      FROM audit_entry e
      WHERE e.client_id = (SELECT client_id FROM site WHERE id = $1) AND e.at >= $2 AND e.at < $3
      ORDER BY e.seq
      """;
}
