package org.tagwarden.dashboard.pages.tag;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.governance.TagStates;
import org.tagwarden.collector.vendors.Container;
import org.tagwarden.dashboard.evidence.VisitEvidence;
import org.tagwarden.dashboard.web.Rows;
import org.tagwarden.report.ConsentState;

/** The SQL of a tag's page. Every statement is bound to the site that was checked before. */
final class TagQueries {
  private static final String TAG =
      """
      SELECT t.* FROM tag t WHERE t.site_id = $1 AND t.id = $2
      """;

  private static final String CHAIN =
      """
      WITH RECURSIVE chain AS (
        SELECT id, key, product, load_method, loader_key, loader_url, container_id, 1 AS step, ARRAY[key] AS seen
        FROM tag WHERE site_id = $1 AND id = $2
        UNION ALL
        SELECT t.id, t.key, t.product, t.load_method, t.loader_key, t.loader_url, t.container_id, c.step + 1,
               c.seen || t.key
        FROM chain c JOIN tag t ON t.site_id = $1 AND t.key = c.loader_key
        WHERE t.key <> ALL (c.seen) AND c.step < 8)
      SELECT c.id, c.product, c.load_method, c.loader_url, c.container_id,
             (SELECT versions ->> c.container_id FROM tag WHERE site_id = $1 AND key = c.loader_key) AS container_version
      FROM chain c ORDER BY c.step
      """;

  private static final String PAGES =
      """
      SELECT p.url, max(s.seen_at) AS seen_at, (array_agg(s.visit_id ORDER BY s.seen_at DESC))[1] AS visit
      FROM page_state s JOIN page p ON p.id = s.page_id
      WHERE s.site_id = $1 AND s.tag_ids @> ARRAY[$2::int] GROUP BY p.url ORDER BY p.url LIMIT 200
      """;

  private static final String STATES =
      """
      SELECT s.consent, bool_or(s.choice_made) AS chosen, count(DISTINCT s.page_id)::int AS pages,
             count(DISTINCT s.page_id) FILTER (WHERE $2 = ANY (s.tag_ids))::int AS carrying,
             count(DISTINCT s.page_id) FILTER (WHERE $2 = ANY (s.early_tag_ids))::int AS early
      FROM page_state s WHERE s.site_id = $1
      GROUP BY s.consent ORDER BY array_position(ARRAY['NONE','ACCEPT','REJECT','GPC'], s.consent)
      """;

  private static final String SCRIPTS =
      """
      SELECT encode(v.sha256, 'hex') AS sha256, r.url, s.kind, v.length, s.first_seen, s.last_seen
      FROM site_script s JOIN script_version v ON v.id = s.script_id
      LEFT JOIN resource r ON r.id = s.resource_id
      WHERE s.site_id = $1 AND s.tag_id = $2 ORDER BY s.last_seen DESC, s.first_seen DESC LIMIT 100
      """;

  private static final String FINDINGS =
      """
      SELECT id, severity, summary, opened_at FROM finding
      WHERE site_id = $1 AND tag_id = $2 AND state = 'OPEN'
      ORDER BY array_position(ARRAY['CRITICAL','HIGH','MEDIUM','LOW'], severity), opened_at DESC
      """;

  private static final String DAYS =
      """
      SELECT d.day, s.visits, coalesce(t.firings, 0) AS firings, coalesce(t.requests, 0) AS requests,
             coalesce(t.bytes, 0) AS bytes, coalesce(t.load_ms, 0) AS load_ms,
             coalesce(t.cpu_ms, 0)::float8 AS cpu_ms, coalesce(t.blocking_ms, 0)::float8 AS blocking_ms
      FROM site_day s
      CROSS JOIN LATERAL (SELECT s.day) d
      LEFT JOIN tag_day t ON t.site_id = s.site_id AND t.day = s.day AND t.tag_id = $2
      WHERE s.site_id = $1 AND s.day BETWEEN $3 AND $4 ORDER BY s.day
      """;

  private static final String HAS_SCRIPT =
      """
      SELECT 1 AS one FROM site_script s JOIN script_version v ON v.id = s.script_id
      WHERE s.site_id = $1 AND s.tag_id = $2 AND v.sha256 = $3
      """;

