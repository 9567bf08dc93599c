package org.tagwarden.collector.api;

/** The SQL behind the API's lists of what was seen and decided. $1 is always the site. */
final class InventoryQueries {
  /** $2: the first day of the figures. */
  static final String TAGS =
      """
      SELECT t.key, t.vendor, t.product, t.category, t.known, t.account_ids, t.hosts, t.load_method,
             t.loader_key, t.loader_url, t.container_id, m.versions ->> t.container_id AS container_version,
             t.versions, t.pages, t.first_seen, t.last_seen,
             coalesce(f.firings, 0) AS firings, coalesce(f.requests, 0)::bigint AS requests,
             coalesce(f.bytes, 0)::bigint AS bytes
      FROM tag t
      LEFT JOIN tag m ON m.site_id = t.site_id AND m.key = t.loader_key
      LEFT JOIN (
        SELECT tag_id, sum(firings) AS firings, sum(requests) AS requests, sum(bytes) AS bytes
        FROM tag_day WHERE site_id = $1 AND day >= $2 GROUP BY tag_id
      ) f ON f.tag_id = t.id
      WHERE t.site_id = $1
      ORDER BY lower(t.vendor), lower(t.product), t.key
      """;

  /** The site's own, as far as they are about a tag or a script. */
  static final String DECISIONS =
      """
      SELECT c.id, CASE a.subject_kind WHEN 'PRODUCT' THEN a.subject WHEN 'HOST' THEN 'host:' || a.subject END AS tag_key,
             CASE a.subject_kind WHEN 'SCRIPT' THEN a.subject END AS script, c.verdict AS state, c.justification,
             c.by_name AS decided_by_name, c.at AS decided_at
      FROM authorization_change c JOIN tag_authorization a ON a.id = c.authorization_id
      WHERE c.site_id = $1 AND c.action <> 'WITHDRAWN' AND a.subject_kind IN ('PRODUCT', 'HOST', 'SCRIPT')
      ORDER BY c.id DESC
      """;

  /** $2: OPEN, RESOLVED, or null for both. */
  static final String FINDINGS =
      """
      SELECT f.id, f.check_id, f.subject, t.key AS tag_key, f.severity, f.summary, f.evidence,
             f.remedy, f.state, f.opened_at, f.last_seen_at, f.resolved_at,
             ARRAY(SELECT url FROM page WHERE id = ANY(f.pages) ORDER BY url) AS pages
      FROM finding f LEFT JOIN tag t ON t.id = f.tag_id
      WHERE f.site_id = $1 AND ($2::text IS NULL OR f.state = $2)
      ORDER BY array_position(ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], f.severity),
               f.opened_at DESC, f.id
      LIMIT 1000
      """;

  static final String ALERTS =
      """
      SELECT a.id, a.channel, a.recipient, a.state, a.tries, a.last_problem, a.created_at, a.sent_at,
             c.change, c.finding_id, f.summary
      FROM alert a
      JOIN alert_item i ON i.alert_id = a.id
      JOIN finding_change c ON c.id = i.change_id
      JOIN finding f ON f.id = c.finding_id
      WHERE a.site_id = $1 ORDER BY a.id DESC, c.id LIMIT 500
      """;

  private InventoryQueries() {}
}
