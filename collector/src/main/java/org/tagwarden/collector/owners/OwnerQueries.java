package org.tagwarden.collector.owners;

/** The SQL of owners and escalation paths. */
final class OwnerQueries {
  private OwnerQueries() {}

  /** Owners of a site and its tags. $1 site. */
  static final String OF_SITE =
      """
      SELECT id, site_id, tag_key, duty, rank, name, email, review_on
      FROM ownership WHERE site_id = $1
      ORDER BY tag_key, duty DESC, rank DESC
      """;

  /** Those of them who can still be asked: whose account was not closed. $1 site. */
  static final String PRESENT =
      """
      SELECT o.id, o.site_id, o.tag_key, o.duty, o.rank, o.name, o.email, o.review_on
      FROM ownership o
      WHERE o.site_id = $1 AND NOT EXISTS (
        SELECT FROM person p WHERE lower(p.email) = lower(o.email) AND p.disabled_at IS NOT NULL)
      ORDER BY o.tag_key, o.duty DESC, o.rank DESC
      """;

  /** $1 site, $2 tag or '', $3 duty, $4 rank, $5 name, $6 email, $7 review, $8 now. */
  static final String ASSIGN =
      """
      INSERT INTO ownership (site_id, tag_key, duty, rank, name, email, review_on, set_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (site_id, tag_key, duty, rank) DO UPDATE
        SET name = excluded.name, email = excluded.email, review_on = excluded.review_on, set_at = excluded.set_at,
            reminded_for = NULL, not_needed_at = NULL
      """;

  static final String WITHDRAW =
      "DELETE FROM ownership WHERE id = $1 AND site_id = $2 RETURNING tag_key, duty, rank, name";

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

  /** The site's own path, or else its client's. $1 site. */
  static final String PATH =
      """
      SELECT p.client_id, p.site_id, p.time_zone, p.work_days, p.work_from, p.work_until, p.always_from, p.steps
      FROM escalation_path p JOIN site s ON s.client_id = p.client_id
      WHERE s.id = $1 AND (p.site_id = s.id OR p.site_id IS NULL)
      ORDER BY p.site_id NULLS LAST LIMIT 1
      """;

  /** $1 client ids or null. */
  static final String PATHS =
      """
      SELECT p.id, p.client_id, p.site_id, p.time_zone, p.work_days, p.work_from, p.work_until, p.always_from, p.steps
      FROM escalation_path p WHERE $1::int[] IS NULL OR p.client_id = ANY($1)
      ORDER BY p.client_id, p.site_id NULLS FIRST
      """;

  /** $1 client, $2 site or null, $3 zone, $4 days, $5 from, $6 until, $7 always from, $8 steps. */
  static final String SET_PATH =
      """
      INSERT INTO escalation_path (client_id, site_id, time_zone, work_days, work_from, work_until, always_from, steps)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (client_id, site_id) DO UPDATE
        SET time_zone = excluded.time_zone, work_days = excluded.work_days, work_from = excluded.work_from,
            work_until = excluded.work_until, always_from = excluded.always_from, steps = excluded.steps
      """;

  static final String REMOVE_PATH =
      "DELETE FROM escalation_path WHERE client_id = $1 AND site_id IS NOT DISTINCT FROM $2 RETURNING *";
}
