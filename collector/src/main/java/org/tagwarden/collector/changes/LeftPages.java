package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlTime;

/**
 * Forgets how pages were watched that nobody visits any more: what they showed last says nothing
 * about what is there, and must not keep a tag from counting as gone. Joins the caller's
 * transaction, which holds the site's lock.
 */
public final class LeftPages {
  /** A schedule may visit some pages, or as some visitors, only once a week. */
  private static final Duration RARELY = Duration.ofDays(8);

  private static final String NOTE = "The pages that showed it are not visited any more.";

  /** When the last three scans that saw anything began. $1 site. */
  private static final String SINCE =
      """
      SELECT min(v.started_at) AS since
      FROM page_visit v
      WHERE v.site_id = $1 AND v.scan_id = (
        SELECT id FROM scan
        WHERE site_id = $1 AND kind = 'VISITS' AND cause <> 'CONFIRM' AND state = 'DONE' AND visits > failed_visits
        ORDER BY created_at DESC OFFSET 2 LIMIT 1)
      """;

  /** What is shown by watches from before $2 alone. $1 site. */
  private static final String LAST_SHOWN_THERE =
      """
      SELECT DISTINCT w.id, w.kind, w.subject, w.value, w.tag_key
      FROM watch o
      JOIN showing s ON s.watch_id = o.id AND s.what = 'WATCHED' AND NOT s.gone
      JOIN watched w ON w.id = s.subject_id
      WHERE o.site_id = $1 AND o.last_at < $2
        AND NOT EXISTS (SELECT FROM showing n JOIN watch l ON l.id = n.watch_id
                        WHERE n.what = 'WATCHED' AND n.subject_id = w.id AND NOT n.gone AND l.last_at >= $2)
      ORDER BY w.id
      """;

  private static final String FORGET = "DELETE FROM watch WHERE site_id = $1 AND last_at < $2";

  private LeftPages() {}

  /**
   * The time since when every page was visited that is still visited at all; null while the site
   * was scanned too seldom to say.
   */
  public static Future<@Nullable Instant> since(SqlConnection tx, int siteId, Instant now) {
    return tx.preparedQuery(SINCE)
        .execute(tuple(siteId))
        .map(
            rows -> {
              Instant since = SqlTime.instantOrNull(rows.iterator().next(), "since");
              Instant week = now.minus(RARELY);
              return since == null || since.isBefore(week) ? since : week;
            });
  }

  /** Called when a scan of the site is done. Answers how many watches it forgot. */
  public static Future<Integer> forget(SqlConnection tx, int siteId, Instant since, Instant now) {
    Place place = new Place(siteId, 0, new UUID(0, 0), now);
    return tx.preparedQuery(LAST_SHOWN_THERE)
        .execute(tuple(siteId, SqlTime.of(since)))
        .compose(
            rows -> {
              List<LogEntry> log = new ArrayList<>();
              for (Row row : rows) log.add(gone(row));
              return ChangeStore.log(tx, place, log);
            })
        .compose(done -> tx.preparedQuery(FORGET).execute(tuple(siteId, SqlTime.of(since))))
        .map(rows -> rows.rowCount());
  }

  private static LogEntry gone(Row row) {
    @Nullable String value = row.getString("value");
    int id = row.getInteger("id");
    return new LogEntry(
        TraitKind.valueOf(row.getString("kind")),
        row.getString("subject"),
        row.getString("tag_key"),
        LogEntry.What.GONE,
        value == null || value.isEmpty() ? null : value,
        null,
        NOTE,
        id,
        null,
        null);
  }
}
