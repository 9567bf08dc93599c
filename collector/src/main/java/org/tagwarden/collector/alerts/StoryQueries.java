package org.tagwarden.collector.alerts;

/** What messages say. */
final class StoryQueries {
  private StoryQueries() {}

  /**
   * A message's findings, each with its newest change, the most urgent first; what opened and got
   * worse before anybody was told opened, as it is now. A message that waited for hours says how
   * things stand: what was resolved meanwhile is, and what came back is back. $1 alert, $2 most.
   */
  static final String STORIES =
      """
      WITH newest AS (
        SELECT DISTINCT ON (c.finding_id) c.id, c.finding_id, c.change, c.at
        FROM alert_item i JOIN finding_change c ON c.id = i.change_id
        WHERE i.alert_id = $1 ORDER BY c.finding_id, c.change = 'WORSENED', c.id DESC),
      now_so AS (
        SELECT n.finding_id,
               CASE WHEN f.state = 'RESOLVED' THEN 'RESOLVED' WHEN n.change = 'RESOLVED' THEN 'REOPENED' ELSE n.change END
                 AS change,
               CASE WHEN (f.state = 'RESOLVED') = (n.change = 'RESOLVED') THEN n.at
                    ELSE coalesce((SELECT max(c.at) FROM finding_change c WHERE c.finding_id = f.id), n.at) END AS at
        FROM newest n JOIN finding f ON f.id = n.finding_id)
      SELECT n.change, n.at, f.id AS finding_id, f.check_id, f.subject, f.severity, f.summary,
             f.evidence, f.remedy, f.opened_at, f.first_visit,
             s.id AS site_id, s.name AS site, s.base_url, cl.name AS client,
             t.id AS tag_id, t.key AS tag_key, t.vendor, t.product, t.category, t.known,
             t.load_method, t.container_id, l.product AS loader,
             (SELECT count(*) FROM page p WHERE p.site_id = s.id) AS site_pages,
             cardinality(f.pages) AS page_count,
             ARRAY(SELECT p.url FROM page p WHERE p.id = ANY(f.pages) ORDER BY length(p.url), p.url LIMIT 8) AS pages,
             k.by_name AS acknowledged_by, k.at AS acknowledged_at,
             m.reason AS mute_reason, m.by_name AS muted_by, m.until AS muted_until,
             e.step, e.next_at,
             (SELECT c.reason FROM finding_change c WHERE c.finding_id = f.id ORDER BY c.id DESC LIMIT 1) AS reason,
             (SELECT h.result FROM finding_change c JOIN held_change h ON h.change_id = c.id
              WHERE c.finding_id = f.id AND c.at >= f.opened_at ORDER BY c.id DESC LIMIT 1) AS looked_again,
             count(*) OVER () AS total
      FROM now_so n
      JOIN finding f ON f.id = n.finding_id
      JOIN site s ON s.id = f.site_id
      JOIN client cl ON cl.id = s.client_id
      LEFT JOIN tag t ON t.id = f.tag_id
      LEFT JOIN tag l ON l.site_id = t.site_id AND l.key = t.loader_key
      LEFT JOIN finding_acknowledgement k ON k.finding_id = f.id AND k.at >= greatest(n.at,
        (SELECT max(c.at) FROM finding_change c WHERE c.finding_id = f.id AND c.change <> 'RESOLVED'))
      LEFT JOIN finding_mute m ON m.finding_id = f.id
      LEFT JOIN escalation e ON e.finding_id = f.id
      ORDER BY n.change = 'RESOLVED', array_position(ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], f.severity), f.opened_at, f.id
      LIMIT $2
      """;

  /** Earlier messages about these findings. $1 alert, $2 channel, $3 recipient, $4 findings. */
  static final String THREAD =
      """
      SELECT DISTINCT a.id, a.message_id
      FROM alert a JOIN alert_item i ON i.alert_id = a.id JOIN finding_change c ON c.id = i.change_id
      WHERE a.channel = $2 AND a.recipient = $3 AND c.finding_id = ANY($4) AND a.id < $1 AND a.state = 'SENT'
      ORDER BY a.id LIMIT 20
      """;
}
