package org.tagwarden.collector.findings;

/** The ledger's SQL. Each statement runs under the site's lock. */
final class FindingQueries {
  private FindingQueries() {}

  /**
   * $1 site, $2 state of a page, $3 check ids, $4 subjects: what fails now, or failed there before.
   */
  static final String KNOWN =
      """
      SELECT id, check_id, subject, severity, state, states, last_seen_at, resolved_at, tag_id IS NOT NULL AS of_tag
      FROM finding
      WHERE site_id = $1
        AND ((state = 'OPEN' AND $2 = ANY(states))
          OR (check_id, subject) IN (SELECT * FROM unnest($3::text[], $4::text[])))
      """;

  static final String OPEN =
      """
      INSERT INTO finding (site_id, check_id, subject, tag_id, severity, summary, evidence, remedy,
                           state, pages, states, first_visit, opened_at, last_seen_at)
      SELECT $1, u.check_id, u.subject, u.tag_id, u.severity, u.summary, u.evidence::jsonb, u.remedy,
             'OPEN', ARRAY[$2::int], ARRAY[$12::int], $3, $13, $4
      FROM unnest($5::text[], $6::text[], $7::int[], $8::text[], $9::text[], $10::text[], $11::text[])
        AS u (check_id, subject, tag_id, severity, summary, evidence, remedy)
      RETURNING id, check_id, subject
      """;

  /** A finding's text and severity follow the newest visit that shows it. */
  static final String SEEN =
      """
      UPDATE finding f SET
        severity = u.severity,
        tag_id = coalesce(u.tag_id, f.tag_id),
        summary = CASE WHEN u.newest THEN u.summary ELSE f.summary END,
        evidence = CASE WHEN u.newest THEN u.evidence::jsonb ELSE f.evidence END,
        remedy = CASE WHEN u.newest THEN u.remedy ELSE f.remedy END,
        pages = CASE WHEN f.state = 'RESOLVED' THEN ARRAY[$1::int]
                     WHEN $1 = ANY(f.pages) THEN f.pages ELSE f.pages || $1::int END,
        states = CASE WHEN f.state = 'RESOLVED' THEN ARRAY[$11::int]
                      WHEN $11 = ANY(f.states) THEN f.states ELSE f.states || $11::int END,
        first_visit = CASE WHEN f.state = 'RESOLVED' THEN $2 ELSE f.first_visit END,
        opened_at = CASE WHEN f.state = 'RESOLVED' THEN $12 ELSE f.opened_at END,
        last_seen_at = greatest(f.last_seen_at, $3),
        resolved_at = NULL,
        state = 'OPEN'
      FROM unnest($4::int[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bool[])
        AS u (id, tag_id, severity, summary, evidence, remedy, newest)
      WHERE f.id = u.id
      """;

  /**
   * $1 page, $2 time, $3 ids, $4 state of the page. The page stays while it fails there otherwise.
   */
  static final String GONE =
      """
      UPDATE finding f SET
        pages = CASE WHEN EXISTS (SELECT FROM page_state s WHERE s.page_id = $1 AND s.id <> $4 AND s.id = ANY (f.states))
                     THEN f.pages ELSE array_remove(f.pages, $1::int) END,
        states = array_remove(f.states, $4::int),
        state = CASE WHEN cardinality(array_remove(f.states, $4::int)) = 0 THEN 'RESOLVED' ELSE f.state END,
        resolved_at = CASE WHEN cardinality(array_remove(f.states, $4::int)) = 0 THEN $2::timestamptz END
      WHERE f.id = ANY($3)
      """;

  /**
   * $1 site, $2 states of pages that are watched no more, $3 time. Answers the findings that failed
   * in one of them, with their new state.
   */
  static final String RETIRE =
      """
      UPDATE finding f SET
        pages = ARRAY(SELECT DISTINCT s.page_id FROM page_state s WHERE s.id = ANY (f.states) AND s.id <> ALL ($2::int[])),
        states = ARRAY(SELECT s FROM unnest(f.states) s WHERE s <> ALL ($2::int[])),
        state = CASE WHEN f.states <@ $2::int[] THEN 'RESOLVED' ELSE 'OPEN' END,
        resolved_at = CASE WHEN f.states <@ $2::int[] THEN $3::timestamptz END
      WHERE f.site_id = $1 AND f.state = 'OPEN' AND f.states && $2::int[]
      RETURNING f.id, f.check_id, f.subject, f.state
      """;

  static final String CHANGE =
      """
      INSERT INTO finding_change (finding_id, change, at, visit_id, reason)
      SELECT u.finding_id, u.change, $1, $2, $5 FROM unnest($3::int[], $4::text[]) AS u (finding_id, change)
      RETURNING id, finding_id
      """;

  /** $1 site, $2 findings, $3 time. */
  static final String SETTLE =
      """
      UPDATE finding SET state = 'RESOLVED', pages = '{}', states = '{}', resolved_at = $3
      WHERE site_id = $1 AND id = ANY ($2::int[]) AND state = 'OPEN'
      RETURNING id, check_id, subject
      """;

  /** $1 site, $2 check id, $3 subjects, $4 time: somebody said that it is as it should be. */
  static final String ACCEPT =
      """
      UPDATE finding f SET state = 'RESOLVED', pages = '{}', states = '{}', resolved_at = $4
      WHERE f.site_id = $1 AND f.check_id = $2 AND f.subject = ANY($3) AND f.state = 'OPEN'
      RETURNING f.id, f.subject
      """;

  /** $1 site, $2 day. */
  static final String COUNT_OPEN =
      """
      UPDATE site_day d SET open_low = c.low, open_medium = c.medium, open_high = c.high, open_critical = c.critical
      FROM (SELECT count(*) FILTER (WHERE severity = 'LOW')      AS low,
                   count(*) FILTER (WHERE severity = 'MEDIUM')   AS medium,
                   count(*) FILTER (WHERE severity = 'HIGH')     AS high,
                   count(*) FILTER (WHERE severity = 'CRITICAL') AS critical
            FROM finding WHERE site_id = $1 AND state = 'OPEN') c
      WHERE d.site_id = $1 AND d.day = $2
      """;
}
