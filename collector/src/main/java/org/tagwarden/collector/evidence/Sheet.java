package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.util.List;

/**
 * One kind of record, a CSV and a JSON file of the pack.
 *
 * @param name the files' name, without folder and ending
 * @param about what a line is, a sentence
 */
record Sheet(String name, String about, Source source) {
  /** Hands over every line, in the same columns. */
  interface Source {
    void each(Snapshot snapshot, LineSink sink) throws IOException;
  }

  /** The columns of every line, in their order. */
  List<String> columns() {
    return Columns.names(name);
  }

  static Sheet sql(String name, String about, String statement) {
    return new Sheet(name, about, (snapshot, sink) -> snapshot.each(statement, sink));
  }

  String csv() {
    return "data/" + name + ".csv";
  }

  String json() {
    return "data/" + name + ".json";
  }
}
