package org.tagwarden.collector.access;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.db.SqlTime;

/** Reads people out of rows: one row per membership. */
final class PersonRows {
  private PersonRows() {}

  /** Folds a row per membership into people, in the rows' order. */
  static List<Person> people(RowSet<Row> rows) {
    Map<Integer, List<Row>> byId = new LinkedHashMap<>();
    for (Row row : rows)
      byId.computeIfAbsent(row.getInteger("id"), id -> new ArrayList<>()).add(row);
    return byId.values().stream().map(PersonRows::person).toList();
  }

  private static Person person(List<Row> memberships) {
    Row first = memberships.get(0);
    Role everywhere = null;
    Map<Integer, Role> roles = new HashMap<>();
    for (Row row : memberships) {
      if (row.getString("role") == null) continue;
      Role role = Role.of(row.getString("role"));
      Integer clientId = row.getInteger("client_id");
      if (clientId == null) everywhere = role;
      else roles.put(clientId, role);
    }
    return new Person(
        first.getInteger("id"),
        first.getString("email"),
        first.getString("name"),
        everywhere,
        roles,
        SqlTime.instant(first, "created_at"),
        SqlTime.instantOrNull(first, "disabled_at"));
  }
}
