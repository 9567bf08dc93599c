package org.tagwarden.collector.findings;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes showings. Joins the caller's transaction, which holds the site's lock. */
public final class ShowingQueries {
  private static final String READ =
      "SELECT subject_id, first_visit, missed, missing_since, gone FROM showing WHERE watch_id = $1 AND what = $2";

  private static final String PUT =
      """
      INSERT INTO showing (watch_id, what, subject_id, first_visit, missed, missing_since, gone)
      SELECT $1, $2, u.* FROM unnest($3::int[], $4::int[], $5::int[], $6::int[], $7::bool[]) AS u
      ON CONFLICT (watch_id, what, subject_id) DO UPDATE SET
        first_visit = excluded.first_visit, missed = excluded.missed, missing_since = excluded.missing_since, gone = excluded.gone
      """;

  private ShowingQueries() {}

  /** What is watched there, by id. */
  public static Future<Map<Integer, Showing>> read(SqlConnection tx, int watchId, String what) {
    return tx.preparedQuery(READ)
        .execute(tuple(watchId, what))
        .map(
            rows -> {
              Map<Integer, Showing> showings = new HashMap<>();
              for (Row row : rows) {
                showings.put(
                    row.getInteger("subject_id"),
                    new Showing(
                        row.getInteger("first_visit"),
                        row.getInteger("missed"),
                        row.getInteger("missing_since"),
                        row.getBoolean("gone")));
              }
              return showings;
            });
  }

  /** Writes those that changed. */
  public static Future<Void> put(
      SqlConnection tx, int watchId, String what, Map<Integer, Showing> changed) {
    if (changed.isEmpty()) return Future.succeededFuture();
    List<Map.Entry<Integer, Showing>> all = List.copyOf(changed.entrySet());
    return tx.preparedQuery(PUT)
        .execute(
            tuple(
                watchId,
                what,
                all.stream().map(Map.Entry::getKey).toArray(Integer[]::new),
                all.stream().map(e -> e.getValue().firstVisit()).toArray(Integer[]::new),
                all.stream().map(e -> e.getValue().missed()).toArray(Integer[]::new),
                all.stream().map(e -> e.getValue().missingSince()).toArray(Integer[]::new),
                all.stream().map(e -> e.getValue().gone()).toArray(Boolean[]::new)))
        .mapEmpty();
  }
}
