package org.tagwarden.collector.performance;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.vendors.Category;

/** A site's speed over time. Every figure is null on a day that has none. */
public final class Performance {
  /** Medians of a day's page visits, through the proxy: for comparing days, not for boasting. */
  public record VisitDay(
      LocalDate day,
      long visits,
      @Nullable Double ttfbMs,
      @Nullable Double domMs,
      @Nullable Double loadMs,
      @Nullable Double fcpMs,
      @Nullable Double lcpMs,
      @Nullable Double cls,
      @Nullable Double blockingMs) {}

  /** What a visit of that day asked for on average, own and third parties'. */
  public record PartyDay(
      LocalDate day,
      int visits,
      double ownRequests,
      double thirdPartyRequests,
      double ownBytes,
      double thirdPartyBytes) {}

  /**
   * What a tag costs each time it fires.
   *
   * @param cpuMs main-thread time as Lighthouse measured it; 0 where it named no cost
   */
  public record TagCost(
      int tagId,
      String vendor,
      String product,
      Category category,
      double requests,
      double bytes,
      double loadMs,
      double cpuMs,
      double blockingMs) {}

  /** Medians of a day's Lighthouse runs, without the proxy. */
  public record LighthouseDay(
      LocalDate day,
      long runs,
      @Nullable Double score,
      @Nullable Double lcpMs,
      @Nullable Double tbtMs,
      @Nullable Double cls,
      @Nullable Double ttfbMs,
      @Nullable Double bytes,
      @Nullable Double thirdPartyMs) {}

  private final Database database;

  public Performance(Database database) {
    this.database = database;
  }

  /** Both days included, as in all of these. */
  public Future<List<VisitDay>> visits(int siteId, LocalDate first, LocalDate last) {
    return list(
        PerformanceQueries.VISIT_DAYS,
        Tuple.of(siteId, first, last),
        row ->
            new VisitDay(
                row.getLocalDate("day"),
                row.getLong("visits"),
                row.getDouble("ttfb_ms"),
                row.getDouble("dom_ms"),
                row.getDouble("load_ms"),
                row.getDouble("fcp_ms"),
                row.getDouble("lcp_ms"),
                row.getDouble("cls"),
                row.getDouble("blocking_ms")));
  }

  public Future<List<PartyDay>> parties(int siteId, LocalDate first, LocalDate last) {
    return list(
        PerformanceQueries.PARTY_DAYS,
        Tuple.of(siteId, first, last),
        row ->
            new PartyDay(
                row.getLocalDate("day"),
                row.getInteger("visits"),
                row.getDouble("own_requests"),
                row.getDouble("third_party_requests"),
                row.getDouble("own_bytes"),
                row.getDouble("third_party_bytes")));
  }

  /** The heaviest tags of the time, by bytes. */
  public Future<List<TagCost>> tags(int siteId, LocalDate first, LocalDate last, int most) {
    return list(
        PerformanceQueries.TAG_COSTS,
        Tuple.of(siteId, first, last, most),
        row ->
            new TagCost(
                row.getInteger("id"),
                row.getString("vendor"),
                row.getString("product"),
                Category.valueOf(row.getString("category")),
                row.getDouble("requests"),
                row.getDouble("bytes"),
                row.getDouble("load_ms"),
                row.getDouble("cpu_ms"),
                row.getDouble("blocking_ms")));
  }

  public Future<List<LighthouseDay>> lighthouse(int siteId, LocalDate first, LocalDate last) {
    return list(
        PerformanceQueries.LIGHTHOUSE_DAYS,
        Tuple.of(siteId, first, last),
        row ->
            new LighthouseDay(
                row.getLocalDate("day"),
                row.getLong("runs"),
                row.getDouble("score"),
                row.getDouble("lcp_ms"),
                row.getDouble("tbt_ms"),
                row.getDouble("cls"),
                row.getDouble("ttfb_ms"),
                row.getDouble("bytes"),
                row.getDouble("third_party_ms")));
  }

  private <T> Future<List<T>> list(String sql, Tuple parameters, Function<Row, T> record) {
    return database
        .pool()
        .preparedQuery(sql)
        .execute(parameters)
        .map(
            rows -> {
              List<T> list = new ArrayList<>();
              for (Row row : rows) list.add(record.apply(row));
              return List.copyOf(list);
            });
  }
}
