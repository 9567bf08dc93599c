package org.tagwarden.collector.alerts;

/** The alerts' SQL. */
final class AlertQueries {
  private AlertQueries() {}

  /**
   * One alert a change and recipient: the site's addresses, or else the client's approvers and
   * admins, or else those of all clients. $1 site, $2 changes, $3 channel, $4 now, $5 silent since.
   */
  static final String ANNOUNCE =
      """
      WITH own AS (SELECT client_id, alert_emails FROM site WHERE id = $1),
      person_to_tell AS (
        SELECT p.email, m.client_id IS NULL AS of_all
        FROM membership m JOIN person p ON p.id = m.person_id, own
        WHERE p.disabled_at IS NULL AND m.role IN ('approver', 'admin')
          AND (m.client_id = own.client_id OR m.client_id IS NULL)),
      recipient AS (
        SELECT unnest(alert_emails) AS email FROM own
        UNION
        SELECT email FROM person_to_tell
        WHERE (SELECT cardinality(alert_emails) FROM own) = 0
          AND (NOT of_all OR NOT EXISTS (SELECT 1 FROM person_to_tell WHERE NOT of_all)))
      INSERT INTO alert (change_id, site_id, channel, recipient, message_id, state, not_before, created_at)
      SELECT c.id, $1, $3, r.email,
             'finding-' || c.finding_id || '-' || c.id || '-' || md5(r.email) || '@tagwarden', 'WAITING', $4, $4
      FROM finding_change c, recipient r
      WHERE c.id = ANY($2)
        AND NOT EXISTS (
          SELECT 1 FROM alert a JOIN finding_change e ON e.id = a.change_id
          WHERE e.finding_id = c.finding_id AND a.channel = $3 AND a.recipient = r.email AND a.created_at > $5)
      ON CONFLICT DO NOTHING
      """;

  /** */
  static final String CLAIM =
      """
      UPDATE alert SET state = 'SENDING', tries = tries + 1, claimed_until = $2
      WHERE id = (
        SELECT id FROM alert
        WHERE channel = ANY($3)
          AND ((state = 'WAITING' AND not_before <= $1) OR (state = 'SENDING' AND claimed_until <= $1))
          AND (tries > 0 OR created_at <= $4 OR NOT EXISTS (
            SELECT 1 FROM scan s WHERE s.site_id = alert.site_id AND s.kind = 'VISITS' AND s.state = 'RUNNING'))
        ORDER BY not_before, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, change_id, site_id, channel, recipient, message_id, tries, claimed_until
      """;

  /** $1 alert, $2 my claim, $3 now. */
  static final String SENT =
      """
      UPDATE alert SET state = 'SENT', sent_at = $3, claimed_until = NULL, last_problem = NULL
      WHERE id = $1 AND state = 'SENDING' AND claimed_until = $2
      """;

  /** $1 alert, $2 my claim, $3 state, $4 not before, $5 problem. */
  static final String NOT_SENT =
      """
      UPDATE alert SET state = $3, not_before = $4, claimed_until = NULL, last_problem = $5
      WHERE id = $1 AND state = 'SENDING' AND claimed_until = $2
      """;

  /** What an alert is about. $1 change. */
  static final String STORY =
      """
      SELECT c.change, c.at, c.visit_id, f.id AS finding_id, f.check_id, f.subject, f.severity, f.summary,
             f.evidence, f.remedy, f.state, f.opened_at, f.first_visit,
             s.id AS site_id, s.name AS site, s.base_url, cl.name AS client,
             t.id AS tag_id, t.key AS tag_key, t.vendor, t.product, t.category, t.known, t.load_method, t.loader_url,
             t.first_seen AS tag_first_seen,
             (SELECT count(*) FROM page p WHERE p.site_id = s.id) AS site_pages,
             cardinality(f.pages) AS page_count,
             ARRAY(SELECT p.url FROM page p WHERE p.id = ANY(f.pages) ORDER BY length(p.url), p.url LIMIT 8) AS pages
      FROM finding_change c
      JOIN finding f ON f.id = c.finding_id
      JOIN site s ON s.id = f.site_id
      JOIN client cl ON cl.id = s.client_id
      LEFT JOIN tag t ON t.id = f.tag_id
      WHERE c.id = $1
      """;
}
