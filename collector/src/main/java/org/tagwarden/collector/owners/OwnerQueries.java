package org.tagwarden.collector.owners;

/** The SQL of owners and escalation paths. */
final class OwnerQueries {
  private OwnerQueries() {}

  /** Owners of a site and its tags. $1 site. */
  static final String OF_SITE =
      """
      SELECT id, site_id, tag_key, duty, rank, name, email, review_on, review_months, version
      FROM ownership WHERE site_id = $1
      ORDER BY tag_key, duty DESC, rank DESC
      """;

  /**
   * Who holds an office, locked until the transaction ends. $1 site, $2 tag or '', $3 duty, $4
   * rank.
   */
  static final String HOLDER =
      """
      SELECT id, site_id, tag_key, duty, rank, name, email, review_on, review_months, version
      FROM ownership WHERE site_id = $1 AND tag_key = $2 AND duty = $3 AND rank = $4 FOR UPDATE
      """;

  /** One of a site, locked. $1 owner, $2 site. */
  static final String ONE =
      """
      SELECT id, site_id, tag_key, duty, rank, name, email, review_on, review_months, version
      FROM ownership WHERE id = $1 AND site_id = $2 FOR UPDATE
      """;

  /** Those of them who can still be asked: whose account was not closed. $1 site. */
  static final String PRESENT =
      """
      SELECT o.id, o.site_id, o.tag_key, o.duty, o.rank, o.name, o.email, o.review_on,
             EXISTS (SELECT FROM mail_bounce b WHERE b.returned AND b.email = lower(o.email))
               OR EXISTS (SELECT FROM alert_opt_out x WHERE x.site_id = $1 AND x.email = lower(o.email)) AS unreached
      FROM ownership o
      WHERE o.site_id = $1 AND NOT EXISTS (
        SELECT FROM person p WHERE lower(p.email) = lower(o.email) AND p.disabled_at IS NOT NULL)
      ORDER BY o.tag_key, o.duty DESC, o.rank DESC
      """;

  /**
   * $1 site, $2 tag or '', $3 duty, $4 rank, $5 name, $6 email, $7 review, $8 now, $9 months.
   * Another address, or another person, starts with a clean slate.
   */
  static final String ASSIGN =
      """
      INSERT INTO ownership (site_id, tag_key, duty, rank, name, email, review_on, set_at, review_months)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (site_id, tag_key, duty, rank) DO UPDATE
        SET name = excluded.name, email = excluded.email, review_on = excluded.review_on, set_at = excluded.set_at,
            review_months = excluded.review_months, reminded_for = NULL, review_alert = NULL, not_needed_at = NULL,
            version = ownership.version + 1
      RETURNING id
      """;

  static final String WITHDRAW = "DELETE FROM ownership WHERE id = $1";

  /** Every owner who cannot be relied on, with the reason. $1 today, $2 site or null. */
  static final String ORPHANED =
      """
      SELECT o.id, o.site_id, o.tag_key, o.duty, o.rank, o.name, o.email, o.review_on,
             coalesce(t.product, '') AS product, t.id AS tag_id,
             EXISTS (SELECT FROM person p WHERE lower(p.email) = lower(o.email) AND p.disabled_at IS NOT NULL) AS gone,
             b.reason AS bounce, o.review_on < $1 AS overdue, o.not_needed_at IS NOT NULL AS unneeded
      FROM ownership o
      LEFT JOIN tag t ON t.site_id = o.site_id AND t.key = o.tag_key AND o.tag_key <> ''
      LEFT JOIN mail_bounce b ON b.email = lower(o.email)
      JOIN site s ON s.id = o.site_id
      WHERE s.archived_at IS NULL AND ($2::int IS NULL OR o.site_id = $2)
      ORDER BY o.site_id, o.id
      """;

  /** Sites without an owner of their own. $1 site or null. */
  static final String WITHOUT_OWNER =
      """
      SELECT s.id AS site_id
      FROM site s
      WHERE s.archived_at IS NULL AND ($1::int IS NULL OR s.id = $1) AND NOT EXISTS (
        SELECT FROM ownership o WHERE o.site_id = s.id AND o.tag_key = '' AND o.rank = 'OWNER')
      ORDER BY s.id
      """;

  /**
   * Addresses besides the owners' that sites rely on and that mails do not reach. $1 site or null.
   */
  static final String UNREACHED =
      """
      SELECT s.id AS site_id, used.what, b.email, b.reason
      FROM site s
      CROSS JOIN LATERAL (
        SELECT e.email, 'alert address' AS what FROM unnest(s.alert_emails) AS e (email)
        UNION
        SELECT step ->> 'contact', 'address on the escalation path'
        FROM (SELECT p.steps FROM escalation_path p
              WHERE p.client_id = s.client_id AND (p.site_id = s.id OR p.site_id IS NULL)
              ORDER BY p.site_id NULLS LAST LIMIT 1) AS path
        CROSS JOIN jsonb_array_elements(path.steps) AS step) AS used
      JOIN mail_bounce b ON b.email = lower(used.email)
      WHERE s.archived_at IS NULL AND ($1::int IS NULL OR s.id = $1)
      ORDER BY s.id, used.what, b.email
      """;

  /** The site's own path, or else its client's. $1 site. */
  static final String PATH =
      """
      SELECT p.client_id, p.site_id, p.time_zone, p.work_days, p.work_from, p.work_until, p.always_from, p.steps, p.version,
             ARRAY(SELECT lower(step ->> 'contact') FROM jsonb_array_elements(p.steps) AS step
                   WHERE EXISTS (SELECT FROM mail_bounce b WHERE b.returned AND b.email = lower(step ->> 'contact'))
                     OR EXISTS (SELECT FROM alert_opt_out x WHERE x.site_id = s.id AND x.email = lower(step ->> 'contact')))
               AS unreached
      FROM escalation_path p JOIN site s ON s.client_id = p.client_id
      WHERE s.id = $1 AND (p.site_id = s.id OR p.site_id IS NULL)
      ORDER BY p.site_id NULLS LAST LIMIT 1
      """;

  /** A client's own path or one of its sites', locked. $1 client, $2 site or null. */
  static final String OWN_PATH =
      """
      SELECT p.client_id, p.site_id, p.time_zone, p.work_days, p.work_from, p.work_until, p.always_from, p.steps, p.version
      FROM escalation_path p WHERE p.client_id = $1 AND p.site_id IS NOT DISTINCT FROM $2 FOR UPDATE
      """;

  /** $1 client, $2 site or null, $3 zone, $4 days, $5 from, $6 until, $7 always from, $8 steps. */
  static final String SET_PATH =
      """
      INSERT INTO escalation_path (client_id, site_id, time_zone, work_days, work_from, work_until, always_from, steps)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (client_id, site_id) DO UPDATE
        SET time_zone = excluded.time_zone, work_days = excluded.work_days, work_from = excluded.work_from,
            work_until = excluded.work_until, always_from = excluded.always_from, steps = excluded.steps,
            version = escalation_path.version + 1
      """;

  static final String REMOVE_PATH =
      "DELETE FROM escalation_path WHERE client_id = $1 AND site_id IS NOT DISTINCT FROM $2 RETURNING *";
}
