package org.tagwarden.dashboard.pages.changes;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.ChangeWatch;
import org.tagwarden.collector.db.Database;
import org.tagwarden.dashboard.view.Display;
import org.tagwarden.dashboard.web.Rows;

/** The SQL of changes; the site was narrowed to what may be read before. */
final class ChangeQueries {
  static final int MOST = 300;

  private static final String SELECT =
      """
      SELECT c.id, c.at, c.visit_id::text AS visit_id, p.url AS page, c.kind, c.subject, c.what, c.before, c.after, c.note,
             c.before_id, c.after_id, c.finding_subject, f.id AS finding_id, f.check_id, f.summary, f.severity, f.state,
             a.script_sha256 IS NOT NULL AND c.kind IN ('SCRIPT', 'INLINE') AS readable
      FROM site_change c
      LEFT JOIN page p ON p.id = c.page_id
      LEFT JOIN finding f ON f.site_id = c.site_id AND f.check_id = c.check_id AND f.subject = c.finding_subject
      LEFT JOIN watched b ON b.id = c.before_id
      LEFT JOIN watched a ON a.id = c.after_id
      WHERE c.site_id = $1
      """;

  /** Without the further texts of scripts that change often: those have a list of their own. */
  private static final String LIST =
      SELECT + " AND (c.note <> $2 OR f.id IS NOT NULL) ORDER BY c.at DESC, c.id DESC LIMIT 301";

  /** Scripts with many texts in the month before the newest visit. $1 site, $2 how many. */
  private static final String OFTEN =
      """
      SELECT w.subject, count(DISTINCT w.first_visit)::int AS texts, max(w.first_seen) AS last_at,
             (SELECT max(c.id) FROM site_change c WHERE c.site_id = $1 AND c.kind = 'SCRIPT' AND c.subject = w.subject) AS change_id
      FROM watched w
      WHERE w.site_id = $1 AND w.kind = 'SCRIPT'
        AND w.first_seen > (SELECT max(last_at) FROM watch WHERE site_id = $1) - interval '30 days'
      GROUP BY w.subject HAVING count(DISTINCT w.first_visit) >= $2
      ORDER BY texts DESC, w.subject LIMIT 100
      """;

  private static final String ONE = SELECT + " AND c.id = $2";

  /** What one finding tells of on one visit. $2 visit, $3 check, $4 subject. */
  private static final String WITH =
      SELECT
          + " AND c.visit_id = $2::uuid AND c.check_id = $3 AND c.finding_subject = $4 ORDER BY c.id LIMIT 50";

  /** The newest change that a finding tells of; best one of which both texts can be read. */
  private static final String OF_FINDING =
      """
      SELECT c.id FROM finding f JOIN site_change c
        ON c.site_id = f.site_id AND c.check_id = f.check_id AND c.finding_subject = f.subject
      WHERE f.site_id = $1 AND f.id = $2
      ORDER BY c.at < f.opened_at, NOT (c.kind IN ('SCRIPT', 'INLINE') AND c.after_id IS NOT NULL), c.before_id IS NULL,
               c.after_id IS NULL, c.id DESC LIMIT 1
      """;

  /**
   * Headers of the site's first page, and of the pages where one changed. What is open is current;
   * else the newest authorized value is.
   */
  private static final String HEADERS =
      """
      SELECT p.url AS page, w.subject, w.authorized, coalesce(o.value, w.authorized) AS current, o.finding_id
      FROM (SELECT DISTINCT ON (page_id, subject) page_id, subject, value AS authorized
            FROM watched WHERE site_id = $1 AND kind = 'HEADER' AND state = 'BASELINE'
            ORDER BY page_id, subject, last_seen DESC, id DESC) w
      JOIN page p ON p.id = w.page_id
      LEFT JOIN LATERAL (
        SELECT x.value, f.id AS finding_id FROM watched x JOIN finding f ON f.site_id = $1
          AND f.check_id = x.told ->> 'rule' AND f.subject = x.told ->> 'subject' AND f.state = 'OPEN'
        WHERE x.site_id = $1 AND x.kind = 'HEADER' AND x.subject = w.subject AND x.page_id = w.page_id
          AND x.state = 'OPEN' AND x.page_id = ANY (f.pages)
        ORDER BY x.id DESC LIMIT 1) o ON true
      WHERE o.finding_id IS NOT NULL
         OR w.page_id = (SELECT s.page_id FROM page_state s JOIN page q ON q.id = s.page_id
                         WHERE s.site_id = $1 ORDER BY length(q.url), q.url LIMIT 1)
      ORDER BY o.finding_id IS NULL, length(p.url), p.url, w.subject LIMIT 60
      """;

