package org.tagwarden.collector.alerts.bounces;

/** The SQL of mails that came back. */
final class BounceQueries {
  private BounceQueries() {}

  private static final String MESSAGE =
      """
      SELECT a.id, CASE WHEN a.channel = 'email' THEN a.recipient ELSE d.address END AS email
      FROM alert a LEFT JOIN alert_destination d ON d.id = a.destination_id
      WHERE coalesce(CASE WHEN a.channel = 'email' THEN a.recipient ELSE d.address END, '') LIKE '%@%' AND
      """;

  /** A message that went out by mail. $1 alert. */
  static final String BY_ID = MESSAGE + " a.id = $1";

  /** Likewise. $1 its Message-ID, without angle brackets. */
  static final String BY_MESSAGE_ID = MESSAGE + " a.message_id = $1 ORDER BY a.id DESC LIMIT 1";

  /** It did not arrive: a dead letter. $1 alert, $2 problem. */
  static final String CAME_BACK =
      "UPDATE alert SET state = 'FAILED', last_problem = $2 WHERE id = $1 AND state = 'SENT'";

  /** $1 email, $2 now, $3 reason. */
  static final String MARK =
      """
      INSERT INTO mail_bounce (email, at, reason, returned) VALUES (lower($1), $2, $3, true)
      ON CONFLICT (email) DO UPDATE SET at = excluded.at, reason = excluded.reason, returned = true
      """;

  /** Who is relied on, by whatever way, of which client; null: of all. */
  private static final String CONTACT =
      """
      WITH contact AS (
        SELECT s.client_id, lower(o.email) AS email FROM ownership o JOIN site s ON s.id = o.site_id
        UNION
        SELECT s.client_id, lower(e.email) FROM site s CROSS JOIN unnest(s.alert_emails) AS e (email)
        UNION
        SELECT d.client_id, lower(d.address) FROM alert_destination d
        UNION
        SELECT p.client_id, lower(step ->> 'contact')
        FROM escalation_path p CROSS JOIN jsonb_array_elements(p.steps) AS step
        UNION
        SELECT a.client_id, k.email FROM tag_authorization a
        CROSS JOIN LATERAL (VALUES (a.owner_email), (a.deputy_email)) AS k (email)
        WHERE a.withdrawn_at IS NULL
        UNION
        SELECT m.client_id, lower(p.email) FROM membership m JOIN person p ON p.id = m.person_id)
      """;

  /**
   * Marked addresses that somebody relies on. $1 clients or null, $2 those to administer or null.
   */
  static final String LIST =
      CONTACT
          + """
          SELECT b.email, b.at, b.reason,
                 coalesce(string_agg(DISTINCT c.name, ', '), '') AS clients,
                 coalesce(bool_or($2::int[] IS NULL OR k.client_id = ANY($2)), false) AS may_clear
          FROM mail_bounce b JOIN contact k ON k.email = b.email LEFT JOIN client c ON c.id = k.client_id
          WHERE $1::int[] IS NULL OR k.client_id = ANY($1)
          GROUP BY b.email ORDER BY b.at DESC, b.email
          """;

  /** $1 email, $2 clients or null. */
  static final String CLEAR =
      CONTACT
          + """
          DELETE FROM mail_bounce b
          WHERE b.email = lower($1) AND EXISTS (
            SELECT FROM contact k WHERE k.email = b.email AND ($2::int[] IS NULL OR k.client_id = ANY($2)))
          RETURNING b.email, b.reason,
            (SELECT min(k.client_id) FROM contact k WHERE k.email = b.email AND ($2::int[] IS NULL OR k.client_id = ANY($2)))
              AS client_id
          """;

  /** The sites whose findings depend on an address. $1 email. */
  static final String SITES =
      """
      SELECT s.id FROM site s
      WHERE s.archived_at IS NULL AND (
        EXISTS (SELECT FROM ownership o WHERE o.site_id = s.id AND lower(o.email) = lower($1))
        OR EXISTS (SELECT FROM unnest(s.alert_emails) AS e (email) WHERE lower(e.email) = lower($1))
        OR EXISTS (SELECT FROM escalation_path p CROSS JOIN jsonb_array_elements(p.steps) AS step
                   WHERE p.client_id = s.client_id AND lower(step ->> 'contact') = lower($1))
        OR EXISTS (SELECT FROM tag_authorization a
                   WHERE a.client_id = s.client_id AND a.withdrawn_at IS NULL
                     AND lower($1) IN (a.owner_email, a.deputy_email)))
      ORDER BY s.id
      """;
}
