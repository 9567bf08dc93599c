package org.tagwarden.collector.alerts;

/** The SQL of destinations. */
final class DestinationQueries {
  private DestinationQueries() {}

  /** $1 clients or null, $2 one of them or null. */
  static final String LIST =
      """
      SELECT id AS destination_id, client_id AS destination_client_id, name AS destination, channel, address, signing
      FROM alert_destination
      WHERE ($1::int[] IS NULL OR client_id = ANY($1)) AND ($2::int IS NULL OR id = $2)
      ORDER BY client_id, name
      """;

  static final String ADD =
      """
      INSERT INTO alert_destination (client_id, name, channel, address, signing, created_at)
      VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (client_id, name) DO NOTHING RETURNING id
      """;

  static final String REMOVE = "DELETE FROM alert_destination WHERE id = $1";
}
