package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tagwarden.collector.evidence.Html.Safe;

/**
 * A sheet as a table for reading.
 *
 * @param most lines that are shown; the rest is in the sheet's file, and the reader is told
 * @param shown which lines are for reading
 * @param row the cells of a line
 * @param group what lines have in common that stand below one heading; "" for no heading
 */
record ReportTable(
    Sheet sheet,
    int most,
    Predicate<Line> shown,
    Function<Line, Safe[]> row,
    Function<Line, String> group,
    List<String> heads) {
  private static final int USUAL = 400;

  static ReportTable of(Sheet sheet, Function<Line, Safe[]> row, String... heads) {
    return new ReportTable(sheet, USUAL, line -> true, row, line -> "", List.of(heads));
  }

  ReportTable only(Predicate<Line> which) {
    return new ReportTable(sheet, most, which, row, group, heads);
  }

  /** Lines with the same value of this column stand together, below it. */
  ReportTable by(String column) {
    return new ReportTable(sheet, most, shown, row, line -> line.text(column), heads);
  }

  /** Writes it, or this sentence when there is no line; with "" then nothing. */
  void write(Html html, Snapshot snapshot, String otherwise) throws IOException {
    int[] lines = {0};
    String[] last = {""};
    sheet
        .source()
        .each(
            snapshot,
            line -> {
              if (!shown.test(line)) return;
              if (lines[0] == 0) html.table(heads.toArray(String[]::new));
              if (lines[0]++ >= most) return;
              String now = group.apply(line);
              if (!now.equals(last[0])) html.group(now, heads.size());
              last[0] = now;
              html.row(row.apply(line));
            });
    if (lines[0] == 0) {
      if (!otherwise.isEmpty()) html.p(otherwise);
      return;
    }
    html.endTable();
    if (lines[0] > most) {
      html.note(
          "",
          "These are the first "
              + most
              + " of "
              + lines[0]
              + "; all of them are in "
              + sheet.csv()
              + ".");
    }
  }
}
