package org.tagwarden.collector.access;

/** The SQL of invitations. */
final class InvitationQueries {
  private static final String COLUMNS =
      """
       i.id, i.email, i.name, i.client_id, c.name AS client, i.role, i.invited_by,
       i.invited_by_name, i.created_at, i.expires_at
      """;

  /** The client's name; nothing when there is no such client. */
  static final String CLIENT = "SELECT name FROM client WHERE id = $1";

  /** Whether whoever has this address has a role there already. */
  static final String IS_MEMBER =
      """
      SELECT EXISTS (
        SELECT FROM membership m JOIN person p ON p.id = m.person_id
        WHERE lower(p.email) = $1 AND m.client_id IS NOT DISTINCT FROM $2
      ) AS there
      """;

  /**
   * A newer invitation replaces the older one. $6: the inviting person; $7: or the token, which
   * acts for whoever made it.
   */
  static final String INVITE =
      """
      INSERT INTO invitation AS i
        (token_sha256, email, name, client_id, role, invited_by, invited_by_name, created_at,
         expires_at)
      SELECT $1::bytea, $2::text, $3::text, $4::int, $5::text,
        coalesce($6::int, (SELECT created_by FROM api_token WHERE id = $7::int)), $8::text,
        $9::timestamptz, $10::timestamptz
      ON CONFLICT (email, client_id) DO UPDATE
        SET token_sha256 = excluded.token_sha256, name = excluded.name, role = excluded.role,
            invited_by = excluded.invited_by, invited_by_name = excluded.invited_by_name,
            created_at = excluded.created_at, expires_at = excluded.expires_at
      RETURNING id
      """;

  static final String IN_SCOPE =
      "SELECT"
          + COLUMNS
          + """
      FROM invitation i LEFT JOIN client c ON c.id = i.client_id
      WHERE $1::int[] IS NULL OR i.client_id = ANY($1)
      ORDER BY i.created_at, i.id
      """;

  static final String ONE =
      "SELECT"
          + COLUMNS
          + """
      FROM invitation i LEFT JOIN client c ON c.id = i.client_id
      WHERE i.id = $1 AND ($2::int[] IS NULL OR i.client_id = ANY($2))
      """;

  static final String OF_TOKEN =
      "SELECT"
          + COLUMNS
          + """
      FROM invitation i LEFT JOIN client c ON c.id = i.client_id
      WHERE i.token_sha256 = $1 AND i.expires_at > $2
      """;

  /** Deletes one row for exactly one of two who accept or withdraw at the same moment. */
  static final String DELETE = "DELETE FROM invitation WHERE id = $1";

  private InvitationQueries() {}
}
