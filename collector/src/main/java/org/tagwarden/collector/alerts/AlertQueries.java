package org.tagwarden.collector.alerts;

/** The SQL of messages: written, claimed, told. */
final class AlertQueries {
  private AlertQueries() {}

  private static final String RANK =
      "array_position(ARRAY['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], %s)";

  /** What rules look at. $1 changes, $2 now. */
  static final String NEWS =
      """
      SELECT c.id, c.finding_id, c.change, f.check_id, f.severity, coalesce(t.key, '') AS tag_key,
             EXISTS (SELECT FROM finding_mute m
                     WHERE m.finding_id = f.id AND m.until > $2 AND %s <= %s) AS muted
      FROM finding_change c JOIN finding f ON f.id = c.finding_id LEFT JOIN tag t ON t.id = f.tag_id
      WHERE c.id = ANY($1) ORDER BY c.id
      """
          .formatted(RANK.formatted("f.severity"), RANK.formatted("m.severity"));

  private static final String RULE =
      """
      SELECT r.id, r.client_id, r.site_id, r.least_severity, r.checks, r.changes, r.tell, r.rhythm, r.digest_day,
             r.digest_time, r.quiet_from, r.quiet_until, r.time_zone, r.version,
             d.id AS destination_id, d.client_id AS destination_client_id, d.name AS destination, d.channel,
             d.address, d.signing
      """;

  /** $1 site. */
  static final String RULES_OF_SITE =
      RULE
          + """
          FROM alert_rule r JOIN site s ON s.client_id = r.client_id LEFT JOIN alert_destination d ON d.id = r.destination_id
          WHERE s.id = $1 AND (r.site_id IS NULL OR r.site_id = s.id) ORDER BY r.id
          """;

  /** $1 clients or null. */
  static final String RULES =
      RULE
          + """
          , c.name AS client, coalesce(s.name, '') AS site
          FROM alert_rule r JOIN client c ON c.id = r.client_id
          LEFT JOIN site s ON s.id = r.site_id LEFT JOIN alert_destination d ON d.id = r.destination_id
          WHERE $1::int[] IS NULL OR r.client_id = ANY($1) ORDER BY c.name, s.name NULLS FIRST, r.id
          """;

  static final String ADD_RULE =
      """
      INSERT INTO alert_rule (client_id, site_id, least_severity, checks, changes, tell, destination_id, rhythm,
                              digest_day, digest_time, quiet_from, quiet_until, time_zone, created_at)
      SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
      WHERE ($2::int IS NULL OR EXISTS (SELECT FROM site WHERE id = $2 AND client_id = $1))
        AND ($7::int IS NULL OR EXISTS (SELECT FROM alert_destination WHERE id = $7 AND client_id = $1))
      RETURNING id
      """;

  /** Likewise for the rule $14. Writes nothing when the site or destination is another client's. */
  static final String CHANGE_RULE =
      """
      UPDATE alert_rule
      SET site_id = $2, least_severity = $3, checks = $4, changes = $5, tell = $6, destination_id = $7, rhythm = $8,
          digest_day = $9, digest_time = $10, quiet_from = $11, quiet_until = $12, time_zone = $13, version = version + 1
      WHERE id = $14 AND client_id = $1
        AND ($2::int IS NULL OR EXISTS (SELECT FROM site WHERE id = $2 AND client_id = $1))
        AND ($7::int IS NULL OR EXISTS (SELECT FROM alert_destination WHERE id = $7 AND client_id = $1))
      """;

  /** One of a client, locked until the transaction ends. $1 rule, $2 client. */
  static final String RULE_OF_CLIENT =
      RULE
          + """
          FROM alert_rule r LEFT JOIN alert_destination d ON d.id = r.destination_id
          WHERE r.id = $1 AND r.client_id = $2 FOR UPDATE OF r
          """;

  static final String CLIENT_OF_RULE = "SELECT client_id FROM alert_rule WHERE id = $1";
  static final String REMOVE_RULE = "DELETE FROM alert_rule WHERE id = $1";

