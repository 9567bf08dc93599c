package org.tagwarden.collector.evidence;

/** What ran, and what was decided about it. $1 site, $2 since, $3 until. */
final class ScriptQueries {
  private ScriptQueries() {}

  /** Which texts of scripts are the baseline, and which are a change that nobody has accepted. */
  private static final String TEXTS =
      """
      text AS (
        SELECT DISTINCT ON (value) value, state, first_seen FROM watched
        WHERE site_id = $1 AND kind = 'SCRIPT' ORDER BY value, state, last_seen DESC),
      inline AS (
        SELECT DISTINCT ON (script_sha256) script_sha256, state, first_seen FROM watched
        WHERE site_id = $1 AND kind = 'INLINE' AND script_sha256 IS NOT NULL
        ORDER BY script_sha256, state, last_seen DESC)
      """;

  /**
   * Scripts that payment pages loaded, by page and address, from every visit of the period; then
   * those without an address, which pages are known to hold as of their newest visit.
   */
  static final String PAYMENT_SCRIPTS =
      "WITH "
          + TEXTS
          + """
          , visited AS (
            SELECT v.page_id, count(*)::int AS visits FROM page_visit v
            WHERE v.site_id = $1 AND v.started_at >= $2 AND v.started_at < $3 AND v.payment
              AND v.outcome IN ('COMPLETE', 'CUT_SHORT')
            GROUP BY v.page_id),
          loaded AS (
            SELECT v.page_id, u.resource_id, max(u.tag_id) AS tag_id, count(DISTINCT v.id)::int AS visits,
                   min(v.started_at) AS first_seen, max(v.started_at) AS last_seen
            FROM page_visit v
            CROSS JOIN LATERAL unnest(v.resource_ids, v.tag_ids) AS u (resource_id, tag_id)
            JOIN resource r ON r.id = u.resource_id AND r.type IN ('SCRIPT', 'WORKER')
            WHERE v.site_id = $1 AND v.started_at >= $2 AND v.started_at < $3 AND v.payment
              AND v.outcome IN ('COMPLETE', 'CUT_SHORT')
            GROUP BY v.page_id, u.resource_id),
          version AS (
            SELECT s.resource_id, count(*)::int AS versions, (array_agg(s.kind ORDER BY s.last_seen DESC))[1] AS kind,
                   (array_agg(encode(v.sha256, 'hex') ORDER BY s.last_seen DESC))[1] AS sha256
            FROM site_script s JOIN script_version v ON v.id = s.script_id
            WHERE s.site_id = $1 AND s.first_seen < $3 AND s.last_seen >= $2 AND s.resource_id IS NOT NULL
            GROUP BY s.resource_id),
          inserted AS (
            SELECT DISTINCT ON (p.page_id, s.script_id) p.page_id, s.kind, s.tag_id, s.first_seen, s.last_seen,
                   encode(v.sha256, 'hex') AS sha256
            FROM page_state p
            JOIN site_script s ON s.site_id = p.site_id AND s.script_id = ANY (p.script_ids) AND s.resource_id IS NULL
            JOIN script_version v ON v.id = s.script_id
            WHERE p.site_id = $1 AND p.payment AND s.first_seen < $3 AND s.last_seen >= $2)
          SELECT p.url AS page, x.url AS script, x.kind, x.sha256, x.versions, x.visits, n.visits AS visits_of_page,
                 x.first_seen, x.last_seen, t.key AS tag_key, t.vendor, t.product, t.category, t.load_method, t.loader_key,
                 o.product AS loader,
                 CASE coalesce(b.state, i.state) WHEN 'BASELINE' THEN 'AS BASELINE' WHEN 'OPEN' THEN 'CHANGED' END AS text_state
          FROM (
            SELECT l.page_id, r.url, coalesce(v.kind, 'EXTERNAL') AS kind, v.sha256, coalesce(v.versions, 0) AS versions,
                   l.visits, l.first_seen, l.last_seen, l.tag_id
            FROM loaded l JOIN resource r ON r.id = l.resource_id LEFT JOIN version v ON v.resource_id = l.resource_id
            UNION ALL
            SELECT page_id, NULL, kind, sha256, 1, NULL, first_seen, last_seen, tag_id FROM inserted) x
          JOIN page p ON p.id = x.page_id
          LEFT JOIN visited n ON n.page_id = x.page_id
          LEFT JOIN tag t ON t.id = x.tag_id
          LEFT JOIN tag o ON o.site_id = $1 AND o.key = t.loader_key
          LEFT JOIN script_text z ON z.sha256 = decode(x.sha256, 'hex')
          LEFT JOIN text b ON b.value = left(encode(z.fingerprint, 'hex'), 32) AND x.url IS NOT NULL
          LEFT JOIN inline i ON i.script_sha256 = decode(x.sha256, 'hex') AND x.url IS NULL
          ORDER BY p.url, t.vendor NULLS FIRST, x.url NULLS LAST, x.sha256
          """;

