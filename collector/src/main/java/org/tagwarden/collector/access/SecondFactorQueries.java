package org.tagwarden.collector.access;

/** The SQL of the second factor. */
final class SecondFactorQueries {
  static final String STATE =
      """
      SELECT t.confirmed_at,
             (SELECT count(*) FROM recovery_code c
              WHERE c.person_id = t.person_id AND c.used_at IS NULL)::int AS codes_left
      FROM person_totp t WHERE t.person_id = $1
      """;

  /** Nothing when one is in force: it has to be switched off first. */
  static final String BEGIN =
      """
      INSERT INTO person_totp AS t (person_id, sealed, begun_at) VALUES ($1, $2, $3)
      ON CONFLICT (person_id) DO UPDATE
        SET sealed = excluded.sealed, secret = NULL, last_step = 0, begun_at = excluded.begun_at
        WHERE t.confirmed_at IS NULL
      RETURNING person_id
      """;

  static final String PENDING =
      """
      SELECT secret, sealed FROM person_totp
      WHERE person_id = $1 AND confirmed_at IS NULL AND begun_at > $2
      """;

  static final String SECRET =
      "SELECT secret, sealed, last_step, confirmed_at FROM person_totp WHERE person_id = $1";

  /** Changes one row for exactly one of two who send the same code at the same moment. */
  static final String USE_STEP =
      "UPDATE person_totp SET last_step = $2 WHERE person_id = $1 AND last_step < $2";

  static final String CONFIRM =
      """
      UPDATE person_totp SET confirmed_at = $2
      WHERE person_id = $1 AND confirmed_at IS NULL AND begun_at > $3
      """;

  static final String INSERT_CODE =
      "INSERT INTO recovery_code (person_id, code_sha256) VALUES ($1, $2)";

  static final String USE_CODE =
      """
      UPDATE recovery_code SET used_at = $3
      WHERE person_id = $1 AND code_sha256 = $2 AND used_at IS NULL
      """;

  /** What an earlier version has stored. */
  static final String IN_CLEAR =
      "SELECT person_id, secret FROM person_totp WHERE secret IS NOT NULL FOR UPDATE";

  static final String SEAL =
      "UPDATE person_totp SET sealed = $2, secret = NULL WHERE person_id = $1";

  static final String SHRED = "VACUUM FULL person_totp";

  /** Those that do not begin as what this server's key has sealed. */
  static final String OTHER_KEY =
      """
      SELECT count(*)::int AS count FROM person_totp
      WHERE confirmed_at IS NOT NULL AND substr(sealed, 1, length($1::bytea)) <> $1::bytea
      """;

  static final String DELETE = "DELETE FROM person_totp WHERE person_id = $1";

  static final String DELETE_CODES = "DELETE FROM recovery_code WHERE person_id = $1";

  private SecondFactorQueries() {}
}
