package org.tagwarden.dashboard.pages.findings;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.ClientScope;
import org.tagwarden.collector.changes.LookedAgain;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.dashboard.pages.visit.PagesView;
import org.tagwarden.dashboard.view.Display;
import org.tagwarden.dashboard.web.Rows;

/** The SQL of findings; always narrowed to the clients that may be read. */
final class FindingQueries {
  static final int MOST = 300;

  /** $1 clients, $2 now. Who takes care counts while it is younger than the last bad change. */
  private static final String COLUMNS =
      """
      SELECT f.id, f.site_id, s.name AS site, c.name AS client, f.check_id, f.subject, f.tag_id,
             t.product, f.severity, f.state, f.summary, f.evidence, f.remedy, f.pages,
             f.opened_at, f.last_seen_at, f.resolved_at, k.by_name AS taken_by, m.until AS muted_until
      FROM finding f JOIN site s ON s.id = f.site_id JOIN client c ON c.id = s.client_id
      LEFT JOIN tag t ON t.id = f.tag_id
      LEFT JOIN finding_mute m ON m.finding_id = f.id AND m.until > $2
      LEFT JOIN finding_acknowledgement k ON k.finding_id = f.id AND k.at >= coalesce(
        (SELECT max(b.at) FROM finding_change b WHERE b.finding_id = f.id AND b.change <> 'RESOLVED'), k.at)
      WHERE ($1::int[] IS NULL OR s.client_id = ANY($1))
      """;

  private static final String LIST =
      COLUMNS
          + """
            AND s.archived_at IS NULL
            AND ($3::int IS NULL OR f.site_id = $3)
            AND ($4 = '' OR f.severity = $4) AND ($6 = '' OR f.check_id = $6)
            AND ($5 = 'all' OR f.state = CASE WHEN $5 = 'RESOLVED' THEN 'RESOLVED' ELSE 'OPEN' END)
            AND ($5 <> 'UNTAKEN' OR (k.by_name IS NULL AND m.until IS NULL))
            AND ($5 <> 'MUTED' OR m.until IS NOT NULL)
            AND ($7 = '' OR position(lower($7) IN lower(f.summary || ' ' || f.subject)) > 0)
          ORDER BY f.state, array_position(ARRAY['CRITICAL','HIGH','MEDIUM','LOW'], f.severity), f.opened_at DESC, f.id
          LIMIT 301
          """;

  private static final String ONE = COLUMNS + " AND f.site_id = $3 AND f.id = $4";

  private static final String PAGES =
      """
      SELECT p.url, s.consent, s.journey, s.journey_page, s.choice_made, s.visit_id
      FROM finding f JOIN page p ON p.site_id = f.site_id AND p.id = ANY(f.pages)
      LEFT JOIN page_state s ON s.site_id = f.site_id AND s.page_id = p.id AND s.id = ANY(f.states)
      WHERE f.site_id = $1 AND f.id = $2
      ORDER BY p.url, s.journey, s.journey_page, array_position(ARRAY['NONE','ACCEPT','REJECT','GPC'], s.consent)
      LIMIT 200
      """;

  private static final String CHANGES =
      """
      SELECT fc.change, fc.at, fc.reason, h.until AS held_until, h.result AS looked_again, (SELECT v.scan_id FROM page_visit v WHERE v.site_id = f.site_id AND v.id = fc.visit_id LIMIT 1) AS scan_id,
             ARRAY(SELECT a.channel || ' to ' || a.recipient || ': ' || lower(a.state) FROM alert a JOIN alert_item i ON i.alert_id = a.id
                   WHERE i.change_id = fc.id ORDER BY a.recipient) AS alerts
      FROM finding_change fc JOIN finding f ON f.id = fc.finding_id LEFT JOIN held_change h ON h.change_id = fc.id
      WHERE f.site_id = $1 AND f.id = $2 ORDER BY fc.at DESC, fc.id DESC LIMIT 100
      """;

