package org.tagwarden.dashboard.pages.inventory;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.governance.TagStates;
import org.tagwarden.collector.vendors.Container;
import org.tagwarden.dashboard.view.Display;
import org.tagwarden.dashboard.view.Spark;
import org.tagwarden.dashboard.web.Rows;

/** The inventory's SQL. */
final class InventoryQueries {
  static final int DAYS = 30;

  /**
   * $2 is the first day of the window, $3 the last. A tag's days come as one array without order,
   * each with its number in the window in the lowest {@link #DAY_BITS} bits: sorting six thousand
   * rows cost more than all the rest.
   */
  private static final String TAGS =
      """
      SELECT t.id, t.key, t.vendor, t.product, t.category, t.known, t.account_ids, t.load_method,
             t.pages, t.first_seen, t.last_seen, loader.product AS loader, t.loader_key,
             t.versions, t.container_id, loader.versions ->> t.container_id AS container_version,
             days.days, coalesce(days.firings, 0) AS firings, coalesce(days.bytes, 0) AS bytes
      FROM tag t
      LEFT JOIN tag loader ON loader.site_id = $1 AND loader.key = t.loader_key
      LEFT JOIN (
        SELECT tag_id, array_agg(requests * 32 + (day - $2)) AS days,
               sum(firings)::bigint AS firings, sum(bytes)::bigint AS bytes
        FROM tag_day WHERE site_id = $1 AND day BETWEEN $2 AND $3 GROUP BY tag_id) days
        ON days.tag_id = t.id
      WHERE t.site_id = $1
      """;

  private static final int DAY_BITS = 5;

  private static final String KEYS =
      "SELECT key FROM tag WHERE site_id = $1 AND id = ANY ($2::int[]) ORDER BY key";

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

  /**
   * A site's inventory.
   *
   * @param tags every tag that was ever seen on the site
   * @param days the site's days with a scan, for the curves and the tags' trends
   */
  record Inventory(List<TagRow> tags, List<Day> days) {
    Inventory {
      tags = List.copyOf(tags);
      days = List.copyOf(days);
    }
  }

  private final Database database;

  InventoryQueries(Database database) {
    this.database = database;
  }

  /**
   * All questions are asked at once.
   *
   * @param states what is decided about tags
   */
  Future<Inventory> inventory(
      int siteId, LocalDate today, int curveDays, Future<TagStates> states) {
    LocalDate first = today.minusDays(DAYS - 1L);
    Future<RowSet<Row>> tags =
        database.pool().preparedQuery(TAGS).execute(Tuple.of(siteId, first, today));
    Future<List<Day>> sprawl =
        Rows.list(
            database,
            SPRAWL,
            InventoryQueries::day,
            siteId,
            today.minusDays(curveDays - 1L),
            today);
    return Future.all(tags, sprawl, states)
        .map(
            all ->
                new Inventory(
                    tags(tags.result(), first, sprawl.result(), states.result()), sprawl.result()));
  }

  /** Keys of the site's tags with these ids; what is no id of its own is left out. */
  Future<List<String>> keys(int siteId, List<String> ids) {
    Integer[] numbers =
        ids.stream()
            .filter(id -> id.matches("\\d{1,9}"))
            .map(Integer::valueOf)
            .toArray(Integer[]::new);
    return Rows.list(database, KEYS, row -> row.getString("key"), siteId, numbers);
  }

  private static List<TagRow> tags(
      RowSet<Row> rows, LocalDate first, List<Day> days, TagStates states) {
    int[] visits = new int[DAYS];
    for (Day day : days) {
      long offset = ChronoUnit.DAYS.between(first, day.day());
      if (offset >= 0 && offset < DAYS) visits[(int) offset] = day.visits();
    }
    List<TagRow> tags = new ArrayList<>(rows.size());
    for (Row row : rows) tags.add(tag(row, visits, states));
    return tags;
  }

  private static TagRow tag(Row row, int[] visits, TagStates states) {
    String loader = row.getString("loader");
    String container = row.getString("container_id");
    long firings = row.getLong("firings");
    long[] requests = requests(row);
    long sum = LongStream.of(requests).sum();
    return new TagRow(
        row.getInteger("id"),
        row.getString("key"),
        row.getString("vendor"),
        row.getString("product"),
        row.getString("category"),
        row.getBoolean("known"),
        Rows.texts(row, "account_ids"),
        Rows.textByKey(row, "versions"),
        row.getString("load_method"),
        loader == null ? row.getString("loader_key") : loader,
        container == null ? null : new Container(container, row.getString("container_version")),
        row.getInteger("pages"),
        perVisit(sum, firings),
        perVisit(row.getLong("bytes"), firings),
        trend(requests, sum, visits),
        states.state(row.getString("vendor"), row.getString("key")),
        Rows.instant(row, "first_seen"),
        Rows.instant(row, "last_seen"));
  }

  /** Rounded half up. */
  private static long perVisit(long sum, long firings) {
    return firings == 0 ? sum : (2 * sum + firings) / (2 * firings);
  }

  /** By the day's number in the window. */
  private static long[] requests(Row row) {
    long[] byDay = new long[DAYS];
    for (long day : Rows.longs(row, "days")) {
      byDay[(int) (day & ((1 << DAY_BITS) - 1))] = day >> DAY_BITS;
    }
    return byDay;
  }

  /** Requests per hundred visits on every day that was scanned. */
  private static Spark trend(long[] requests, long sum, int[] visits) {
    long[] values = new long[DAYS];
    int days = 0;
    for (int day = 0; day < DAYS && sum > 0; day++) {
      if (visits[day] > 0) values[days++] = requests[day] * 100 / visits[day];
    }
    return Spark.of(Arrays.copyOf(values, days), Display.number(sum) + " requests in 30 days");
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
