package org.tagwarden.collector.governance;

/** The decision book's SQL. */
final class GovernanceQueries {
  private GovernanceQueries() {}

  static final String CLIENT_OF_SITE = "SELECT client_id FROM site WHERE id = $1";

  static final String INSERT =
      """
      INSERT INTO decision (site_id, tag_key, script_sha256, state, justification, decided_by, decided_by_name, decided_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      RETURNING id
      """;

  /** The newest decision of each subject of a site, and the newest id of all as the version. */
  static final String CURRENT =
      """
      SELECT DISTINCT ON (tag_key, script_sha256) tag_key, script_sha256, state,
             (SELECT max(id) FROM decision WHERE site_id = $1) AS version
      FROM decision
      WHERE site_id = $1
      ORDER BY tag_key, script_sha256, id DESC
      """;

  static final String VERSION =
      "SELECT coalesce(max(id), 0) AS version FROM decision WHERE site_id = $1";

  /** $1 site, $2 tag key or null, $3 script hash or null. */
  static final String HISTORY =
      """
      SELECT id, tag_key, script_sha256, state, justification, decided_by_name, decided_at
      FROM decision
      WHERE site_id = $1 AND (tag_key = $2::text OR script_sha256 = $3::bytea)
      ORDER BY id DESC
      """;

  static final String AUDIT =
      """
      INSERT INTO audit_entry (at, who, client_id, action, subject, detail)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;
}
