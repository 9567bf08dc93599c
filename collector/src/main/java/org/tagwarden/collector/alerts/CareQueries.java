package org.tagwarden.collector.alerts;

/** The SQL of acknowledging, muting and escalating. */
final class CareQueries {
  private CareQueries() {}

  /** An acknowledgement counts while it is younger than the last bad change of k's finding. */
  private static final String COUNTS =
      """
      k.at >= coalesce((SELECT max(c.at) FROM finding_change c
                        WHERE c.finding_id = k.finding_id AND c.change <> 'RESOLVED'), k.at)
      """;

  /** $1 finding, $2 now. */
  static final String CARE =
      """
      SELECT k.by_name AS acknowledged_by, k.at AS acknowledged_at, m.until AS muted_until,
             coalesce(m.reason, '') AS mute_reason, coalesce(m.by_name, '') AS muted_by, e.next_at
      FROM finding f
      LEFT JOIN finding_acknowledgement k ON k.finding_id = f.id AND %s
      LEFT JOIN finding_mute m ON m.finding_id = f.id AND m.until > $2
      LEFT JOIN escalation e ON e.finding_id = f.id
      WHERE f.id = $1
      """
          .formatted(COUNTS);

  /** Only what is open; whoever was first stays. $1 finding, $2 name, $3 now. */
  static final String ACKNOWLEDGE =
      """
      INSERT INTO finding_acknowledgement AS k (finding_id, by_name, at)
      SELECT id, $2, $3 FROM finding WHERE id = $1 AND state = 'OPEN'
      ON CONFLICT (finding_id) DO UPDATE SET by_name = excluded.by_name, at = excluded.at
      WHERE NOT (%s)
      """
          .formatted(COUNTS);

  /** $1 finding, $2 reason, $3 until, $4 name, $5 now. */
  static final String MUTE =
      """
      INSERT INTO finding_mute (finding_id, severity, reason, until, by_name, at)
      SELECT id, severity, $2, $3, $4, $5 FROM finding WHERE id = $1
      ON CONFLICT (finding_id) DO UPDATE
        SET severity = excluded.severity, reason = excluded.reason, until = excluded.until,
            by_name = excluded.by_name, at = excluded.at, end_told = false
      """;

  /** It is over now. $1 finding, $2 now. */
  static final String UNMUTE =
      "UPDATE finding_mute SET until = $2 WHERE finding_id = $1 AND until > $2";

  /**
   * Mutes of one site that are over and of which nobody was told, noted as told. {@code held}: the
   * finding is open and not worse than when it was muted, so that it was silent till now. $1 now.
   */
  static final String ENDED =
      """
      WITH over AS (
        SELECT m.finding_id FROM finding_mute m JOIN finding f ON f.id = m.finding_id
        WHERE m.until <= $1 AND NOT m.end_told AND f.site_id = (
          SELECT g.site_id FROM finding_mute d JOIN finding g ON g.id = d.finding_id
          WHERE d.until <= $1 AND NOT d.end_told ORDER BY d.until, d.finding_id LIMIT 1)
        ORDER BY m.finding_id LIMIT 500 FOR UPDATE OF m SKIP LOCKED)
      UPDATE finding_mute m SET end_told = true
      FROM over JOIN finding f ON f.id = over.finding_id
      WHERE m.finding_id = over.finding_id
      RETURNING f.site_id, m.finding_id,
        f.state = 'OPEN' AND (SELECT s.archived_at IS NULL FROM site s WHERE s.id = f.site_id) AND array_position(ARRAY['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], f.severity)
          <= array_position(ARRAY['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], m.severity) AS held,
        (SELECT max(c.id) FROM finding_change c WHERE c.finding_id = f.id AND c.change <> 'RESOLVED') AS change_id,
        EXISTS (SELECT FROM finding_acknowledgement k WHERE k.finding_id = f.id AND %s) AS acknowledged
      """
          .formatted(COUNTS);

  /**
   * Takes a finding out of the messages that nobody has claimed, and takes away those that were
   * about nothing else. $1 finding, $2 kinds.
   */
  static final String UNSAY =
      """
      WITH waiting AS (
        SELECT a.id FROM alert a
        WHERE a.state = 'WAITING' AND a.tries = 0 AND a.kind = ANY($2) AND EXISTS (
          SELECT FROM alert_item i JOIN finding_change c ON c.id = i.change_id
          WHERE i.alert_id = a.id AND c.finding_id = $1)
        ORDER BY a.id FOR UPDATE SKIP LOCKED),
      item AS (
        DELETE FROM alert_item i USING finding_change c
        WHERE c.id = i.change_id AND c.finding_id = $1 AND i.alert_id IN (SELECT id FROM waiting))
      DELETE FROM alert a
      WHERE a.id IN (SELECT id FROM waiting) AND NOT EXISTS (
        SELECT FROM alert_item i JOIN finding_change c ON c.id = i.change_id
        WHERE i.alert_id = a.id AND c.finding_id <> $1)
      """;