  /**
   * The site's addresses, or else its client's approvers and admins, or else those of all clients.
   * $1 site.
   */
  static final String AUDIENCE =
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
      SELECT ARRAY(SELECT email FROM recipient ORDER BY email) AS emails,
             ARRAY(SELECT email FROM alert_opt_out WHERE site_id = $1) AS opted_out
      """;

  /** Who heard of these findings, and when last: bad news and good. $1 findings. */
  static final String TOLD =
      """
      SELECT c.finding_id, a.channel, a.recipient, c.change <> 'RESOLVED' AS bad, max(a.created_at) AS at
      FROM finding_change c JOIN alert_item i ON i.change_id = c.id JOIN alert a ON a.id = i.alert_id
      WHERE c.finding_id = ANY($1) GROUP BY 1, 2, 3, 4
      """;

  /**
   * Into the message that still waits unclaimed, or a new one. $1 site, $2 now; a letter each: $3
   * kind, $4 channel, $5 recipient, $6 destination, $7 not before, $8 change. In a fixed order, so
   * that nobody waits in a circle.
   */
  static final String WRITE =
      """
      WITH letter AS (
        SELECT * FROM unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::timestamptz[], $8::bigint[])
          AS l (kind, channel, recipient, destination_id, not_before, change_id)),
      envelope AS (
        SELECT kind, channel, recipient, max(destination_id) AS destination_id, min(not_before) AS not_before
        FROM letter GROUP BY kind, channel, recipient ORDER BY kind, channel, recipient),
      message AS (
        INSERT INTO alert (site_id, kind, channel, recipient, destination_id, message_id, state, not_before, created_at)
        SELECT $1, kind, channel, recipient, destination_id, 'alert-' || gen_random_uuid() || '@tagwarden', 'WAITING',
               not_before, $2
        FROM envelope
        ON CONFLICT (site_id, channel, recipient, kind)
          WHERE state = 'WAITING' AND tries = 0 AND kind NOT IN ('REVIEW', 'ASKED', 'ANSWERED')
        DO UPDATE SET not_before = least(alert.not_before, excluded.not_before)
        RETURNING id, kind, channel, recipient)
      INSERT INTO alert_item (alert_id, change_id)
      SELECT m.id, l.change_id FROM letter l JOIN message m USING (kind, channel, recipient)
      ON CONFLICT DO NOTHING
      """;

  /** $1 finding, $2 change, $3 step, $4 now, $5 next. */
  static final String ESCALATE =
      """
      INSERT INTO escalation (finding_id, change_id, step, since, next_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (finding_id) DO UPDATE
        SET change_id = excluded.change_id, step = excluded.step, since = excluded.since, next_at = excluded.next_at
      """;

  /**
   * Claims the next message of a channel. One that nobody has tried waits for the scan of its site
   * that runs, so that it names all that the scan finds. A claim or a back-off that ends later than
   * any can was made by a clock that was put back since, and counts no more. $1 now, $2 lease, $3
   * channel, $4 the start of the longest wait for a scan, $5 the latest end of a claim, $6 of a
   * back-off.
   */
  static final String CLAIM =
      """
      UPDATE alert SET state = 'SENDING', tries = tries + 1, claimed_until = $2
      WHERE id = (
        SELECT id FROM alert
        WHERE channel = $3
          AND ((state = 'WAITING' AND (not_before <= $1 OR (tries > 0 AND not_before > $6)))
            OR (state = 'SENDING' AND (claimed_until <= $1 OR claimed_until > $5)))
          AND (tries > 0 OR created_at <= $4 OR NOT EXISTS (
            SELECT 1 FROM scan s WHERE s.site_id = alert.site_id AND s.kind = 'VISITS' AND s.state = 'RUNNING'))
        ORDER BY not_before, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, kind, site_id, channel, recipient, message_id, tries, claimed_until, destination_id,
        (SELECT d.client_id FROM alert_destination d WHERE d.id = destination_id) AS destination_client_id,
        (SELECT d.name FROM alert_destination d WHERE d.id = destination_id) AS destination,
        (SELECT d.address FROM alert_destination d WHERE d.id = destination_id) AS address,
        (SELECT d.signing FROM alert_destination d WHERE d.id = destination_id) AS signing
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

  static final String BOUNCED =
      """
      INSERT INTO mail_bounce (email, at, reason) VALUES (lower($1), $2, $3)
      ON CONFLICT (email) DO UPDATE SET at = excluded.at, reason = excluded.reason
      """;

  static final String NOT_BOUNCED =
      "DELETE FROM mail_bounce WHERE email = lower($1) AND NOT returned";
}
