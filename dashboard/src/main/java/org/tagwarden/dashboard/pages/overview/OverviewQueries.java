package org.tagwarden.dashboard.pages.overview;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.access.ClientScope;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.TagStates;
import org.tagwarden.dashboard.pages.overview.OverviewView.SiteLine;
import org.tagwarden.dashboard.view.Spark;
import org.tagwarden.dashboard.web.Rows;

/** The overview's SQL. */
final class OverviewQueries {
  private static final String SITES =
      """
      SELECT s.id, s.client_id, s.name, s.base_url,
             scan.state AS scan_state, scan.failed_visits, done.finished_at, next.next_run_at,
             coalesce(f.critical, 0)::int AS critical, coalesce(f.high, 0)::int AS high,
             coalesce(f.medium, 0)::int AS medium, coalesce(f.low, 0)::int AS low,
             coalesce(lh.lcp, visit.lcp)::float8 AS lcp,
             ARRAY(SELECT d.tags::bigint FROM site_day d
                   WHERE d.site_id = s.id AND d.day > $2::date - 30 ORDER BY d.day) AS sprawl
      FROM site s
      LEFT JOIN LATERAL (
        SELECT state, failed_visits FROM scan WHERE site_id = s.id AND kind = 'VISITS'
        ORDER BY created_at DESC LIMIT 1) scan ON true
      LEFT JOIN LATERAL (
        SELECT finished_at FROM scan
        WHERE site_id = s.id AND kind = 'VISITS' AND state = 'DONE'
        ORDER BY created_at DESC LIMIT 1) done ON true
      LEFT JOIN LATERAL (
        SELECT min(next_run_at) AS next_run_at FROM scan_schedule
        WHERE site_id = s.id AND enabled AND kind = 'VISITS') next ON true
      LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE severity = 'CRITICAL') AS critical,
               count(*) FILTER (WHERE severity = 'HIGH') AS high,
               count(*) FILTER (WHERE severity = 'MEDIUM') AS medium,
               count(*) FILTER (WHERE severity = 'LOW') AS low
        FROM finding WHERE site_id = s.id AND state = 'OPEN') f ON true
      LEFT JOIN LATERAL (
        SELECT lcp_ms AS lcp FROM lighthouse_run WHERE site_id = s.id AND problem IS NULL AND lcp_ms >= 0
        ORDER BY started_at DESC LIMIT 1) lh ON true
      LEFT JOIN LATERAL (
        SELECT avg(lcp_ms) AS lcp FROM (
          SELECT lcp_ms FROM page_visit WHERE site_id = s.id AND lcp_ms >= 0
          ORDER BY started_at DESC LIMIT 10) last) visit ON true
      WHERE ($1::int[] IS NULL OR s.client_id = ANY($1)) AND s.archived_at IS NULL
      ORDER BY s.name
      """;

  private static final String TAGS =
      """
      SELECT t.site_id, t.vendor, t.key FROM tag t JOIN site s ON s.id = t.site_id
      WHERE ($1::int[] IS NULL OR s.client_id = ANY($1)) AND s.archived_at IS NULL AND t.pages > 0
      """;

  /** How many tags a site has now, and how many of them nobody approved. */
  private static final class Count {
    private int tags;
    private int unapproved;
  }

  private final Database database;
  private final AuthorizationBook authorizations;

  OverviewQueries(Database database, AuthorizationBook authorizations) {
    this.database = database;
    this.authorizations = authorizations;
  }

  /** All questions are asked at once. */
  Future<List<SiteLine>> sites(ClientScope scope, java.time.LocalDate today) {
    var states = authorizations.tagStates(scope);
    var tags = database.pool().preparedQuery(TAGS).execute(SqlValues.tuple(scope.parameter()));
    var sites =
        database.pool().preparedQuery(SITES).execute(SqlValues.tuple(scope.parameter(), today));
    return Future.all(states, tags, sites)
        .map(
            all -> {
              Map<Integer, Count> counts = new HashMap<>();
              for (Row tag : tags.result()) {
                Count count = counts.computeIfAbsent(tag.getInteger("site_id"), id -> new Count());
                String state =
                    states
                        .result()
                        .of(tag.getInteger("site_id"))
                        .state(tag.getString("vendor"), tag.getString("key"))
                        .word();
                count.tags++;
                if (!state.equals(TagStates.APPROVED)) count.unapproved++;
              }
              List<SiteLine> lines = new ArrayList<>();
              for (Row row : sites.result()) {
                lines.add(line(row, counts.getOrDefault(row.getInteger("id"), new Count())));
              }
              return lines;
            });
  }

  private static SiteLine line(Row row, Count count) {
    return new SiteLine(
        row.getInteger("id"),
        row.getInteger("client_id"),
        row.getString("name"),
        row.getString("base_url"),
        row.getString("scan_state"),
        row.getInteger("failed_visits") == null ? 0 : row.getInteger("failed_visits"),
        Rows.instantOrNull(row, "finished_at"),
        Rows.instantOrNull(row, "next_run_at"),
        count.tags,
        count.unapproved,
        row.getInteger("critical"),
        row.getInteger("high"),
        row.getInteger("medium"),
        row.getInteger("low"),
        row.getDouble("lcp"),
        Spark.of(Rows.longs(row, "sprawl"), "Tags over the last 30 days"));
  }
}
