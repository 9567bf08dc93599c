package org.tagwarden.collector.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sheets as files: CSV for spreadsheets (RFC 4180), and JSON, a line each. */
final class SheetFiles {
  private static final JsonMapper JSON = new JsonMapper();

  private SheetFiles() {}

  static void csv(Sheet sheet, Snapshot snapshot, LineSink also, OutputStream out)
      throws IOException {
    try (Writer writer = writer(out)) {
      writer.write(row(sheet.columns()));
      boolean[] begun = {false};
      sheet
          .source()
          .each(
              snapshot,
              line -> {
                if (!begun[0]) asWritten(sheet, line);
                begun[0] = true;
                writer.write(row(line.values().values().stream().map(SheetFiles::text).toList()));
                also.take(line);
              });
    }
  }

  private static void asWritten(Sheet sheet, Line line) {
    if (line.columns().equals(sheet.columns())) return;
    throw new IllegalStateException(
        "The sheet "
            + sheet.name()
            + " has the columns "
            + line.columns()
            + ", and columns.txt says "
            + sheet.columns());
  }

  /** Each record carries the hash of the one before it: see {@link RecordChain}. */
  static void json(Sheet sheet, Snapshot snapshot, OutputStream out) throws IOException {
    try (Writer writer = writer(out)) {
      writer.write("[");
      String[] before = {"\n"};
      RecordChain chain = new RecordChain();
      sheet
          .source()
          .each(
              snapshot,
              line -> {
                writer.write(before[0]);
                writer.write(chain.next(line));
                before[0] = ",\n";
              });
      writer.write("\n]\n");
    }
  }

  static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 32 * 1024);
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A value could not be written as JSON", e);
    }
  }

  /** A list of plain values is read more easily as a text. */
  static String text(@Nullable Object value) {
    if (value == null) return "";
    if (value instanceof Map<?, ?>) return json(value);
    if (!(value instanceof List<?> list)) return value.toString();
    boolean plain = list.stream().allMatch(one -> one instanceof String || one instanceof Number);
    if (!plain) return json(value);
    return String.join("; ", list.stream().map(String::valueOf).toList());
  }

  private static String row(List<String> cells) {
    return String.join(",", cells.stream().map(SheetFiles::cell).toList()) + "\r\n";
  }

  /** Names come from the web: one that begins like a formula must stay a text. */
  static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean quoted = safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }
}
