package org.tagwarden.dashboard.pages.visit;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.Database;
import org.tagwarden.dashboard.pages.visit.PagesView.PageLine;
import org.tagwarden.dashboard.pages.visit.PagesView.SeenLine;
import org.tagwarden.dashboard.pages.visit.VisitView.VisitLine;
import org.tagwarden.dashboard.web.Rows;

/** The SQL of the pages of a site. Every statement is bound to the site that was checked before. */
final class VisitQueries {
  /** $1 site, $2 part of the address, $3 most pages. */
  private static final String PAGES =
      """
      WITH shown AS (
        SELECT p.id, p.url, EXISTS (SELECT FROM page_state s WHERE s.page_id = p.id AND s.payment) AS payment
        FROM page p
        WHERE p.site_id = $1 AND ($2 = '' OR strpos(lower(p.url), lower($2)) > 0)
        ORDER BY payment DESC, p.url LIMIT $3
      ), failing AS (
        SELECT page_id, count(*)::int AS findings FROM finding f, unnest(f.pages) AS page_id
        WHERE f.site_id = $1 AND f.state = 'OPEN' GROUP BY page_id
      )
      SELECT p.id, p.url, p.payment, coalesce(f.findings, 0) AS findings,
             (SELECT count(DISTINCT t)::int FROM page_state s, unnest(s.tag_ids) t WHERE s.page_id = p.id) AS tags,
             v.id AS visit, v.outcome, v.started_at, coalesce(jsonb_array_length(v.problems), 0) AS problems
      FROM shown p
      LEFT JOIN failing f ON f.page_id = p.id
      LEFT JOIN LATERAL (
        SELECT id, outcome, started_at, problems FROM page_visit
        WHERE site_id = $1 AND page_id = p.id ORDER BY started_at DESC LIMIT 1) v ON true
      ORDER BY p.payment DESC, p.url
      """;

  private static final String SEEN =
      """
      SELECT page_id, consent, journey, journey_page, choice_made, payment, visit_id
      FROM page_state WHERE site_id = $1 AND page_id = ANY($2::int[])
      ORDER BY journey, journey_page, array_position(ARRAY['NONE','ACCEPT','REJECT','GPC'], consent)
      """;

  private static final String VISIT =
      "SELECT page_id, scan_id FROM page_visit WHERE site_id = $1 AND started_at = $2 AND id = $3";

  private static final String VISITS =
      """
      SELECT id, started_at, outcome, consent, journey, journey_page, requests, jsonb_array_length(problems) AS problems
      FROM page_visit WHERE site_id = $1 AND page_id = $2 ORDER BY started_at DESC LIMIT 12
      """;

  private static final String TAG_IDS = "SELECT id, key FROM tag WHERE site_id = $1";

  /** Where a visit belongs. */
  record Place(int pageId, UUID scanId) {}

  /** The ways in which a page is seen, and whether any of them marked it as a payment page. */
  record Seen(List<SeenLine> lines, boolean payment) {}

  private final Database database;

  VisitQueries(Database database) {
    this.database = database;
  }

  Future<List<PageLine>> pages(int siteId, String search, int most) {
    return Rows.list(database, PAGES, row -> row, siteId, search, most)
        .compose(
            rows -> {
              Integer[] ids = rows.stream().map(r -> r.getInteger("id")).toArray(Integer[]::new);
              return seen(siteId, ids).map(seen -> lines(rows, seen));
            });
  }

  private static List<PageLine> lines(List<Row> rows, Map<Integer, Seen> seen) {
    List<PageLine> lines = new ArrayList<>();
    for (Row row : rows) {
      Seen ways = seen.getOrDefault(row.getInteger("id"), new Seen(List.of(), false));
      lines.add(
          new PageLine(
              row.getString("url"),
              row.getBoolean("payment"),
              row.getInteger("tags"),
              row.getInteger("findings"),
              ways.lines(),
              row.getUUID("visit"),
              row.getString("outcome"),
              row.getInteger("problems"),
              Rows.instantOrNull(row, "started_at")));
    }
    return lines;
  }

  Future<Seen> seen(int siteId, int pageId) {
    return seen(siteId, new Integer[] {pageId})
        .map(seen -> seen.getOrDefault(pageId, new Seen(List.of(), false)));
  }

  private Future<Map<Integer, Seen>> seen(int siteId, Integer[] pageIds) {
    return Rows.list(database, SEEN, row -> row, siteId, (Object) pageIds)
        .map(
            rows -> {
              Map<Integer, Seen> byPage = new HashMap<>();
              for (Row row : rows) {
                Seen before =
                    byPage.getOrDefault(
                        row.getInteger("page_id"), new Seen(new ArrayList<>(), false));
                before.lines().add(seenLine(row));
                byPage.put(
                    row.getInteger("page_id"),
                    new Seen(before.lines(), before.payment() || row.getBoolean("payment")));
              }
              return byPage;
            });
  }

  private static SeenLine seenLine(Row row) {
    return new SeenLine(
        row.getString("consent"),
        row.getString("journey"),
        row.getShort("journey_page"),
        row.getBoolean("choice_made"),
        row.getUUID("visit_id"));
  }

  Future<@Nullable Place> place(int siteId, Instant startedAt, UUID visitId) {
    return Rows.first(
        database,
        VISIT,
        row -> new Place(row.getInteger("page_id"), row.getUUID("scan_id")),
        siteId,
        startedAt.atOffset(ZoneOffset.UTC),
        visitId);
  }

  Future<List<VisitLine>> visits(int siteId, int pageId) {
    return Rows.list(
        database,
        VISITS,
        row ->
            new VisitLine(
                row.getUUID("id"),
                Rows.instant(row, "started_at"),
                row.getString("outcome"),
                row.getString("consent"),
                row.getString("journey"),
                row.getShort("journey_page"),
                row.getInteger("requests"),
                row.getInteger("problems")),
        siteId,
        pageId);
  }

  Future<Map<String, Integer>> tagIds(int siteId) {
    return Rows.list(database, TAG_IDS, row -> row, siteId)
        .map(
            rows -> {
              Map<String, Integer> ids = new HashMap<>();
              for (Row row : rows) ids.put(row.getString("key"), row.getInteger("id"));
              return ids;
            });
  }
}
