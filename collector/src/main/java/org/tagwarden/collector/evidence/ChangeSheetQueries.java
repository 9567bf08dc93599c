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

  /**
   * The security headers of pages and the flags of cookies, each with every change that is known of
   * it: {@link HeldHeaders} plays them up to the period's end. A cookie belongs to no single page.
   */
  static final String HEADERS =
      """
      WITH change AS (
        SELECT CASE c.kind WHEN 'HEADER' THEN c.page_id ELSE 0 END AS page_id, c.kind, c.subject,
               jsonb_agg(jsonb_build_object(
                 'at', c.at,
                 'before', coalesce(b.value, nullif(c.before, 'not sent'), ''),
                 'after', coalesce(a.value, nullif(c.after, 'not sent'), ''),
                 'finding', f.id,
                 'accepted_at', x.accepted_at, 'accepted_by', x.accepted_by_name, 'because', x.justification,
                 'resolved_at', (SELECT min(g.at) FROM finding_change g
                                 WHERE g.finding_id = f.id AND g.change = 'RESOLVED' AND g.at >= c.at),
                 'elsewhere', f.state = 'OPEN' AND NOT c.page_id = ANY (f.pages)) ORDER BY c.at, c.id) AS changes
        FROM site_change c
        LEFT JOIN watched b ON b.id = c.before_id
        LEFT JOIN watched a ON a.id = c.after_id
        LEFT JOIN finding f ON f.site_id = c.site_id AND f.check_id = c.check_id AND f.subject = c.finding_subject
        LEFT JOIN LATERAL (SELECT * FROM accepted_change WHERE finding_id = f.id AND accepted_at >= c.at
                           ORDER BY id LIMIT 1) x ON true
        WHERE c.site_id = $1 AND c.kind IN ('HEADER', 'COOKIE')
        GROUP BY 1, 2, 3)
      SELECT p.url AS page, coalesce(y.payment, false) AS payment_page, w.kind, w.subject, w.known, w.first_seen,
             w.last_seen, c.changes
      FROM (SELECT DISTINCT ON (page_id, kind, subject) page_id, kind, subject, value AS known,
                   min(first_seen) OVER same AS first_seen, max(last_seen) OVER same AS last_seen
            FROM watched WHERE site_id = $1 AND kind IN ('HEADER', 'COOKIE') AND state = 'BASELINE'
            WINDOW same AS (PARTITION BY page_id, kind, subject)
            ORDER BY page_id, kind, subject, last_seen DESC, id DESC) w
      LEFT JOIN page p ON p.id = w.page_id
      LEFT JOIN (SELECT page_id, bool_or(payment) AS payment FROM page_visit
                 WHERE site_id = $1 AND started_at >= $2 AND started_at < $3 GROUP BY page_id) y ON y.page_id = w.page_id
      LEFT JOIN change c ON c.page_id = w.page_id AND c.kind = w.kind AND c.subject = w.subject
      WHERE w.first_seen < $3 AND coalesce(p.last_seen, w.last_seen) >= $2
      ORDER BY coalesce(y.payment, false) DESC, p.url IS NULL, length(p.url), p.url, w.subject
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

  /**
   * What a person wrote down of what nobody sees from outside; each version, and how long it held.
   */
  static final String SCOPE =
      """
      SELECT version, environment, payment, note, by_name AS by, at, until
      FROM (SELECT *, lead(at) OVER (ORDER BY version) AS until FROM scope_note WHERE site_id = $1) n
      WHERE at < $3 AND (until IS NULL OR until >= $2) ORDER BY version
      """;

  static final String STANDARDS =
      """
      SELECT version, by_name AS by, at, until, text
      FROM (SELECT *, lead(at) OVER (ORDER BY version) AS until FROM deployment_standard
            WHERE client_id = (SELECT client_id FROM site WHERE id = $1)) d
      WHERE at < $3 AND (until IS NULL OR until >= $2) ORDER BY version
      """;

  /**
   * What was changed about how the site is watched and who is told, from the audit log: by the
   * names that the site has had.
   */
  static final String SETTING_HISTORY =
      """
      WITH RECURSIVE here AS (SELECT id, client_id, name FROM site WHERE id = $1),
      named AS (
        SELECT name FROM here
        UNION
        SELECT e.before ->> 'name' FROM audit_entry e JOIN named n ON e.after ->> 'name' = n.name
        WHERE e.client_id = (SELECT client_id FROM here) AND e.action = 'change site' AND e.before ->> 'name' IS NOT NULL)
      SELECT e.seq AS entry, e.at, e.who, e.way, e.action, e.subject, e.before, e.after
      FROM audit_entry e
      WHERE e.client_id = (SELECT client_id FROM here) AND e.at >= $2 AND e.at < $3
        AND ((e.action IN ('create site', 'change site', 'archive site', 'restore site', 'set schedule', 'delete schedule',
                           'write scope note') AND e.subject IN (SELECT name FROM named))
          OR (e.action IN ('name owner', 'withdraw owner')
              AND EXISTS (SELECT FROM named n WHERE right(e.subject, length(n.name) + 4) = ' on ' || n.name))
          OR (e.action IN ('set escalation path', 'remove escalation path') AND e.subject IN ('of the client', 'of site ' || (SELECT id FROM here)))
          OR (e.action IN ('add alert rule', 'change alert rule', 'remove alert rule')
              AND coalesce(e.after ->> 'siteId', e.before ->> 'siteId', (SELECT id::text FROM here)) = (SELECT id::text FROM here))
          OR e.action IN ('add alert destination', 'remove alert destination', 'write standard'))
      ORDER BY e.seq
      """;
}