  /**
   * Documents that payment pages showed in frames, or went on to: where card data is taken, if not
   * by the page.
   */
  static final String PAYMENT_FRAMES =
      """
      SELECT p.url AS page, r.url AS document, h.name AS host, count(DISTINCT v.id)::int AS visits,
             min(v.started_at) AS first_seen, max(v.started_at) AS last_seen
      FROM page_visit v
      JOIN page p ON p.id = v.page_id
      CROSS JOIN LATERAL unnest(v.resource_ids) AS u (resource_id)
      JOIN resource r ON r.id = u.resource_id AND r.type = 'DOCUMENT' AND r.url <> p.url
      JOIN host h ON h.id = r.host_id
      WHERE v.site_id = $1 AND v.started_at >= $2 AND v.started_at < $3 AND v.payment
        AND v.outcome IN ('COMPLETE', 'CUT_SHORT')
      GROUP BY p.url, r.url, h.name ORDER BY p.url, count(DISTINCT v.id) DESC, r.url
      """;

  /** Whose what payment pages loaded is: for scripts that it inserted, or that stand in it. */
  static final String PAYMENT_TAGS =
      """
      SELECT DISTINCT r.url, t.key AS tag_key, t.vendor, t.product, t.category, t.load_method, t.loader_key, o.product AS loader
      FROM page_visit v
      CROSS JOIN LATERAL unnest(v.resource_ids, v.tag_ids) AS u (resource_id, tag_id)
      JOIN resource r ON r.id = u.resource_id AND r.type IN ('SCRIPT', 'WORKER', 'DOCUMENT')
      JOIN tag t ON t.id = u.tag_id
      LEFT JOIN tag o ON o.site_id = $1 AND o.key = t.loader_key
      WHERE v.site_id = $1 AND v.started_at >= $2 AND v.started_at < $3 AND v.payment
      """;

  /** The newest kept reports of payment pages, one for each way in which they are visited. */
  static final String PAYMENT_REPORTS =
      """
      SELECT n.page, r.report
      FROM (SELECT DISTINCT ON (v.page_id, v.consent, v.device, v.journey) p.url AS page, v.id, v.started_at, v.consent
            FROM page_visit v JOIN page p ON p.id = v.page_id
            WHERE v.site_id = $1 AND v.started_at >= $2 AND v.started_at < $3 AND v.payment
              AND v.outcome IN ('COMPLETE', 'CUT_SHORT')
              AND EXISTS (SELECT FROM visit_report k
                          WHERE k.site_id = v.site_id AND k.started_at = v.started_at AND k.visit_id = v.id)
            ORDER BY v.page_id, v.consent, v.device, v.journey, v.started_at DESC) n
      JOIN visit_report r ON r.site_id = $1 AND r.started_at = n.started_at AND r.visit_id = n.id
      ORDER BY n.consent = 'ACCEPT' DESC, n.started_at DESC LIMIT 200
      """;

  /** Every version of every script; its text is that of the baseline, or changed. */
  static final String SCRIPTS =
      "WITH "
          + TEXTS
          + """
          SELECT r.url AS script, s.kind, encode(v.sha256, 'hex') AS sha256, v.length AS bytes, v.body IS NOT NULL AS text_kept,
                 s.first_seen, s.last_seen, t.key AS tag_key, t.vendor, t.product, t.category, t.load_method, t.loader_key,
                 o.product AS loader, t.loader_url,
                 CASE coalesce(b.state, i.state) WHEN 'BASELINE' THEN 'AS BASELINE' WHEN 'OPEN' THEN 'CHANGED' END AS text_state,
                 coalesce(b.first_seen, i.first_seen) AS text_since
          FROM site_script s
          JOIN script_version v ON v.id = s.script_id
          LEFT JOIN resource r ON r.id = s.resource_id
          LEFT JOIN tag t ON t.id = s.tag_id
          LEFT JOIN tag o ON o.site_id = $1 AND o.key = t.loader_key
          LEFT JOIN script_text x ON x.sha256 = v.sha256
          LEFT JOIN text b ON b.value = left(encode(x.fingerprint, 'hex'), 32) AND s.resource_id IS NOT NULL
          LEFT JOIN inline i ON i.script_sha256 = v.sha256 AND s.resource_id IS NULL
          WHERE s.site_id = $1 AND s.first_seen < $3 AND s.last_seen >= $2
          ORDER BY t.vendor NULLS FIRST, t.key, r.url NULLS LAST, s.first_seen, s.script_id
          """;

