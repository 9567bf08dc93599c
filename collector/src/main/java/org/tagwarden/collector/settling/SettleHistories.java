package org.tagwarden.collector.settling;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import org.tagwarden.collector.db.SqlTime;

/** Reads what a site's last scans tell about settling. */
public final class SettleHistories {
  /** $1 site, $2 how many scans, $3 a long look's milliseconds. */
  private static final String HISTORY =
      """
      WITH recent AS (
        SELECT id, settle_ms, created_at FROM scan
        WHERE site_id = $1 AND kind = 'VISITS' AND state = 'DONE' AND settle_ms IS NOT NULL
          AND visits > failed_visits
        ORDER BY created_at DESC LIMIT $2
      )
      SELECT (SELECT count(*)::int FROM recent) AS scans,
             (SELECT min(created_at) FROM recent) AS first_at,
             (SELECT max(created_at) FROM recent WHERE settle_ms >= $3) AS long_look_at,
             max(v.late_ms) AS latest_ms,
             max(r.settle_ms) FILTER (WHERE v.settle_short) AS short_at_ms
      FROM recent r JOIN page_visit v
        ON v.scan_id = r.id AND v.site_id = $1 AND v.outcome = 'COMPLETE' AND v.late_ms IS NOT NULL
      """;

  private SettleHistories() {}

  /** The history of this site, as this connection sees it. */
  public static Future<SettleHistory> of(SqlConnection connection, int siteId) {
    return connection
        .preparedQuery(HISTORY)
        .execute(Tuple.of(siteId, SettleTime.REMEMBERED, SettleTime.LONGEST_MS))
        .map(rows -> history(rows.iterator().next()));
  }

  private static SettleHistory history(Row row) {
    return new SettleHistory(
        row.getInteger("scans"),
        SqlTime.instantOrNull(row, "first_at"),
        row.getInteger("latest_ms"),
        row.getInteger("short_at_ms"),
        SqlTime.instantOrNull(row, "long_look_at"));
  }
}
