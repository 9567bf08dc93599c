package org.tagwarden.dashboard.pages.inventory;

import java.util.List;
import java.util.Objects;

/** The inventory for spreadsheets: RFC 4180, with a guard against cells that are formulas. */
final class InventoryCsv {
  private InventoryCsv() {}

  static String of(List<TagRow> tags) {
    StringBuilder csv = new StringBuilder();
    line(
        csv,
        "key",
        "vendor",
        "product",
        "category",
        "account_ids",
        "state",
        "scripts_authorized",
        "scripts",
        "load_method",
        "loader",
        "container",
        "container_version",
        "pages",
        "requests_per_visit",
        "bytes_per_visit",
        "first_seen",
        "last_seen");
    for (TagRow tag : tags) {
      line(
          csv,
          tag.key(),
          tag.vendor(),
          tag.product(),
          tag.category(),
          String.join(" ", tag.accountIds()),
          tag.state(),
          scripts(tag, tag.decided().authorized()),
          scripts(tag, tag.decided().scripts()),
          tag.loadMethod(),
          tag.loader() == null ? "" : tag.loader(),
          tag.container() == null ? "" : tag.container().id(),
          Objects.requireNonNullElse(
              tag.container() == null ? null : tag.container().version(), ""),
          String.valueOf(tag.pages()),
          String.valueOf(tag.requests()),
          String.valueOf(tag.bytes()),
          tag.firstSeen().toString(),
          tag.lastSeen().toString());
    }
    return csv.toString();
  }

  /** Empty where the tag was decided about as a whole. */
  private static String scripts(TagRow tag, int count) {
    return tag.decided().scripts() == 0 ? "" : String.valueOf(count);
  }

  private static void line(StringBuilder csv, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) csv.append(',');
      csv.append(cell(cells[i]));
    }
    csv.append("\r\n");
  }

  /** Vendors' names come from the web: one that begins like a formula must stay a text. */
  static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }
}
