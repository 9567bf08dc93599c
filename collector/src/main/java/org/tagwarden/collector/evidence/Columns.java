package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the columns of each sheet are called, in their order, and what they mean: so that a sheet
 * without lines has its header row all the same, and a reader need not guess. Written in
 * columns.txt.
 */
final class Columns {
  /** Columns that mean the same in every sheet. */
  private static final String SHARED = "*";

  private static final Map<String, List<Column>> ALL = read();

  private Columns() {}

  /** A column and its meaning, a sentence or less. */
  record Column(String name, String meaning) {}

  static List<String> names(String sheet) {
    return of(sheet).stream().map(Column::name).toList();
  }

  static List<Column> of(String sheet) {
    List<Column> columns = ALL.get(sheet);
    if (columns == null) throw new IllegalStateException("columns.txt has no sheet " + sheet);
    return columns;
  }

  /** The source of the sheet that explains all of them. */
  static void lines(Snapshot snapshot, LineSink sink) throws IOException {
    for (Sheet sheet : Sheets.ALL) {
      for (Column column : of(sheet.name())) {
        sink.take(
            new Line()
                .put("sheet", sheet.name())
                .put("column", column.name())
                .put("meaning", column.meaning()));
      }
    }
  }

  private static Map<String, List<Column>> read() {
    Map<String, List<Column>> sheets = new LinkedHashMap<>();
    Map<String, String> shared = new HashMap<>();
    String sheet = SHARED;
    for (String line : text().lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) continue;
      if (!line.startsWith(" ")) {
        sheet = line.strip();
        if (!sheet.equals(SHARED)) sheets.put(sheet, new ArrayList<>());
        continue;
      }
      String[] parts = line.strip().split(" +", 2);
      String meaning = parts.length == 2 ? parts[1] : shared.get(parts[0]);
      if (meaning == null)
        throw new IllegalStateException("columns.txt: " + sheet + "." + parts[0]);
      if (sheet.equals(SHARED)) shared.put(parts[0], meaning);
      else sheets.get(sheet).add(new Column(parts[0], meaning));
    }
    return sheets;
  }

  private static String text() {
    try (InputStream stream = Columns.class.getResourceAsStream("columns.txt")) {
      if (stream == null) throw new IllegalStateException("No columns.txt on the class path");
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("columns.txt cannot be read", e);
    }
  }
}
