package org.tagwarden.collector.changes.text;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/**
 * Two versions of a script, line by line beside each other, as {@link PrettyScript} writes them.
 *
 * @param rows what differs with a few lines around it
 * @param same whether nothing differs
 * @param cut whether the versions are too long and too different to be shown whole
 */
public record ScriptDiff(List<Row> rows, boolean same, boolean cut) {
  private static final int CONTEXT = 3;

  /** Aligning lines costs their number times the number of differences. */
  private static final int MOST_LINES = 4_000;

  private static final int MOST_ROWS = 2_000;

  /** What a row shows. */
  public enum Kind {
    EQUAL,
    CHANGED,
    REMOVED,
    ADDED,
    /** Equal lines that are left out. */
    GAP
  }

  /**
   * @param leftLine from 1; 0 where the side is empty
   */
  public record Row(Kind kind, int leftLine, String left, int rightLine, String right) {}

  public ScriptDiff {
    rows = List.copyOf(rows);
  }

  /** Compares two texts; costs milliseconds to a second. */
  public static ScriptDiff of(String before, String now) {
    List<String> left = PrettyScript.lines(before);
    List<String> right = PrettyScript.lines(now);
    int prefix = 0;
    int shortest = Math.min(left.size(), right.size());
    while (prefix < shortest && left.get(prefix).equals(right.get(prefix))) prefix++;
    int suffix = 0;
    while (suffix < shortest - prefix
        && left.get(left.size() - 1 - suffix).equals(right.get(right.size() - 1 - suffix))) {
      suffix++;
    }
    int leftEnd = Math.min(left.size() - suffix, prefix + MOST_LINES);
    int rightEnd = Math.min(right.size() - suffix, prefix + MOST_LINES);
    boolean cut = leftEnd < left.size() - suffix || rightEnd < right.size() - suffix;
    Builder builder = new Builder(left, right);
    builder.equal(0, 0, prefix);
    int l = prefix;
    int r = prefix;
    for (AbstractDelta<String> delta :
        DiffUtils.diff(left.subList(prefix, leftEnd), right.subList(prefix, rightEnd))
            .getDeltas()) {
      int leftAt = prefix + delta.getSource().getPosition();
      int rightAt = prefix + delta.getTarget().getPosition();
      builder.equal(l, r, leftAt - l);
      l = leftAt + delta.getSource().size();
      r = rightAt + delta.getTarget().size();
      builder.changed(leftAt, l, rightAt, r);
    }
    if (!cut) builder.equal(l, r, left.size() - l);
    return builder.build(cut);
  }

  private static final class Builder {
    private final List<String> left;
    private final List<String> right;
    private final List<Row> rows = new ArrayList<>();

    Builder(List<String> left, List<String> right) {
      this.left = left;
      this.right = right;
    }

    void equal(int leftFrom, int rightFrom, int count) {
      for (int i = 0; i < count; i++) {
        String text = left.get(leftFrom + i);
        rows.add(new Row(Kind.EQUAL, leftFrom + i + 1, text, rightFrom + i + 1, text));
      }
    }

    void changed(int leftFrom, int leftTo, int rightFrom, int rightTo) {
      int most = Math.max(leftTo - leftFrom, rightTo - rightFrom);
      for (int i = 0; i < most; i++) {
        boolean hasLeft = leftFrom + i < leftTo;
        boolean hasRight = rightFrom + i < rightTo;
        rows.add(
            new Row(
                hasLeft && hasRight ? Kind.CHANGED : hasLeft ? Kind.REMOVED : Kind.ADDED,
                hasLeft ? leftFrom + i + 1 : 0,
                hasLeft ? left.get(leftFrom + i) : "",
                hasRight ? rightFrom + i + 1 : 0,
                hasRight ? right.get(rightFrom + i) : ""));
      }
    }

    ScriptDiff build(boolean cut) {
      boolean[] near = new boolean[rows.size()];
      boolean same = true;
      for (int i = 0; i < rows.size(); i++) {
        if (rows.get(i).kind() == Kind.EQUAL) continue;
        same = false;
        int to = Math.min(rows.size() - 1, i + CONTEXT);
        for (int k = Math.max(0, i - CONTEXT); k <= to; k++) near[k] = true;
      }
      List<Row> shown = new ArrayList<>();
      for (int i = 0; i < rows.size() && shown.size() < MOST_ROWS; i++) {
        if (near[i]) shown.add(rows.get(i));
        else if (shown.isEmpty() || shown.get(shown.size() - 1).kind() != Kind.GAP) {
          shown.add(new Row(Kind.GAP, 0, "", 0, ""));
        }
      }
      return new ScriptDiff(shown, same, cut || shown.size() == MOST_ROWS);
    }
  }
}
