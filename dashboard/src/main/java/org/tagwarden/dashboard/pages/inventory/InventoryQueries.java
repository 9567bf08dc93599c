package org.tagwarden.dashboard.pages.inventory;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.tagwarden.collector.db.Database;
import org.tagwarden.dashboard.view.Display;
import org.tagwarden.dashboard.view.Spark;
import org.tagwarden.dashboard.web.Rows;

/** The inventory's SQL. */
final class InventoryQueries {
  static final int DAYS = 30;

  /** $2 is the first day of the window, $3 the last. */
  private static final String TAGS =
      """
      SELECT t.id, t.key, t.vendor, t.product, t.category, t.known, t.account_ids, t.load_method,
             t.pages, t.first_seen, t.last_seen, loader.product AS loader, t.loader_key, coalesce(d.state, 'UNDECIDED') AS state,
             days.requests AS days_requests, days.day AS days_day,
             coalesce(days.per_visit, 0)::bigint AS requests, coalesce(days.bytes, 0)::bigint AS bytes
      FROM tag t
      LEFT JOIN tag loader ON loader.site_id = t.site_id AND loader.key = t.loader_key
      LEFT JOIN LATERAL (
        SELECT state FROM decision WHERE site_id = t.site_id AND tag_key = t.key
        ORDER BY decided_at DESC, id DESC LIMIT 1) d ON true
      LEFT JOIN (
        SELECT tag_id,
               array_agg(requests::bigint ORDER BY day) AS requests,
               array_agg((day - $2::date)::bigint ORDER BY day) AS day,
               round(sum(requests)::numeric / greatest(sum(firings), 1)) AS per_visit,
               round(sum(bytes)::numeric / greatest(sum(firings), 1)) AS bytes
        FROM tag_day WHERE site_id = $1 AND day BETWEEN $2 AND $3 GROUP BY tag_id) days
        ON days.tag_id = t.id
      WHERE t.site_id = $1
      """;

  private static final String SPRAWL =
      """
      SELECT day, visits, tags, vendors, third_party_requests, requests, third_party_bytes, bytes
      FROM site_day WHERE site_id = $1 AND day BETWEEN $2 AND $3 ORDER BY day
      """;

  /** A day of the sprawl curve. */
  record Day(
      LocalDate day,
      int visits,
      int tags,
      int vendors,
      long thirdPartyRequests,
      long requests,
      long thirdPartyBytes,
      long bytes) {}

  private final Database database;

  InventoryQueries(Database database) {
    this.database = database;
  }

  /**
   * Every tag that was ever seen on the site.
   *
   * @param days the site's days, for the trend: a day without a scan says nothing
   */
  Future<List<TagRow>> tags(int siteId, LocalDate today, List<Day> days) {
    LocalDate first = today.minusDays(DAYS - 1);
    int[] visits = new int[DAYS];
    for (Day day : days) {
      long offset = ChronoUnit.DAYS.between(first, day.day());
      if (offset >= 0 && offset < DAYS) visits[(int) offset] = day.visits();
    }
    return Rows.list(database, TAGS, row -> tag(row, visits), siteId, first, today);
  }

  Future<List<Day>> sprawl(int siteId, LocalDate today, int days) {
    return Rows.list(
        database, SPRAWL, InventoryQueries::day, siteId, today.minusDays(days - 1L), today);
  }

  private static TagRow tag(Row row, int[] visits) {
    String loader = row.getString("loader");
    return new TagRow(
        row.getInteger("id"),
        row.getString("key"),
        row.getString("vendor"),
        row.getString("product"),
        row.getString("category"),
        row.getBoolean("known"),
        Rows.texts(row, "account_ids"),
        row.getString("load_method"),
        loader == null ? row.getString("loader_key") : loader,
        row.getInteger("pages"),
        row.getLong("requests"),
        row.getLong("bytes"),
        trend(row, visits),
        row.getString("state"),
        Rows.instant(row, "first_seen"),
        Rows.instant(row, "last_seen"));
  }

  /** Requests per hundred visits on every day that was scanned. */
  private static Spark trend(Row row, int[] visits) {
    long[] requests = Rows.longs(row, "days_requests");
    long[] offsets = Rows.longs(row, "days_day");
    long[] byDay = new long[DAYS];
    long sum = 0;
    for (int i = 0; i < requests.length; i++) {
      byDay[(int) offsets[i]] = requests[i];
      sum += requests[i];
    }
    long[] values =
        IntStream.range(0, DAYS)
            .filter(day -> visits[day] > 0)
            .mapToLong(day -> byDay[day] * 100 / visits[day])
            .toArray();
    return Spark.of(sum == 0 ? new long[0] : values, Display.number(sum) + " requests in 30 days");
  }

  private static Day day(Row row) {
    return new Day(
        row.getLocalDate("day"),
        row.getInteger("visits"),
        row.getInteger("tags"),
        row.getInteger("vendors"),
        row.getLong("third_party_requests"),
        row.getLong("requests"),
        row.getLong("third_party_bytes"),
        row.getLong("bytes"));
  }
}
