package org.tagwarden.collector.governance;

/** The SQL of authorizations and their history. */
final class GovernanceQueries {
  private GovernanceQueries() {}

  static final String CLIENT_OF_SITE = "SELECT client_id FROM site WHERE id = $1";

  /** Two who change a client's authorizations at once do so one after the other. */
  static final String LOCK_CLIENT = "SELECT pg_advisory_xact_lock($1, $2)";

  private static final String COLUMNS =
      """
      SELECT a.id, a.client_id, a.site_id, a.pages, a.subject_kind, a.subject, a.verdict, a.reason, a.justification,
             a.justified_by, a.justified_at, a.decided_by_name, a.decided_by_role, a.decided_at, a.owner, a.deputy,
             a.expires_on, a.review_on, a.envelope, a.version, a.withdrawn_at
      FROM tag_authorization a
      """;

  /** $1 site: what holds on it, with the version by which stale judgements are recognised. */
  static final String OF_SITE =
      COLUMNS
          + """
          WHERE a.client_id = (SELECT client_id FROM site WHERE id = $1) AND (a.site_id IS NULL OR a.site_id = $1)
            AND a.withdrawn_at IS NULL
          ORDER BY a.id
          """;

  static final String OF_CLIENT =
      COLUMNS + "WHERE a.client_id = $1 AND a.withdrawn_at IS NULL ORDER BY a.id";

  /** $1 clients, or null for all. */
  static final String OF_CLIENTS =
      COLUMNS
          + "WHERE ($1::int[] IS NULL OR a.client_id = ANY($1)) AND a.withdrawn_at IS NULL ORDER BY a.id";

  static final String BY_ID = COLUMNS + "WHERE a.id = $1";

  /** $1 client, $2 site or null, $3 pages, $4 kind of subject, $5 subject: the one that holds. */
  static final String BY_SUBJECT =
      COLUMNS
          + """
          WHERE a.client_id = $1 AND a.site_id IS NOT DISTINCT FROM $2::int AND a.pages = $3
            AND a.subject_kind = $4 AND a.subject = $5 AND a.withdrawn_at IS NULL
          """;

  /**
   * $1 site. Two look-ups of the newest change: of the site's own authorizations, and of its
   * client's for all sites.
   */
  static final String VERSION =
      """
      SELECT greatest(
        (SELECT max(id) FROM authorization_change WHERE client_id = s.client_id AND site_id = s.id),
        (SELECT max(id) FROM authorization_change WHERE client_id = s.client_id AND site_id IS NULL), 0) AS version
      FROM site s WHERE s.id = $1
      """;

  static final String INSERT =
      """
      INSERT INTO tag_authorization (client_id, site_id, pages, subject_kind, subject, verdict, reason, justification,
        justified_by, justified_at, decided_by, decided_by_name, decided_by_role, decided_at, owner, deputy, expires_on,
        review_on, envelope, owner_email, deputy_email)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        contact_email($1, $15), contact_email($1, $16))
      RETURNING id, version
      """;

  static final String UPDATE =
      """
      UPDATE tag_authorization SET verdict = $2, reason = $3, justification = $4, justified_by = $5, justified_at = $6,
        decided_by = $7, decided_by_name = $8, decided_by_role = $9, decided_at = $10, owner = $11, deputy = $12,
        expires_on = $13, review_on = $14, envelope = $15, version = version + 1, not_needed_at = NULL,
        owner_email = contact_email(client_id, $11), deputy_email = contact_email(client_id, $12)
      WHERE id = $1
      RETURNING id, version
      """;

  static final String WITHDRAW =
      "UPDATE tag_authorization SET withdrawn_at = $2, version = version + 1 WHERE id = $1 AND withdrawn_at IS NULL";

  static final String CHANGE =
      """
      INSERT INTO authorization_change (authorization_id, client_id, site_id, action, verdict, justification,
        by_id, by_name, by_role, at, terms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      RETURNING id
      """;

  private static final String CHANGES =
      """
      SELECT c.id, c.authorization_id, c.site_id, c.action, c.verdict, c.justification, c.by_name, c.by_role, c.at, c.terms,
             a.pages, a.subject_kind, a.subject
      FROM authorization_change c JOIN tag_authorization a ON a.id = c.authorization_id
      """;

  static final String HISTORY = CHANGES + "WHERE c.authorization_id = $1 ORDER BY c.id DESC";

  static final String NEWEST_CHANGE = HISTORY + " LIMIT 1";

  /** $1 site, $2 kinds and $3 subjects: of the site's own authorizations and its client's. */
  static final String HISTORY_OF_SUBJECTS =
      CHANGES
          + """
          WHERE a.client_id = (SELECT client_id FROM site WHERE id = $1) AND (a.site_id IS NULL OR a.site_id = $1)
            AND (a.subject_kind, a.subject) IN (SELECT * FROM unnest($2::text[], $3::text[]))
          ORDER BY c.id DESC LIMIT 200
          """;

  /** $1 person, $2 client: as which role somebody decides. */
  static final String ROLE =
      """
      SELECT role FROM membership WHERE person_id = $1 AND (client_id = $2 OR client_id IS NULL)
      ORDER BY array_position(ARRAY['admin', 'approver', 'requester', 'viewer', 'auditor'], role) LIMIT 1
      """;

  /**
   * $1 site, $2 checks: open findings that a decision may settle, each with the scripts that the
   * pages on which it fails carry now.
   */
  static final String SETTLEABLE =
      """
      SELECT f.id, f.check_id, f.subject, t.key AS tag_key, t.vendor, now.url, now.sha256, coalesce(now.payment, false) AS payment
      FROM finding f
      JOIN tag t ON t.id = f.tag_id
      LEFT JOIN LATERAL (
        SELECT DISTINCT r.url, encode(v.sha256, 'hex') AS sha256, p.payment
        FROM page_state p
        JOIN site_script c ON c.site_id = p.site_id AND c.script_id = ANY (p.script_ids) AND c.tag_id = f.tag_id
        JOIN resource r ON r.id = c.resource_id
        JOIN script_version v ON v.id = c.script_id
        WHERE p.site_id = f.site_id AND p.id = ANY (f.states)) now ON true
      WHERE f.site_id = $1 AND f.state = 'OPEN' AND f.check_id = ANY ($2::text[])
      """;

  static final String SITES_OF_CLIENTS =
      "SELECT id, client_id FROM site WHERE $1::int[] IS NULL OR client_id = ANY($1)";

  static final String SITES_OF_CLIENT = "SELECT id FROM site WHERE client_id = $1 ORDER BY id";
}
