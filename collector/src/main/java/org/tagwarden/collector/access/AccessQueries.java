package org.tagwarden.collector.access;

/** The SQL of people, sessions, tokens and links. */
final class AccessQueries {
  /** One row per membership, or one with nulls for a person without any. */
  static final String PEOPLE =
      """
      SELECT p.id, p.email, p.name, p.password_hash, p.created_at, p.disabled_at, m.client_id, m.role
      FROM person p LEFT JOIN membership m ON m.person_id = p.id
      """;

  static final String PERSON_BY_ID = PEOPLE + "WHERE p.id = $1";
  static final String PERSON_BY_EMAIL = PEOPLE + "WHERE lower(p.email) = $1";
  static final String PEOPLE_IN_SCOPE =
      PEOPLE
          + """
          WHERE $1::int[] IS NULL
             OR p.id IN (SELECT person_id FROM membership WHERE client_id = ANY($1))
          ORDER BY p.name, p.id
          """;

  static final String INSERT_PERSON =
      """
      INSERT INTO person (email, name, password_hash, created_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (lower(email)) DO NOTHING
      RETURNING id
      """;

  static final String SET_PASSWORD = "UPDATE person SET password_hash = $2 WHERE id = $1";

  static final String SET_ROLE =
      """
      INSERT INTO membership (person_id, client_id, role) VALUES ($1, $2, $3)
      ON CONFLICT (person_id, client_id) DO UPDATE SET role = excluded.role
      """;

  static final String WITHDRAW_ROLE =
      "DELETE FROM membership WHERE person_id = $1 AND client_id IS NOT DISTINCT FROM $2";

  /** An account that was closed and is opened again keeps its roles. */
  static final String CLOSE_PERSON = "UPDATE person SET disabled_at = $2 WHERE id = $1";

  /** Somebody else who can still do everything. */
  static final String OTHER_ADMIN =
      """
      SELECT EXISTS (
        SELECT FROM membership m JOIN person p ON p.id = m.person_id
        WHERE m.client_id IS NULL AND m.role = 'admin' AND p.disabled_at IS NULL AND p.id <> $1
      ) AS there
      """;

  /** Until the transaction ends. */
  static final String LOCK_ADMINS = "SELECT pg_advisory_xact_lock(1635087732, 2)";

  static final String INSERT_SESSION =
      """
      INSERT INTO web_session (token_sha256, person_id, csrf, created_at, expires_at, ask_again_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  /** $2: ask again then; $3: at the latest; $4: seconds that a session lasts from its beginning. */
  static final String PROLONG_SESSION =
      """
      UPDATE web_session
      SET ask_again_at = $2,
          expires_at = least($3::timestamptz, created_at + make_interval(secs => $4::float8))
      WHERE token_sha256 = $1
      RETURNING expires_at
      """;

  static final String SESSION =
      """
      SELECT s.csrf, s.expires_at, s.ask_again_at,
             p.id, p.email, p.name, p.created_at, p.disabled_at, m.client_id, m.role
      FROM web_session s
      JOIN person p ON p.id = s.person_id
      LEFT JOIN membership m ON m.person_id = p.id
      WHERE s.token_sha256 = $1 AND s.expires_at > $2 AND p.disabled_at IS NULL
      """;

  static final String DELETE_SESSION = "DELETE FROM web_session WHERE token_sha256 = $1";
  static final String DELETE_SESSIONS_OF = "DELETE FROM web_session WHERE person_id = $1";

  /**
   * What a person made stops with that person's right to make it; a scanner's token, which can do
   * least, goes on: sites must not be without a watch because somebody left.
   */
  private static final String STOPPED =
      """
      (role <> 'scanner' AND created_by IS NOT NULL AND NOT EXISTS (
        SELECT FROM person p JOIN membership m ON m.person_id = p.id
        WHERE p.id = api_token.created_by AND p.disabled_at IS NULL AND m.role = 'admin'
          AND (m.client_id IS NULL OR m.client_id = api_token.client_id)))
      """;

  private static final String TOKEN_COLUMNS =
      " id, name, client_id, site_id, role, created_at, expires_at, last_used_at, "
          + STOPPED
          + " AS stopped, (SELECT p.name FROM person p WHERE p.id = api_token.created_by) AS made_by ";

  /** Nothing when the site is none of that client. $9: the token that makes it, for its maker. */
  static final String INSERT_TOKEN =
      """
      INSERT INTO api_token
        (token_sha256, name, client_id, role, created_by, created_at, expires_at, site_id)
      SELECT $1::bytea, $2::text, $3::int, $4::text,
        coalesce($5::int, (SELECT created_by FROM api_token WHERE id = $9::int)),
        $6::timestamptz, $7::timestamptz, $8::int
      WHERE $8::int IS NULL OR EXISTS (SELECT FROM site WHERE id = $8 AND client_id = $3)
      RETURNING
      """
          + TOKEN_COLUMNS;

  static final String TOKENS_IN_SCOPE =
      "SELECT"
          + TOKEN_COLUMNS
          + """
      FROM api_token
      WHERE $1::int[] IS NULL OR client_id = ANY($1)
      ORDER BY id
      """;

  static final String TOKEN =
      "SELECT"
          + TOKEN_COLUMNS
          + """
      FROM api_token
      WHERE token_sha256 = $1 AND (expires_at IS NULL OR expires_at > $2) AND NOT
      """
          + STOPPED;

  /** At most one write a minute: a scanner calls every few seconds. */
  static final String TOKEN_USED =
      """
      UPDATE api_token SET last_used_at = $2
      WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')
      """;

  static final String DELETE_TOKEN =
      """
      DELETE FROM api_token WHERE id = $1 AND ($2::int[] IS NULL OR client_id = ANY($2))
      RETURNING
      """
          + TOKEN_COLUMNS;

  static final String INSERT_LINK =
      """
      INSERT INTO one_time_link (token_sha256, purpose, person_id, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5)
      """;

  static final String LINK =
      """
      SELECT purpose, person_id FROM one_time_link
      WHERE token_sha256 = $1 AND used_at IS NULL AND expires_at > $2
      """;

  /** Changes one row for exactly one of two who use the link at the same moment. */
  static final String USE_LINK =
      """
      UPDATE one_time_link SET used_at = $3
      WHERE token_sha256 = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
      RETURNING person_id
      """;

  static final String DELETE_LINKS_OF =
      """
      DELETE FROM one_time_link
      WHERE person_id = $1 AND purpose IN ('invite', 'reset') AND used_at IS NULL
      """;

  /** Also half a sign-in, and a sign-in link. */
  static final String DELETE_ALL_LINKS_OF =
      "DELETE FROM one_time_link WHERE person_id = $1 AND used_at IS NULL";

  /** Whose unused link it is. */
  static final String LINK_OF =
      """
      SELECT person_id FROM one_time_link
      WHERE token_sha256 = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
      """;

  static final String HAS_PASSWORD =
      "SELECT id FROM person WHERE id = $1 AND password_hash IS NOT NULL";

  static final String WITH_PASSWORD_BY_EMAIL =
      PEOPLE
          + " WHERE lower(p.email) = $1 AND p.password_hash IS NOT NULL AND p.disabled_at IS NULL";

  static final String DELETE_OPEN_SETUP_LINKS =
      "DELETE FROM one_time_link WHERE purpose = 'setup' AND used_at IS NULL";

  static final String ANY_PERSON = "SELECT EXISTS (SELECT FROM person) AS there";

  private AccessQueries() {}
}
