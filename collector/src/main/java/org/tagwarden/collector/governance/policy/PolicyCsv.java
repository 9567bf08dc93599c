package org.tagwarden.collector.governance.policy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.Subject;

/**
 * A policy for spreadsheets: RFC 4180, a line for each authorization. Lists are separated by
 * semicolons; an empty cell limits nothing, "nothing" allows nothing. Cells that would be formulas
 * begin with an apostrophe, which is taken off again.
 */
final class PolicyCsv {
  private static final String NOTHING = "nothing";

  /** Columns and the keys that they stand for. */
  private static final List<String> COLUMNS =
      List.of(
          "site",
          "pages",
          "kind",
          "subject",
          "verdict",
          "reason",
          "justification",
          "owner",
          "deputy",
          "expires",
          "review",
          "envelope.hosts",
          "envelope.brings",
          "envelope.cookies",
          "envelope.consent",
          "envelope.pages",
          "envelope.bytes",
          "envelope.requests",
          "envelope.behaviours");

  private static final String ENVELOPE = "envelope.";

  private PolicyCsv() {}

  static String write(List<JsonObject> entries) {
    StringBuilder csv = new StringBuilder();
    line(csv, COLUMNS);
    for (JsonObject entry : entries) {
      line(csv, COLUMNS.stream().map(column -> written(entry, column)).toList());
    }
    return csv.toString();
  }

  private static String written(JsonObject entry, String column) {
    if (column.equals("kind") || column.equals("subject")) {
      for (Subject.Kind kind : Subject.Kind.values()) {
        String value = entry.getString(kind.word());
        if (value != null) return column.equals("kind") ? kind.word() : value;
      }
      return "";
    }
    if (!column.startsWith(ENVELOPE)) return entry.getString(column, "");
    JsonObject envelope = entry.getJsonObject("envelope", new JsonObject());
    return written(envelope.getValue(column.substring(ENVELOPE.length())));
  }

  private static String written(@Nullable Object value) {
    if (value == null) return "";
    List<String> entries = new ArrayList<>();
    if (value instanceof JsonArray array) array.forEach(one -> entries.add(String.valueOf(one)));
    else if (value instanceof JsonObject object) {
      for (Map.Entry<String, Object> one : object) entries.add(one.getKey() + "=" + one.getValue());
    } else return String.valueOf(value);
    return entries.isEmpty() ? NOTHING : String.join("; ", entries);
  }

  private static void line(StringBuilder csv, List<String> cells) {
    csv.append(String.join(",", cells.stream().map(PolicyCsv::cell).toList())).append("\r\n");
  }

  private static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@'\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }

  /** Reads one; a refusal says line and column of what is wrong. */
  static Policy read(String text) {
    List<List<CsvCell>> lines = CsvCell.lines(text);
    if (lines.isEmpty()) throw Place.START.wrong("the first line names the columns.");
    List<String> columns = new ArrayList<>();
    for (CsvCell cell : lines.get(0)) {
      String column = cell.text().strip();
      if (!COLUMNS.contains(column)) {
        throw cell.place()
            .wrong(
                "A policy knows no column \""
                    + column
                    + "\"; it knows "
                    + String.join(", ", COLUMNS)
                    + ".");
      }
      columns.add(column);
    }
    List<PolicyEntry> entries = new ArrayList<>();
    for (List<CsvCell> line : lines.subList(1, lines.size())) entries.add(entry(columns, line));
    return new Policy(null, entries);
  }

  private static PolicyEntry entry(List<String> columns, List<CsvCell> line) {
    JsonObject json = new JsonObject();
    JsonObject envelope = new JsonObject();
    Map<String, Place> places = new HashMap<>();
    String kind = null;
    CsvCell subject = null;
    for (int i = 0; i < line.size(); i++) {
      CsvCell cell = line.get(i);
      if (i >= columns.size()) throw cell.place().wrong("There are more cells than columns.");
      String column = columns.get(i);
      String value = cell.text().startsWith("'") ? cell.text().substring(1) : cell.text();
      if (value.isBlank()) continue;
      places.put(column, cell.place());
      if (column.equals("kind")) kind = kind(cell, value);
      else if (column.equals("subject")) subject = new CsvCell(value, cell.place());
      else if (!column.startsWith(ENVELOPE)) json.put(column, value);
      else read(envelope, column.substring(ENVELOPE.length()), value, cell.place());
    }
    Place start = line.get(0).place();
    if (kind == null || subject == null) {
      throw start.wrong(
          "Each line needs a kind (vendor, product, host, url, script) and a subject.");
    }
    json.put(kind, subject.text());
    places.put(kind, subject.place());
    if (!envelope.isEmpty()) json.put("envelope", envelope);
    return new PolicyEntry(json, start, places);
  }

  private static String kind(CsvCell cell, String value) {
    for (Subject.Kind kind : Subject.Kind.values()) {
      if (kind.word().equalsIgnoreCase(value.strip())) return kind.word();
    }
    throw cell.place().wrong("A kind is vendor, product, host, url or script.");
  }

  private static void read(JsonObject envelope, String key, String value, Place place) {
    if (key.equals("bytes") || key.equals("requests")) {
      try {
        envelope.put(key, Long.parseLong(value.strip()));
      } catch (NumberFormatException e) {
        throw place.wrong("\"" + value + "\" is no whole number.");
      }
      return;
    }
    List<String> entries = new ArrayList<>();
    for (String entry : value.strip().equals(NOTHING) ? new String[0] : value.split(";")) {
      if (!entry.isBlank()) entries.add(entry.strip());
    }
    if (!key.equals("cookies")) {
      envelope.put(key, new JsonArray(entries));
      return;
    }
    JsonObject cookies = new JsonObject();
    for (String entry : entries) {
      int equals = entry.lastIndexOf('=');
      if (equals < 1) throw place.wrong("Cookies are written as name=365d; name=session.");
      cookies.put(entry.substring(0, equals).strip(), entry.substring(equals + 1).strip());
    }
    envelope.put(key, cookies);
  }
}
