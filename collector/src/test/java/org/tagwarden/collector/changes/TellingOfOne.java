package org.tagwarden.collector.changes;

import java.util.List;

/**
 * What one change was told as.
 *
 * @param expected the check and what its finding has to name
 * @param found the findings: check, severity and sentence
 */
public record TellingOfOne(String what, String expected, List<String> found, boolean right) {
  static TellingOfOne of(String what, String check, String names, List<String> found) {
    boolean right =
        found.size() == 1 && found.get(0).startsWith(check + " ") && found.get(0).contains(names);
    return new TellingOfOne(what, check + ": " + names, found, right);
  }

  /** As a table in Markdown. */
  public static String table(List<TellingOfOne> all) {
    StringBuilder table = new StringBuilder("| one change | findings | as |\n|---|---|---|\n");
    for (TellingOfOne one : all) {
      table.append(
          String.format(
              "| %s | %d%s | %s |%n",
              one.what,
              one.found.size(),
              one.right ? "" : " (wrong: " + one.expected + ")",
              String.join("<br>", one.found)));
    }
    return table.toString();
  }
}
