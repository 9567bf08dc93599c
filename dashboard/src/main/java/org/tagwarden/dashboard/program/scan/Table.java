package org.tagwarden.dashboard.program.scan;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns of text. Numbers (columns marked so) are aligned to the right. */
final class Table {
  private static final String GAP = "  ";

  private final List<String> heads;
  private final List<Boolean> numbers;
  private final int widest;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param widest longest cell; longer ones end in an ellipsis
   * @param heads column titles; one that starts with {@code #} has numbers below it
   */
  Table(int widest, String... heads) {
    this.widest = widest;
    this.numbers = List.of(heads).stream().map(head -> head.startsWith("#")).toList();
    this.heads = List.of(heads).stream().map(head -> head.replace("#", "")).toList();
  }

  void row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) row.add(cut(String.valueOf(cell)));
    rows.add(row);
  }

  List<String> lines() {
    int[] widths = new int[heads.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = heads.get(column).length();
      for (List<String> row : rows)
        widths[column] = Math.max(widths[column], row.get(column).length());
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(heads, widths));
    for (List<String> row : rows) lines.add(line(row, widths));
    return lines;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String pad = " ".repeat(widths[column] - cells.get(column).length());
      line.append(numbers.get(column) ? pad + cells.get(column) : cells.get(column) + pad);
      line.append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private String cut(String cell) {
    return cell.length() <= widest ? cell : cell.substring(0, widest - 1) + "…";
  }
}
