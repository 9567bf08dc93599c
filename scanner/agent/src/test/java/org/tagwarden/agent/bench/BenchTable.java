package org.tagwarden.agent.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The figures of a bench as a Markdown table: a column for each contender, ours first. */
final class BenchTable {
  private final List<String> lines = new ArrayList<>();
  private final int columns;

  BenchTable(List<String> names) {
    columns = names.size();
    lines.add("| | " + String.join(" | ", names) + " |" + (columns > 1 ? " ratios |" : ""));
    lines.add("|---".repeat(columns + (columns > 1 ? 2 : 1)) + "|");
  }

  /** A figure of each; the last column is ours divided by each other's. */
  <T> void row(String what, String format, List<T> results, ToDoubleFunction<T> figure) {
    double[] figures = results.stream().mapToDouble(figure).toArray();
    StringBuilder line = new StringBuilder("| " + what + " |");
    for (double f : figures)
      line.append(' ').append(String.format(Locale.ROOT, format, f)).append(" |");
    if (columns > 1) {
      List<String> ratios = new ArrayList<>();
      for (int i = 1; i < figures.length; i++)
        ratios.add(String.format(Locale.ROOT, "%.2f", figures[0] / figures[i]));
      line.append(' ').append(String.join(", ", ratios)).append(" |");
    }
    lines.add(line.toString());
  }

  /** How many of how many, each of its own log: what is asked for differs a little. */
  void shares(String what, List<Recall> recalls, Function<Recall, Recall.Share> of) {
    StringBuilder line = new StringBuilder("| " + what + " |");
    for (Recall recall : recalls) {
      Recall.Share share = of.apply(recall);
      line.append(
          String.format(
              Locale.ROOT, " %d of %d (%.1f %%) |", share.right, share.all, share.percent()));
    }
    if (columns > 1) line.append(" |");
    lines.add(line.toString());
  }

  void print() {
    lines.forEach(System.out::println);
  }
}
