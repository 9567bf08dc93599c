package org.tagwarden.collector.governance.policy;

import java.util.ArrayList;
import java.util.List;

/** A cell of a CSV text (RFC 4180), with where it begins. */
record CsvCell(String text, Place place) {

  /**
   * The lines that hold anything; a byte-order mark is skipped, both kinds of line ends are read.
   */
  static List<List<CsvCell>> lines(String text) {
    return new Reading(text.startsWith("\uFEFF") ? text.substring(1) : text).lines();
  }

  /** One pass over the characters. */
  private static final class Reading {
    private final String text;
    private final List<List<CsvCell>> lines = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private List<CsvCell> line = new ArrayList<>();
    private int lineNumber = 1;
    private int column = 1;
    private Place start = Place.START;
    private boolean quoted;
    private boolean wasQuoted;

    Reading(String text) {
      this.text = text;
    }

    List<List<CsvCell>> lines() {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean doubled = quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (doubled) {
          cell.append('"');
          i++;
          column++;
        } else take(c);
        column++;
        if (c == '\n') {
          lineNumber++;
          column = 1;
          if (cell.length() == 0 && !quoted) start = new Place(lineNumber, 1);
        }
      }
      if (quoted) throw start.wrong("the quotation mark here is never closed.");
      endOfLine();
      return lines;
    }

    private void take(char c) {
      if (quoted) {
        if (c == '"') quoted = false;
        else cell.append(c);
      } else if (c == '"' && cell.length() == 0) {
        quoted = true;
        wasQuoted = true;
      } else if (c == ',') {
        endOfCell();
        start = new Place(lineNumber, column + 1);
      } else if (c == '\n') {
        endOfLine();
      } else if (c != '\r') {
        if (wasQuoted) {
          throw new Place(lineNumber, column)
              .wrong("after a closing quotation mark comes a comma or the end of the line.");
        }
        cell.append(c);
      }
    }

    private void endOfCell() {
      line.add(new CsvCell(cell.toString(), start));
      cell.setLength(0);
      wasQuoted = false;
    }

    private void endOfLine() {
      endOfCell();
      boolean empty = line.stream().allMatch(one -> one.text().isBlank());
      if (!empty) lines.add(line);
      line = new ArrayList<>();
    }
  }
}
