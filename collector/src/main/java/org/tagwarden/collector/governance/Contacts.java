package org.tagwarden.collector.governance;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tagwarden.collector.access.ClientScope;
import org.tagwarden.collector.db.Database;

/**
 * Who can be named as owner or deputy of an authorization: people of the client, owners of its
 * sites and tags, and whoever was named before. An authorization keeps the words that were written;
 * who they mean is looked up when it is saved ({@code contact_email}), so that it is noticed when
 * that contact leaves.
 */
public final class Contacts {
  /** $1 clients, or null for all. */
  private static final String KNOWN =
      """
      SELECT DISTINCT ON (email) name, email FROM (
        SELECT o.name, lower(o.email) AS email, 1 AS rank FROM ownership o JOIN site s ON s.id = o.site_id
        WHERE $1::int[] IS NULL OR s.client_id = ANY ($1)
        UNION ALL
        SELECT p.name, lower(p.email), 0 FROM person p JOIN membership m ON m.person_id = p.id
        WHERE p.disabled_at IS NULL AND ($1::int[] IS NULL OR m.client_id = ANY ($1) OR m.client_id IS NULL)
        UNION ALL
        SELECT '', k.email, 2 FROM tag_authorization a CROSS JOIN LATERAL (VALUES (a.owner_email), (a.deputy_email)) k (email)
        WHERE a.withdrawn_at IS NULL AND k.email IS NOT NULL AND ($1::int[] IS NULL OR a.client_id = ANY ($1))) c
      WHERE NOT EXISTS (SELECT FROM person g WHERE lower(g.email) = c.email AND g.disabled_at IS NOT NULL)
      ORDER BY email, rank, name
      LIMIT 500
      """;

  /** $1 authorization. */
  private static final String UNKNOWN =
      """
      SELECT k.field FROM tag_authorization a
      CROSS JOIN LATERAL (VALUES ('owner', a.owner, a.owner_email), ('deputy', a.deputy, a.deputy_email))
        k (field, said, email)
      WHERE a.id = $1 AND k.said <> '' AND k.email IS NULL
      """;

  private final Database database;

  public Contacts(Database database) {
    this.database = database;
  }

  /** As they are written in a field: "Ada Lovelace <ada@shop.example>", or the address alone. */
  public Future<List<String>> known(ClientScope scope) {
    return database
        .pool()
        .preparedQuery(KNOWN)
        .execute(tuple(scope.parameter()))
        .map(
            rows -> {
              List<String> known = new ArrayList<>();
              for (Row row : rows)
                known.add(written(row.getString("name"), row.getString("email")));
              return known;
            });
  }

  /** Which of an authorization's "owner" and "deputy" mean nobody that is known. */
  public Future<Set<String>> unknown(int authorizationId) {
    return database
        .pool()
        .preparedQuery(UNKNOWN)
        .execute(tuple(authorizationId))
        .map(
            rows -> {
              Set<String> unknown = new TreeSet<>();
              for (Row row : rows) unknown.add(row.getString("field"));
              return unknown;
            });
  }

  private static String written(String name, String email) {
    return name.isBlank() || name.equalsIgnoreCase(email) ? email : name + " <" + email + ">";
  }
}
