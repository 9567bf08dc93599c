package org.tagwarden.collector.evidence;

/** What changed and who was told. $1 site, $2 since, $3 until. */
final class ChangeSheetQueries {
  private ChangeSheetQueries() {}

  /**
   * What was decided about a change: accepted as such, or its tag judged after it; else how its
   * finding stands.
   */
  static final String CHANGES =
      """
      SELECT c.id AS change, c.at, p.url AS page, c.kind, c.subject, c.tag_key, c.what, c.before, c.after, c.note,
             c.visit_id AS visit, f.id AS finding, f.check_id AS check, f.severity, f.summary,
             CASE WHEN f.id IS NULL THEN 'NOTED'
                  WHEN a.at IS NOT NULL THEN 'ACCEPTED'
                  WHEN d.at IS NOT NULL THEN d.verdict
                  WHEN f.state = 'RESOLVED' THEN 'NO LONGER SEEN'
                  WHEN m.at IS NOT NULL THEN 'MUTED'
                  WHEN k.at IS NOT NULL THEN 'ACKNOWLEDGED'
                  ELSE 'OPEN' END AS decision,
             coalesce(a.by_name, d.by_name, m.by_name, k.by_name) AS decided_by,
             coalesce(a.at, d.at, CASE WHEN f.state = 'RESOLVED' THEN f.resolved_at END, m.at, k.at) AS decided_at,
             coalesce(a.why, d.justification, m.reason) AS decided_because,
             o.told, o.first_told
      FROM site_change c
      LEFT JOIN page p ON p.id = c.page_id
      LEFT JOIN finding f ON f.site_id = c.site_id AND f.check_id = c.check_id AND f.subject = c.finding_subject
      LEFT JOIN LATERAL (SELECT accepted_by_name AS by_name, accepted_at AS at, justification AS why FROM accepted_change
                         WHERE finding_id = f.id AND accepted_at >= c.at ORDER BY id LIMIT 1) a ON true
      LEFT JOIN LATERAL (SELECT h.by_name, h.at, h.verdict, h.justification
                         FROM tag_authorization t JOIN authorization_change h ON h.authorization_id = t.id
                         WHERE t.client_id = (SELECT client_id FROM site WHERE id = $1)
                           AND (t.site_id IS NULL OR t.site_id = $1) AND h.action <> 'WITHDRAWN' AND h.at >= c.at
                           AND ((t.subject_kind = 'PRODUCT' AND t.subject = c.tag_key)
                             OR (t.subject_kind = 'HOST' AND 'host:' || t.subject = c.tag_key))
                         ORDER BY h.id LIMIT 1) d ON c.tag_key IS NOT NULL
      LEFT JOIN finding_mute m ON m.finding_id = f.id AND m.at >= c.at
      LEFT JOIN finding_acknowledgement k ON k.finding_id = f.id AND k.at >= c.at
      LEFT JOIN LATERAL (SELECT count(DISTINCT l.id)::int AS told, min(l.sent_at) AS first_told
                         FROM finding_change g JOIN alert_item i ON i.change_id = g.id JOIN alert l ON l.id = i.alert_id
                         WHERE g.finding_id = f.id AND g.at >= c.at - interval '1 minute' AND l.state = 'SENT') o ON true
      WHERE c.site_id = $1 AND c.at >= $2 AND c.at < $3
      ORDER BY c.at, c.id
      """;

  static final String FINDINGS =
      """
      SELECT f.id AS finding, f.check_id AS check, f.severity, f.subject, f.summary, f.evidence, f.remedy, t.key AS tag_key,
             f.opened_at, f.last_seen_at, f.state, f.resolved_at, k.by_name AS acknowledged_by, k.at AS acknowledged_at,
             m.by_name AS muted_by, m.at AS muted_at, m.until AS muted_until, m.reason AS muted_because,
             a.accepted_by_name AS accepted_by, a.accepted_at, a.justification AS accepted_because
      FROM finding f
      LEFT JOIN tag t ON t.id = f.tag_id
      LEFT JOIN finding_acknowledgement k ON k.finding_id = f.id
      LEFT JOIN finding_mute m ON m.finding_id = f.id
      LEFT JOIN LATERAL (SELECT * FROM accepted_change WHERE finding_id = f.id ORDER BY id DESC LIMIT 1) a ON true
      WHERE f.site_id = $1
        AND ((f.opened_at < $3 AND (f.state = 'OPEN' OR f.resolved_at >= $2))
          OR EXISTS (SELECT FROM finding_change c WHERE c.finding_id = f.id AND c.at >= $2 AND c.at < $3))
      ORDER BY array_position(ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], f.severity), f.opened_at, f.id
      """;

  static final String FINDING_HISTORY =
      """
      SELECT c.id AS change, c.at, c.change AS what, f.id AS finding, f.check_id AS check, f.severity, f.subject,
             c.visit_id AS visit, h.held_at, h.result AS confirmation, h.ended_at AS confirmed_at
      FROM finding_change c JOIN finding f ON f.id = c.finding_id LEFT JOIN held_change h ON h.change_id = c.id
      WHERE f.site_id = $1 AND c.at >= $2 AND c.at < $3
      ORDER BY c.at, c.id
      """;

