package org.tagwarden.collector.access;

/** The SQL of single sign-on. */
final class OidcQueries {
  static final String PERSON_OF =
      "SELECT person_id FROM person_identity WHERE issuer = $1 AND subject = $2";

  static final String KNOWS =
      """
      SELECT EXISTS (
        SELECT FROM person_identity
        WHERE person_id = $1 AND rtrim(issuer, '/') = rtrim($2::text, '/')
      ) AS there
      """;

  static final String REMEMBER =
      "INSERT INTO person_identity (issuer, subject, person_id) VALUES ($1, $2, $3)";

  static final String CLIENTS = "SELECT id, name FROM client";

  private OidcQueries() {}
}
