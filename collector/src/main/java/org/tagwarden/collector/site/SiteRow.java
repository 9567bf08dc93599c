package org.tagwarden.collector.site;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tagwarden.collector.db.SqlTime;
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
        row.getBoolean("lighthouse"),
        List.of(row.getArrayOfStrings("alert_emails")),
        SqlTime.instant(row, "created_at"),
        SqlTime.instantOrNull(row, "archived_at"));
  }

  /** The columns page_kind, page_urls and page_limit. */
  public static PageSet pages(Row row) {
    return new PageSet(
        PageSet.Kind.valueOf(row.getString("page_kind")),
        List.of(row.getArrayOfStrings("page_urls")),
        row.getInteger("page_limit"));
  }

  /** The column options: keys that it does not have keep their defaults. */
  public static VisitOptions options(JsonObject stored) {
    if (stored.isEmpty()) return VisitOptions.DEFAULT;
    JsonObject merged = toJson(VisitOptions.DEFAULT).mergeIn(stored, true);
    return ReportCodec.read(merged.encode().getBytes(StandardCharsets.UTF_8), VisitOptions.class);
  }

  static JsonObject toJson(VisitOptions options) {
    return new JsonObject(new String(ReportCodec.write(options), StandardCharsets.UTF_8));
  }
}
