package org.tagwarden.collector.site;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.report.Journey;
import org.tagwarden.report.PageRules;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.VisitOptions;

/** Between a row of the site table and the records. */
public final class SiteRow {
  private SiteRow() {}

  static Site site(Row row) {
    return new Site(
        row.getInteger("id"),
        row.getInteger("client_id"),
        row.getString("client_name"),
        row.getString("name"),
        row.getString("base_url"),
        List.of(row.getArrayOfStrings("first_party")),
        pages(row),
        options(row.getJsonObject("options")),
        row.getBoolean("settle_auto"),
        new SiteSteps(
            row.getString("recipe_text"),
            row.getString("journeys_text"),
            row.getString("sign_in_text")),
        row.getBoolean("lighthouse"),
        List.of(row.getArrayOfStrings("alert_emails")),
        SqlTime.instant(row, "created_at"),
        SqlTime.instantOrNull(row, "archived_at"));
  }

  /** The columns page_kind, page_urls, page_limit and page_rules. */
  public static PageSet pages(Row row) {
    return new PageSet(
        PageSet.Kind.valueOf(row.getString("page_kind")),
        List.of(row.getArrayOfStrings("page_urls")),
        row.getInteger("page_limit"),
        rules(row.getJsonObject("page_rules")));
  }

  private static PageRules rules(JsonObject stored) {
    return stored.isEmpty() ? PageRules.ALL : read(stored, PageRules.class, PageRules.ALL);
  }

  /** The column options: keys that it does not have keep their defaults. */
  public static VisitOptions options(JsonObject stored) {
    if (stored.isEmpty()) return VisitOptions.DEFAULT;
    return read(stored, VisitOptions.class, VisitOptions.DEFAULT);
  }

  /** The columns journeys: what is taken after the pages. */
  public static List<Journey> journeys(JsonArray stored) {
    return IntStream.range(0, stored.size())
        .mapToObj(i -> read(stored.getJsonObject(i), Journey.class))
        .toList();
  }

  /** The column sign_in. */
  public static @Nullable Journey signIn(@Nullable JsonObject stored) {
    return stored == null ? null : read(stored, Journey.class);
  }

  private static <T> T read(JsonObject stored, Class<T> type, T standard) {
    return read(toJson(standard).mergeIn(stored, true), type);
  }

  private static <T> T read(JsonObject stored, Class<T> type) {
    return ReportCodec.read(stored.encode().getBytes(StandardCharsets.UTF_8), type);
  }

  static JsonArray toJson(List<Journey> journeys) {
    return new JsonArray(new String(ReportCodec.write(journeys), StandardCharsets.UTF_8));
  }

  static JsonObject toJson(Object contractRecord) {
    return new JsonObject(new String(ReportCodec.write(contractRecord), StandardCharsets.UTF_8));
  }
}