  /** Visits that the least visited page still needs. */
  private static final String LEARNING =
      """
      SELECT coalesce(max($2::int - visits), 0)::int AS missing FROM watch
      WHERE site_id = $1 AND NOT inherited AND visits < $2
      """;

  private static final String ACCEPTED =
      """
      SELECT accepted_by_name, accepted_at, justification FROM accepted_change
      WHERE site_id = $1 AND finding_id = $2 ORDER BY id DESC
      """;

  private final Database database;

  ChangeQueries(Database database) {
    this.database = database;
  }

  Future<List<ChangeRow>> list(int siteId) {
    return Rows.list(database, LIST, ChangeQueries::change, siteId, ChangeWatch.OFTEN_CHANGED);
  }

  Future<@Nullable ChangeRow> one(int siteId, long id) {
    return Rows.first(database, ONE, ChangeQueries::change, siteId, id);
  }

  /** What was told with it. */
  Future<List<ChangeRow>> with(int siteId, ChangeRow row, String findingSubject) {
    return Rows.list(
        database,
        WITH,
        ChangeQueries::change,
        siteId,
        row.visitId(),
        row.checkId(),
        findingSubject);
  }

  Future<@Nullable Long> ofFinding(int siteId, int findingId) {
    return Rows.first(database, OF_FINDING, row -> row.getLong("id"), siteId, findingId);
  }

  Future<List<ChangesView.OftenRow>> often(int siteId) {
    return Rows.list(
        database,
        OFTEN,
        row ->
            new ChangesView.OftenRow(
                row.getString("subject"),
                row.getInteger("texts"),
                Rows.instant(row, "last_at"),
                row.getLong("change_id")),
        siteId,
        ChangeWatch.OFTEN);
  }

  Future<List<HeaderRow>> headers(int siteId) {
    return Rows.list(
        database,
        HEADERS,
        row ->
            new HeaderRow(
                row.getString("page"),
                row.getString("subject"),
                row.getString("authorized"),
                row.getString("current"),
                row.getInteger("finding_id")),
        siteId);
  }

  Future<Integer> learning(int siteId) {
    return Rows.list(
            database,
            LEARNING,
            row -> row.getInteger("missing"),
            siteId,
            ChangeWatch.LEARNING_VISITS)
        .map(list -> list.get(0));
  }

  Future<List<ChangeView.Accepted>> accepted(int siteId, int findingId) {
    return Rows.list(
        database,
        ACCEPTED,
        row ->
            new ChangeView.Accepted(
                row.getString("accepted_by_name"),
                Display.time(Rows.instant(row, "accepted_at")),
                row.getString("justification")),
        siteId,
        findingId);
  }

  private static ChangeRow change(Row row) {
    String page = row.getString("page");
    return new ChangeRow(
        row.getLong("id"),
        Rows.instant(row, "at"),
        row.getString("visit_id"),
        page == null ? "" : page,
        row.getString("kind"),
        row.getString("subject"),
        row.getString("what"),
        row.getString("before"),
        row.getString("after"),
        row.getString("note"),
        row.getInteger("before_id"),
        row.getInteger("after_id"),
        row.getInteger("finding_id"),
        row.getString("check_id"),
        row.getString("summary"),
        row.getString("severity"),
        row.getString("state"),
        row.getString("finding_subject"),
        row.getBoolean("readable"));
  }
}