  /** A day of the tag's cost. */
  record Day(
      LocalDate day,
      int visits,
      int firings,
      long requests,
      long bytes,
      long loadMs,
      double cpuMs,
      double blockingMs) {}

  private final Database database;

  TagQueries(Database database) {
    this.database = database;
  }

  Future<TagView.@Nullable Facts> tag(int siteId, int tagId, TagStates states) {
    return Rows.first(database, TAG, row -> facts(row, states), siteId, tagId);
  }

  Future<List<TagView.Link>> chain(int siteId, int tagId) {
    return Rows.list(database, CHAIN, TagQueries::link, siteId, tagId);
  }

  Future<List<TagView.PageLine>> pages(int siteId, int tagId) {
    return Rows.list(
        database,
        PAGES,
        row ->
            new TagView.PageLine(
                row.getString("url"), Rows.instant(row, "seen_at"), row.getUUID("visit")),
        siteId,
        tagId);
  }

  Future<List<TagView.StateLine>> states(int siteId, int tagId) {
    return Rows.list(
        database,
        STATES,
        row ->
            new TagView.StateLine(
                VisitEvidence.words(ConsentState.valueOf(row.getString("consent"))),
                row.getBoolean("chosen"),
                row.getInteger("pages"),
                row.getInteger("carrying"),
                row.getInteger("early")),
        siteId,
        tagId);
  }

  Future<List<TagView.ScriptLine>> scripts(int siteId, int tagId) {
    return Rows.list(
        database,
        SCRIPTS,
        row ->
            new TagView.ScriptLine(
                row.getString("sha256"),
                row.getString("url"),
                row.getString("kind"),
                row.getLong("length"),
                Rows.instant(row, "first_seen"),
                Rows.instant(row, "last_seen"),
                null),
        siteId,
        tagId);
  }

  Future<Boolean> hasScript(int siteId, int tagId, String sha256) {
    Buffer hash = Buffer.buffer(HexFormat.of().parseHex(sha256));
    return Rows.list(database, HAS_SCRIPT, row -> 1, siteId, tagId, hash).map(l -> !l.isEmpty());
  }

  Future<List<TagView.FindingLine>> findings(int siteId, int tagId) {
    return Rows.list(
        database,
        FINDINGS,
        row ->
            new TagView.FindingLine(
                row.getInteger("id"),
                row.getString("severity"),
                row.getString("summary"),
                Rows.instant(row, "opened_at")),
        siteId,
        tagId);
  }

  Future<List<Day>> days(int siteId, int tagId, LocalDate first, LocalDate last) {
    return Rows.list(database, DAYS, TagQueries::day, siteId, tagId, first, last);
  }

  private static TagView.Link link(Row row) {
    String id = row.getString("container_id");
    String container =
        id == null ? null : new Container(id, row.getString("container_version")).words();
    return new TagView.Link(
        row.getInteger("id"),
        row.getString("product"),
        row.getString("load_method"),
        row.getString("loader_url"),
        container);
  }

  private static TagView.Facts facts(Row row, TagStates states) {
    return new TagView.Facts(
        row.getInteger("id"),
        row.getString("key"),
        row.getString("vendor"),
        row.getString("product"),
        row.getString("category"),
        row.getBoolean("known"),
        Rows.texts(row, "account_ids"),
        Rows.textByKey(row, "versions"),
        Rows.texts(row, "hosts"),
        row.getString("load_method"),
        row.getString("loader_key"),
        row.getString("loader_url"),
        row.getInteger("pages"),
        Rows.instant(row, "first_seen"),
        Rows.instant(row, "last_seen"),
        states.state(row.getString("vendor"), row.getString("key")));
  }

  private static Day day(Row row) {
    return new Day(
        row.getLocalDate("day"),
        row.getInteger("visits"),
        row.getInteger("firings"),
        row.getLong("requests"),
        row.getLong("bytes"),
        row.getLong("load_ms"),
        row.getDouble("cpu_ms"),
        row.getDouble("blocking_ms"));
  }
}