  private static final String PER_DAY =
      """
      SELECT d.day, sum(d.open_low)::float8 AS low, sum(d.open_medium)::float8 AS medium,
             sum(d.open_high)::float8 AS high, sum(d.open_critical)::float8 AS critical
      FROM site_day d JOIN site s ON s.id = d.site_id
      WHERE ($1::int[] IS NULL OR s.client_id = ANY($1)) AND s.archived_at IS NULL
        AND ($2::int IS NULL OR d.site_id = $2) AND d.day > $3
      GROUP BY d.day ORDER BY d.day
      """;

  /** Open findings on a day. */
  record Day(LocalDate day, double low, double medium, double high, double critical) {}

  private final Database database;

  FindingQueries(Database database) {
    this.database = database;
  }

  Future<List<FindingRow>> list(
      ClientScope scope, @Nullable Integer siteId, FindingFilter filter, Instant now) {
    return Rows.list(
        database,
        LIST,
        FindingQueries::finding,
        scope.parameter(),
        SqlTime.of(now),
        siteId,
        filter.severity(),
        filter.state(),
        filter.check(),
        filter.search());
  }

  Future<@Nullable FindingRow> one(ClientScope scope, int siteId, int id, Instant now) {
    return Rows.first(
        database, ONE, FindingQueries::finding, scope.parameter(), SqlTime.of(now), siteId, id);
  }

  Future<List<FindingView.FailingPage>> pages(int siteId, int findingId) {
    return Rows.list(database, PAGES, row -> row, siteId, findingId)
        .map(
            rows -> {
              Map<String, List<PagesView.SeenLine>> byUrl = new LinkedHashMap<>();
              for (Row row : rows) {
                var seen = byUrl.computeIfAbsent(row.getString("url"), url -> new ArrayList<>());
                if (row.getUUID("visit_id") != null) seen.add(seen(row));
              }
              List<FindingView.FailingPage> pages = new ArrayList<>();
              byUrl.forEach((url, seen) -> pages.add(new FindingView.FailingPage(url, seen)));
              return pages;
            });
  }

  private static PagesView.SeenLine seen(Row row) {
    return new PagesView.SeenLine(
        row.getString("consent"),
        row.getString("journey"),
        row.getShort("journey_page"),
        row.getBoolean("choice_made"),
        row.getUUID("visit_id"));
  }

  Future<List<FindingView.Change>> changes(int siteId, int findingId) {
    return Rows.list(
        database,
        CHANGES,
        row ->
            new FindingView.Change(
                row.getString("change"),
                Rows.instant(row, "at"),
                row.getUUID("scan_id") == null ? null : row.getUUID("scan_id").toString(),
                row.getString("reason"),
                lookedAgain(row),
                Rows.texts(row, "alerts")),
        siteId,
        findingId);
  }

  private static String lookedAgain(Row row) {
    Instant until = Rows.instantOrNull(row, "held_until");
    if (until == null) return "";
    String result = row.getString("looked_again");
    if (result != null) return LookedAgain.valueOf(result).sentence();
    return "not yet, and nobody is told before somebody has, until "
        + Display.time(until)
        + " at the latest.";
  }

  Future<List<Day>> perDay(ClientScope scope, @Nullable Integer siteId, LocalDate after) {
    return Rows.list(
        database,
        PER_DAY,
        row ->
            new Day(
                row.getLocalDate("day"),
                row.getDouble("low"),
                row.getDouble("medium"),
                row.getDouble("high"),
                row.getDouble("critical")),
        scope.parameter(),
        siteId,
        after);
  }

  private static FindingRow finding(Row row) {
    return new FindingRow(
        row.getInteger("id"),
        row.getInteger("site_id"),
        row.getString("site"),
        row.getString("client"),
        row.getString("check_id"),
        row.getString("subject"),
        row.getInteger("tag_id"),
        row.getString("product"),
        row.getString("severity"),
        row.getString("state"),
        row.getString("summary"),
        lines(row.getJsonArray("evidence")),
        row.getString("remedy"),
        row.getArrayOfIntegers("pages").length,
        Rows.instant(row, "opened_at"),
        Rows.instant(row, "last_seen_at"),
        Rows.instantOrNull(row, "resolved_at"),
        row.getString("taken_by"),
        Rows.instantOrNull(row, "muted_until"));
  }

  private static List<String> lines(JsonArray array) {
    return array.stream().map(String::valueOf).toList();
  }
}
