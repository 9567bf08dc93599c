package org.tagwarden.dashboard.pages.site;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.schedule.ScanProgress;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.Rows;

/** Reads the head of a site's pages. */
public final class SiteFrames {
  private static final String FRAME =
      """
      SELECT scan.state, scan.failed_visits, scan.pages_found, scan.pages_visited, scan.current_page,
             done.finished_at,
             (SELECT min(next_run_at) FROM scan_schedule
              WHERE site_id = $1 AND enabled AND kind = 'VISITS') AS next_run_at,
             (SELECT count(*)::int FROM tag WHERE site_id = $1 AND pages > 0) AS tags,
             (SELECT count(*)::int FROM finding WHERE site_id = $1 AND state = 'OPEN') AS findings
      FROM (SELECT 1) one
      LEFT JOIN LATERAL (
        SELECT state, failed_visits, pages_found, pages_visited, current_page FROM scan WHERE site_id = $1 AND kind = 'VISITS'
        ORDER BY created_at DESC LIMIT 1) scan ON true
      LEFT JOIN LATERAL (
        SELECT finished_at FROM scan
        WHERE site_id = $1 AND kind = 'VISITS' AND state = 'DONE'
        ORDER BY created_at DESC LIMIT 1) done ON true
      """;

  private final Database database;

  public SiteFrames(Database database) {
    this.database = database;
  }

  /** The head for this person. */
  public Future<SiteFrame> of(Request request, Site site) {
    return Rows.first(
            database,
            FRAME,
            row ->
                new SiteFrame(
                    site,
                    SiteFrame.mayScan(request.principal(), site),
                    SiteFrame.mayDecide(request.principal(), site),
                    row.getString("state"),
                    progress(row),
                    row.getInteger("failed_visits") == null ? 0 : row.getInteger("failed_visits"),
                    Rows.instantOrNull(row, "finished_at"),
                    Rows.instantOrNull(row, "next_run_at"),
                    row.getInteger("tags"),
                    row.getInteger("findings")),
            site.id())
        .map(java.util.Objects::requireNonNull);
  }

  private static @Nullable ScanProgress progress(Row row) {
    if (row.getInteger("pages_found") == null) return null;
    return new ScanProgress(
        row.getInteger("pages_found"),
        row.getInteger("pages_visited"),
        row.getString("current_page"));
  }
}