  /**
   * Who heard of a finding since it opened, when somebody further along the path had to be told of
   * its last opening or worsening. Not whoever takes care of it now. $1 finding, $2 their address.
   */
  static final String TOLD_LATE =
      """
      WITH bad AS (
        SELECT max(c.id) AS last, max(c.id) FILTER (WHERE c.change <> 'WORSENED') AS opening
        FROM finding_change c WHERE c.finding_id = $1 AND c.change <> 'RESOLVED'),
      message AS (
        SELECT a.site_id, a.channel, a.recipient, a.destination_id, a.kind, c.id AS change_id
        FROM alert a JOIN alert_item i ON i.alert_id = a.id JOIN finding_change c ON c.id = i.change_id, bad
        WHERE c.finding_id = $1 AND c.id >= bad.opening AND a.state IN ('SENT', 'SENDING') AND a.kind <> 'TAKEN')
      SELECT DISTINCT ON (m.channel, m.recipient) m.site_id, m.channel, m.recipient, m.destination_id, bad.last AS change_id
      FROM message m, bad
      WHERE EXISTS (SELECT FROM message l WHERE l.kind = 'LATE' AND l.change_id = bad.last)
        AND lower(m.recipient) <> lower($2)
        AND NOT (m.channel = 'email' AND EXISTS (
          SELECT FROM alert_opt_out o WHERE o.site_id = m.site_id AND o.email = lower(m.recipient)))
      ORDER BY m.channel, m.recipient
      """;

  static final String END_ESCALATION = "DELETE FROM escalation WHERE finding_id = $1";

  /** $1 site, $2 finding. */
  static final String CLIENT =
      """
      SELECT s.client_id FROM finding f JOIN site s ON s.id = f.site_id WHERE s.id = $1 AND f.id = $2
      """;

  /**
   * What waits too long on one site, so that it is one message; locked until the transaction ends.
   * $1 now.
   */
  static final String DUE =
      """
      SELECT e.finding_id, e.change_id, e.step, e.next_at, f.site_id, f.severity,
             f.state = 'OPEN' AND (SELECT s.archived_at IS NULL FROM site s WHERE s.id = f.site_id) AS counts, coalesce(t.key, '') AS tag_key,
             EXISTS (SELECT FROM finding_acknowledgement k WHERE k.finding_id = f.id AND %s) AS acknowledged,
             EXISTS (SELECT FROM finding_mute m WHERE m.finding_id = f.id AND m.until > $1
                     AND array_position(ARRAY['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], f.severity)
                      <= array_position(ARRAY['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], m.severity)) AS muted
      FROM escalation e JOIN finding f ON f.id = e.finding_id LEFT JOIN tag t ON t.id = f.tag_id
      WHERE e.next_at <= $1 AND f.site_id = (
        SELECT g.site_id FROM escalation d JOIN finding g ON g.id = d.finding_id
        WHERE d.next_at <= $1 ORDER BY d.next_at, d.finding_id LIMIT 1)
      ORDER BY e.finding_id LIMIT 500 FOR UPDATE OF e SKIP LOCKED
      """
          .formatted(COUNTS);

  /** $1 finding, $2 step, $3 next, $4 now. */
  static final String STEP =
      "UPDATE escalation SET step = $2, next_at = $3, since = $4 WHERE finding_id = $1";

  /** What became of the mail that told somebody of a change. $1 change, $2 address. */
  static final String TOLD_BY_MAIL =
      """
      SELECT a.state, a.sent_at, a.created_at
      FROM alert a JOIN alert_item i ON i.alert_id = a.id
      WHERE i.change_id = $1 AND a.channel = 'email' AND lower(a.recipient) = lower($2)
      ORDER BY a.id DESC LIMIT 1
      """;

  /** What a link in a message is about: its recipient and its findings. $1 alert. */
  static final String OF_ALERT =
      """
      SELECT a.site_id, a.channel, a.recipient, s.client_id, s.name AS site, f.id AS finding_id, f.summary, f.severity,
             f.state, (SELECT k.by_name FROM finding_acknowledgement k WHERE k.finding_id = f.id AND %s) AS acknowledged_by
      FROM alert a JOIN site s ON s.id = a.site_id
      JOIN alert_item i ON i.alert_id = a.id JOIN finding_change c ON c.id = i.change_id JOIN finding f ON f.id = c.finding_id
      WHERE a.id = $1
      GROUP BY a.id, s.id, f.id
      ORDER BY array_position(ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], f.severity), f.id LIMIT 500
      """
          .formatted(COUNTS);

  /** $1 site, $2 email, $3 now. */
  static final String OPT_OUT =
      "INSERT INTO alert_opt_out (site_id, email, at) VALUES ($1, lower($2), $3) ON CONFLICT DO NOTHING";

  /** Mails that have not gone out yet, a digest say. $1 site, $2 email. */
  static final String UNSEND =
      """
      DELETE FROM alert
      WHERE site_id = $1 AND channel = 'email' AND lower(recipient) = lower($2) AND state = 'WAITING' AND kind <> 'REVIEW'
      """;

  /** $1 alert, $2 clients or null, $3 now. Not as an unclaimed one: it takes in nothing more. */
  static final String AGAIN =
      """
      UPDATE alert a SET state = 'WAITING', tries = 1, not_before = $3, claimed_until = NULL
      FROM site s
      WHERE a.id = $1 AND a.state = 'FAILED' AND s.id = a.site_id AND ($2::int[] IS NULL OR s.client_id = ANY($2))
      RETURNING s.client_id, a.recipient
      """;
}
