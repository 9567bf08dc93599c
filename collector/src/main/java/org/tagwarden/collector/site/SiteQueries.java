package org.tagwarden.collector.site;

/** The SQL of clients and sites. */
final class SiteQueries {
  static final String INSERT_CLIENT =
      """
      INSERT INTO client (name, created_at) VALUES ($1, $2)
      ON CONFLICT (name) DO NOTHING
      RETURNING id, name, created_at
      """;

  static final String RENAME_CLIENT =
      """
      UPDATE client SET name = $2
      WHERE id = $1 AND NOT EXISTS (SELECT FROM client other WHERE other.name = $2 AND other.id <> $1)
      RETURNING id, name, created_at
      """;

  static final String CLIENTS =
      """
      SELECT id, name, created_at FROM client
      WHERE ($1::int[] IS NULL OR id = ANY($1)) AND ($2::int IS NULL OR id = $2)
      ORDER BY lower(name)
      """;

  private static final String COLUMNS =
      """
      s.id, s.client_id, c.name AS client_name, s.name, s.base_url, s.first_party, s.page_kind,
      s.page_urls, s.page_limit, s.page_rules, s.options, s.settle_auto, s.recipe_text, s.journeys_text,
      s.sign_in_text, s.lighthouse, s.alert_emails, s.created_at, s.archived_at
      """;

  /** $1: clients in scope, $2: one site or null for all, $3: whether archived ones are wanted. */
  static final String SITES =
      "SELECT "
          + COLUMNS
          + """
          FROM site s JOIN client c ON c.id = s.client_id
          WHERE ($1::int[] IS NULL OR s.client_id = ANY($1))
            AND ($2::int IS NULL OR s.id = $2)
            AND ($3::boolean OR s.archived_at IS NULL)
          ORDER BY lower(c.name), lower(s.name)
          """;

  static final String INSERT_SITE =
      """
      INSERT INTO site (client_id, name, base_url, first_party, page_kind, page_urls, page_limit,
                        page_rules, options, settle_auto, recipe_text, journeys_text, sign_in_text,
                        journeys, sign_in, lighthouse, alert_emails, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
      ON CONFLICT (client_id, name) DO NOTHING
      RETURNING id
      """;

  static final String UPDATE_SITE =
      """
      UPDATE site SET name = $3, base_url = $4, first_party = $5, page_kind = $6, page_urls = $7,
                      page_limit = $8, page_rules = $9, options = $10, settle_auto = $11,
                      recipe_text = $12, journeys_text = $13, sign_in_text = $14, journeys = $15,
                      sign_in = $16, lighthouse = $17, alert_emails = $18
      WHERE id = $1
        AND NOT EXISTS (SELECT FROM site o WHERE o.client_id = $2 AND o.name = $3 AND o.id <> $1)
      RETURNING id
      """;

  static final String ARCHIVE_SITE = "UPDATE site SET archived_at = $2 WHERE id = $1";

  private SiteQueries() {}
}
