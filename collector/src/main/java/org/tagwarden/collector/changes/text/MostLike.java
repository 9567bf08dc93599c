package org.tagwarden.collector.changes.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the script that another one most likely was before somebody changed it. Pure. */
public final class MostLike {
  /** Less in common than this share of their lines, and they are two scripts. */
  private static final double LEAST = 1 / 3.0;

  private MostLike() {}

  /** The candidate that has most of its lines in common with the text; "" when none has many. */
  public static String of(String text, List<String> candidates) {
    Set<String> lines = new HashSet<>(PrettyScript.lines(text));
    String best = "";
    double most = LEAST;
    for (String candidate : candidates) {
      Set<String> others = new HashSet<>(PrettyScript.lines(candidate));
      Set<String> common = new HashSet<>(others);
      common.retainAll(lines);
      double all = lines.size() + others.size() - common.size();
      double likeness = all == 0 ? 0 : common.size() / all;
      if (likeness > most) {
        most = likeness;
        best = candidate;
      }
    }
    return best;
  }
}
