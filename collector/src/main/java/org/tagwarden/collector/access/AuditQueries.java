package org.tagwarden.collector.access;

/** The SQL of the audit log. */
final class AuditQueries {
  static final String INSERT =
      """
      INSERT INTO audit_entry
        (at, who, way, way_id, address, client_id, action, subject, before, after)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """;

  /**
   * $1: clients that may be read, null: all, and what concerns none; $2-$6: filters; $7: newest.
   */
  static final String ENTRIES =
      """
      SELECT e.seq, e.at, e.who, e.way, t.name AS token, e.address, e.client_id,
             c.name AS client, e.action, e.subject, e.detail, e.before, e.after,
             encode(e.hash, 'hex') AS hash
      FROM audit_entry e
      LEFT JOIN client c ON c.id = e.client_id
      LEFT JOIN api_token t ON e.way = 'token' AND t.id = e.way_id
      WHERE ($1::int[] IS NULL OR e.client_id = ANY ($1))
        AND ($2::text IS NULL OR e.who = $2)
        AND ($3::int IS NULL OR e.client_id = $3)
        AND ($4::timestamptz IS NULL OR e.at >= $4)
        AND ($5::timestamptz IS NULL OR e.at < $5)
        AND ($6::bigint IS NULL OR e.seq < $6)
      ORDER BY e.seq DESC
      LIMIT $7
      """;

  /** Everybody who did something that may be read, for the filter. */
  static final String DOERS =
      """
      SELECT DISTINCT e.who FROM audit_entry e
      WHERE $1::int[] IS NULL OR e.client_id = ANY ($1)
      ORDER BY e.who
      """;

  static final String TEXTS =
      """
      SELECT e.seq, audit_text(e) AS text, encode(e.hash, 'hex') AS hash
      FROM audit_entry e WHERE e.seq > $1 ORDER BY e.seq LIMIT $2
      """;

  static final String HASH_OF =
      "SELECT encode(hash, 'hex') AS hash FROM audit_entry WHERE seq = $1";

  /** $1: of this key; $2-$3: after and up to which entry. */
  static final String SEALS =
      """
      SELECT seq, encode(hash, 'hex') AS hash, at, encode(signature, 'base64') AS signature
      FROM audit_seal WHERE key = $1 AND seq > $2 AND seq <= $3 ORDER BY seq
      """;

  static final String NEWEST_SEAL =
      """
      SELECT seq, encode(hash, 'hex') AS hash, at, encode(signature, 'base64') AS signature
      FROM audit_seal WHERE key = $1 ORDER BY seq DESC LIMIT 1
      """;

  /** Of two servers that seal the same entry one does. */
  static final String INSERT_SEAL =
      """
      INSERT INTO audit_seal (seq, hash, at, key, signature) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (seq) DO NOTHING
      """;

  private AuditQueries() {}
}
