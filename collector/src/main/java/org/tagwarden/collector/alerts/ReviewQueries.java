package org.tagwarden.collector.alerts;

/** The SQL of reviews: who is asked about what, and what was answered. */
final class ReviewQueries {
  private ReviewQueries() {}

  /** Two servers that ask at once would both ask. */
  static final String LOCK = "SELECT pg_advisory_xact_lock(7233174)";

  /**
   * A letter for everybody on whose site something falls due, about all of it; once a review. An
   * authorization is its owner's, or else its deputy's when the owner has left or cannot be
   * reached; one for all sites is asked about on the client's first. $1 the last day that is near,
   * $2 now.
   */
  static final String ASK =
      """
      WITH near AS (
        SELECT 'OWNER' AS what, o.id, o.site_id, o.email
        FROM ownership o JOIN site s ON s.id = o.site_id
        WHERE s.archived_at IS NULL AND o.review_on <= $1 AND o.not_needed_at IS NULL
          AND o.reminded_for IS DISTINCT FROM o.review_on
        UNION ALL
        SELECT 'AUTHORIZATION', a.id, s.id, k.email
        FROM tag_authorization a
        JOIN LATERAL (
          SELECT s.id FROM site s
          WHERE s.client_id = a.client_id AND (a.site_id IS NULL OR s.id = a.site_id) AND s.archived_at IS NULL
          ORDER BY s.id LIMIT 1) s ON true
        JOIN LATERAL (
          SELECT v.email FROM (VALUES (1, a.owner_email), (2, a.deputy_email)) v (rank, email)
          WHERE v.email IS NOT NULL
            AND NOT EXISTS (SELECT FROM person p WHERE lower(p.email) = v.email AND p.disabled_at IS NOT NULL)
            AND NOT EXISTS (SELECT FROM mail_bounce b WHERE b.returned AND b.email = v.email)
          ORDER BY v.rank LIMIT 1) k ON true
        WHERE a.withdrawn_at IS NULL AND a.review_on <= $1 AND a.not_needed_at IS NULL
          AND (a.expires_on IS NULL OR a.expires_on >= ($2::timestamptz AT TIME ZONE 'UTC')::date)
          AND a.reminded_for IS DISTINCT FROM a.review_on),
      letter AS (
        INSERT INTO alert (site_id, kind, channel, recipient, message_id, state, not_before, created_at)
        SELECT site_id, 'REVIEW', 'email', min(email), 'review-' || gen_random_uuid() || '@tagwarden', 'WAITING', $2, $2
        FROM near GROUP BY site_id, lower(email) ORDER BY site_id, lower(email)
        RETURNING id, site_id, lower(recipient) AS email),
      owners AS (
        UPDATE ownership o SET reminded_for = o.review_on, review_alert = l.id
        FROM near n JOIN letter l ON l.site_id = n.site_id AND l.email = lower(n.email)
        WHERE n.what = 'OWNER' AND o.id = n.id),
      authorizations AS (
        UPDATE tag_authorization a SET reminded_for = a.review_on, review_alert = l.id
        FROM near n JOIN letter l ON l.site_id = n.site_id AND l.email = lower(n.email)
        WHERE n.what = 'AUTHORIZATION' AND a.id = n.id)
      SELECT id FROM letter
      """;

  /** What a letter asks about, while it is still that owner's. $1 alert. */
  static final String ITEMS =
      """
      SELECT i.*, m.recipient, s.id AS site_id, s.name AS site, s.base_url, s.client_id, c.name AS client
      FROM alert m JOIN site s ON s.id = m.site_id JOIN client c ON c.id = s.client_id
      JOIN LATERAL (
        SELECT 'OWNER' AS what, o.id, o.name, o.duty, o.rank, o.tag_key, coalesce(t.product, '') AS product,
               '' AS kind, '' AS subject, o.review_on, o.review_months, o.set_at,
               CASE WHEN o.not_needed_at IS NOT NULL THEN 'UNNEEDED'
                    WHEN o.reminded_for IS DISTINCT FROM o.review_on THEN 'NEEDED' ELSE 'OPEN' END AS state
        FROM ownership o LEFT JOIN tag t ON t.site_id = o.site_id AND t.key = o.tag_key AND o.tag_key <> ''
        WHERE o.review_alert = m.id AND lower(o.email) = lower(m.recipient)
        UNION ALL
        SELECT 'AUTHORIZATION', a.id, CASE WHEN lower(m.recipient) = a.owner_email THEN a.owner ELSE a.deputy END, '',
               CASE WHEN lower(m.recipient) = a.owner_email THEN 'OWNER' ELSE 'DEPUTY' END, '', '',
               a.subject_kind, a.subject, coalesce(a.review_on, a.reminded_for), 12, a.decided_at,
               CASE WHEN a.not_needed_at IS NOT NULL THEN 'UNNEEDED'
                    WHEN a.reminded_for IS DISTINCT FROM a.review_on THEN 'NEEDED' ELSE 'OPEN' END
        FROM tag_authorization a
        WHERE a.review_alert = m.id AND a.withdrawn_at IS NULL
          AND lower(m.recipient) IN (a.owner_email, a.deputy_email)) i ON true
      WHERE m.id = $1 AND m.kind = 'REVIEW'
      ORDER BY i.what DESC, i.review_on, i.id
      """;

  /** It is still needed, for as long as was set. $1 owner, $2 today, $3 now. */
  static final String STILL_NEEDED =
      """
      UPDATE ownership
      SET review_on = ($2::date + make_interval(months => review_months))::date, set_at = $3, not_needed_at = NULL,
          version = version + 1
      WHERE id = $1
      """;

  /** $1 owner, $2 now. */
  static final String NOT_NEEDED = "UPDATE ownership SET not_needed_at = $2 WHERE id = $1";

  /** $1 authorization, $2 now. */
  static final String AUTHORIZATION_NOT_NEEDED =
      "UPDATE tag_authorization SET not_needed_at = $2 WHERE id = $1 AND withdrawn_at IS NULL";
}
