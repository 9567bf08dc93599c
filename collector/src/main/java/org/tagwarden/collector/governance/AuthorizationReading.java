package org.tagwarden.collector.governance;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Verdict;

/** Authorizations and their history, read from the pool or within a transaction. */
final class AuthorizationReading {
  private AuthorizationReading() {}

  /** What holds on a site, as this connection sees it. */
  static Future<Authorizations> ofSite(SqlClient client, int siteId) {
    return list(client, GovernanceQueries.OF_SITE, Tuple.of(siteId)).map(Authorizations::of);
  }

  /** The newest change's number, to compare with {@link SiteDecisions#version()}. */
  static Future<Integer> version(SqlClient client, int siteId) {
    return client
        .preparedQuery(GovernanceQueries.VERSION)
        .execute(Tuple.of(siteId))
        .map(rows -> rows.size() == 0 ? 0 : rows.iterator().next().getInteger("version"));
  }

  static Future<List<Authorization>> list(SqlClient client, String sql, Tuple values) {
    return client.preparedQuery(sql).execute(values).map(AuthorizationReading::authorizations);
  }

  private static List<Authorization> authorizations(RowSet<Row> rows) {
    List<Authorization> all = new ArrayList<>(rows.size());
    for (Row row : rows) all.add(AuthorizationRow.read(row));
    return all;
  }

  static Future<List<AuthorizationChange>> changes(SqlClient client, String sql, Tuple values) {
    return client
        .preparedQuery(sql)
        .execute(values)
        .map(
            rows -> {
              List<AuthorizationChange> changes = new ArrayList<>(rows.size());
              for (Row row : rows) changes.add(change(row));
              return changes;
            });
  }

  private static AuthorizationChange change(Row row) {
    return new AuthorizationChange(
        row.getInteger("id"),
        row.getInteger("authorization_id"),
        row.getInteger("site_id"),
        AuthorizationRow.subject(row),
        AuthorizationChange.Action.valueOf(row.getString("action")),
        Verdict.valueOf(row.getString("verdict")),
        row.getString("justification"),
        row.getString("by_name"),
        row.getString("by_role"),
        SqlTime.instant(row, "at"),
        row.getJsonObject("terms"));
  }
}