  /** As they are when the pack is made: what changed in the period is among the changes. */
  static final String HEADERS =
      """
      SELECT p.url AS page, coalesce(y.payment, false) AS payment_page, w.subject AS header,
             w.known AS baseline, coalesce(o.value, w.known) AS current,
             CASE WHEN o.value IS NULL AND w.known = '' THEN 'NOT SENT'
                  WHEN o.value IS NULL THEN 'SAME'
                  WHEN o.value = '' THEN 'GONE'
                  WHEN w.known = '' THEN 'NEW' ELSE 'CHANGED' END AS result,
             CASE WHEN o.finding IS NULL THEN 'AS BASELINE' ELSE 'OPEN' END AS status, o.finding, w.first_seen, w.last_seen
      FROM (SELECT DISTINCT ON (page_id, subject) page_id, subject, value AS known, first_seen, last_seen
            FROM watched WHERE site_id = $1 AND kind = 'HEADER' AND state = 'BASELINE'
            ORDER BY page_id, subject, last_seen DESC, id DESC) w
      JOIN page p ON p.id = w.page_id
      LEFT JOIN (SELECT page_id, bool_or(payment) AS payment FROM page_state WHERE site_id = $1 GROUP BY page_id) y
        ON y.page_id = w.page_id
      LEFT JOIN LATERAL (
        SELECT x.value, f.id AS finding FROM watched x JOIN finding f ON f.site_id = $1
          AND f.check_id = x.told ->> 'rule' AND f.subject = x.told ->> 'subject' AND f.state = 'OPEN'
        WHERE x.site_id = $1 AND x.kind = 'HEADER' AND x.subject = w.subject AND x.page_id = w.page_id
          AND x.state = 'OPEN' AND x.page_id = ANY (f.pages)
        ORDER BY x.id DESC LIMIT 1) o ON true
      ORDER BY coalesce(y.payment, false) DESC, length(p.url), p.url, w.subject
      """;

  static final String ALERTS =
      """
      SELECT a.id AS alert, a.created_at, a.kind, a.channel, coalesce(d.name, a.recipient) AS recipient, a.state, a.tries,
             a.sent_at, a.last_problem, a.message_id, i.findings, i.severity, i.summaries, i.acknowledged_by,
             i.acknowledged_at
      FROM alert a
      LEFT JOIN alert_destination d ON d.id = a.destination_id
      LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT f.id) AS findings, array_agg(DISTINCT c.change || ': ' || f.summary) AS summaries,
               (array_agg(f.severity ORDER BY array_position(ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], f.severity)))[1]
                 AS severity,
               (array_agg(k.by_name ORDER BY k.at) FILTER (WHERE k.at IS NOT NULL))[1] AS acknowledged_by,
               min(k.at) AS acknowledged_at
        FROM alert_item n JOIN finding_change c ON c.id = n.change_id JOIN finding f ON f.id = c.finding_id
        LEFT JOIN finding_acknowledgement k ON k.finding_id = f.id AND k.at >= a.created_at
        WHERE n.alert_id = a.id) i ON true
      WHERE a.site_id = $1 AND a.created_at >= $2 AND a.created_at < $3
      ORDER BY a.created_at, a.id
      """;

  static final String ALERT_RULES =
      """
      SELECT r.id AS rule, CASE WHEN r.site_id IS NULL THEN 'every site of the client' ELSE 'this site' END AS scope,
             r.least_severity, r.checks, r.changes, r.tell, d.channel, d.name AS destination, r.rhythm, r.digest_day,
             r.digest_time::text AS digest_time, r.quiet_from::text AS quiet_from, r.quiet_until::text AS quiet_until,
             r.time_zone, r.created_at
      FROM alert_rule r JOIN site s ON s.client_id = r.client_id LEFT JOIN alert_destination d ON d.id = r.destination_id
      WHERE s.id = $1 AND (r.site_id IS NULL OR r.site_id = s.id) ORDER BY r.id
      """;

  static final String OWNERS =
      """
      SELECT CASE WHEN o.tag_key = '' THEN 'the site' ELSE coalesce(t.product, o.tag_key) END AS of, o.duty, o.rank, o.name,
             o.email, o.set_at, o.review_on, o.not_needed_at
      FROM ownership o LEFT JOIN tag t ON t.site_id = o.site_id AND t.key = o.tag_key
      WHERE o.site_id = $1 ORDER BY o.tag_key, o.duty, o.rank
      """;

  static final String ESCALATION =
      """
      SELECT CASE WHEN e.site_id IS NULL THEN 'every site of the client' ELSE 'this site' END AS scope, e.time_zone,
             e.work_days, e.work_from::text AS work_from, e.work_until::text AS work_until, e.always_from, e.steps
      FROM escalation_path e JOIN site s ON s.client_id = e.client_id
      WHERE s.id = $1 AND (e.site_id IS NULL OR e.site_id = s.id) ORDER BY e.site_id NULLS LAST LIMIT 1
      """;
}