  static final String TAGS =
      """
      SELECT t.key AS tag_key, t.vendor, t.product, t.category, t.known, t.account_ids, t.hosts, t.load_method, t.loader_key,
             o.product AS loader, t.loader_url, t.container_id, t.first_seen, t.last_seen, d.days, d.firings, d.requests
      FROM tag t
      LEFT JOIN tag o ON o.site_id = t.site_id AND o.key = t.loader_key
      LEFT JOIN (SELECT tag_id, count(*)::int AS days, sum(firings)::bigint AS firings, sum(requests)::bigint AS requests
                 FROM tag_day WHERE site_id = $1 AND day >= ($2::timestamptz AT TIME ZONE 'UTC')::date
                   AND day < ($3::timestamptz AT TIME ZONE 'UTC')::date GROUP BY tag_id) d ON d.tag_id = t.id
      WHERE t.site_id = $1 AND t.first_seen < $3 AND t.last_seen >= $2
      ORDER BY t.vendor, t.product, t.key
      """;

  /**
   * What held at some time of the period, as it last stood in it. The justification's author is
   * whoever first wrote these words.
   */
  static final String AUTHORIZATIONS =
      """
      SELECT c.authorization_id, c.client_id, c.site_id, c.verdict, c.terms, c.by_name AS decided_by, c.by_role AS decided_role,
             c.at AS decided_at, j.by_name AS justified_by, j.at AS justified_at, n.changes,
             w.by_name AS withdrawn_by, w.at AS withdrawn_at, w.justification AS withdrawn_because
      FROM (SELECT DISTINCT ON (h.authorization_id) h.* FROM authorization_change h
            WHERE h.client_id = (SELECT client_id FROM site WHERE id = $1) AND (h.site_id IS NULL OR h.site_id = $1)
              AND h.at < $3 AND h.action <> 'WITHDRAWN'
            ORDER BY h.authorization_id, h.id DESC) c
      CROSS JOIN LATERAL (SELECT h.by_name, h.at FROM authorization_change h
            WHERE h.authorization_id = c.authorization_id AND h.id <= c.id
              AND h.terms ->> 'justification' = c.terms ->> 'justification' ORDER BY h.id LIMIT 1) j
      CROSS JOIN LATERAL (SELECT count(*)::int AS changes FROM authorization_change h
            WHERE h.authorization_id = c.authorization_id AND h.at < $3) n
      LEFT JOIN LATERAL (SELECT h.by_name, h.at, h.justification FROM authorization_change h
            WHERE h.authorization_id = c.authorization_id AND h.id > c.id AND h.action = 'WITHDRAWN' AND h.at < $3
            ORDER BY h.id DESC LIMIT 1) w ON true
      WHERE w.at IS NULL OR w.at >= $2
      ORDER BY c.verdict, c.authorization_id
      """;

  /** Every change of these up to the period's end: a justification may be older than the period. */
  static final String AUTHORIZATION_HISTORY =
      """
      SELECT h.authorization_id, h.at, h.action, h.verdict, h.justification, h.by_name AS by, h.by_role AS role, h.terms
      FROM authorization_change h
      WHERE h.client_id = (SELECT client_id FROM site WHERE id = $1) AND (h.site_id IS NULL OR h.site_id = $1) AND h.at < $3
        AND NOT EXISTS (SELECT FROM authorization_change w WHERE w.authorization_id = h.authorization_id
                        AND w.action = 'WITHDRAWN' AND w.at < $2)
      ORDER BY h.authorization_id, h.id
      """;

  static final String REQUESTS =
      """
      SELECT id AS request, what, reason, wanted_from, asked_by_name AS asked_by, asked_at, state, answer,
             answered_by_name AS answered_by, answered_at, authorization_id
      FROM tag_request
      WHERE site_id = $1 AND asked_at < $3 AND (answered_at IS NULL OR answered_at >= $2)
      ORDER BY asked_at, id
      """;
}
