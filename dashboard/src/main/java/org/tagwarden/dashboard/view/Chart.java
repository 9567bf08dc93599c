package org.tagwarden.dashboard.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A chart over time as SVG paths in a box of 1000 by 200, drawn on the server: works without
 * scripts, follows the theme, weighs little. Lanes are the invisible columns that show a reading.
 *
 * @param curves one a series, in drawing order
 * @param ticks labels of the vertical axis, top to bottom
 * @param dates labels of the horizontal axis, left to right
 * @param lanes a column for every point in time
 * @param summary what a screen reader says
 */
public record Chart(
    List<Curve> curves, List<String> ticks, List<String> dates, List<Lane> lanes, String summary) {
  private static final double WIDTH = 1000;
  private static final double HEIGHT = 200;

  /** Width of a point without neighbours, which is no curve yet: a bar. */
  private static final double BAR = 60;

  /** A series to draw. NaN leaves a gap. */
  public record Series(String name, String tone, double[] values) {}

  /** A drawn series. */
  public record Curve(String name, String tone, String line, String area) {}

  /** A reading: where its column begins, how wide it is, what it says. */
  public record Lane(String x, String width, String reading) {}

  public Chart {
    curves = List.copyOf(curves);
    ticks = List.copyOf(ticks);
    dates = List.copyOf(dates);
    lanes = List.copyOf(lanes);
  }

  /** Whether there is anything to see; a single point is drawn as a bar. */
  public boolean isEmpty() {
    return lanes.isEmpty();
  }

  /** Lines side by side, each from its own zero. */
  public static Chart lines(List<String> labels, List<Series> series, DoubleFunction<String> unit) {
    return draw(labels, series, unit, false);
  }

  /** Areas on top of each other, the first at the bottom. */
  public static Chart stacked(
      List<String> labels, List<Series> series, DoubleFunction<String> unit) {
    return draw(labels, series, unit, true);
  }

  private static Chart draw(
      List<String> labels, List<Series> series, DoubleFunction<String> unit, boolean stacked) {
    int points = labels.size();
    double[] floor = new double[points];
    double top = niceTop(highest(series, points, stacked));
    List<Curve> curves = new ArrayList<>();
    for (Series one : series) {
      double[] ceiling = new double[points];
      for (int i = 0; i < points; i++) ceiling[i] = (stacked ? floor[i] : 0) + one.values()[i];
      curves.add(
          new Curve(
              one.name(),
              one.tone(),
              line(ceiling, top),
              area(ceiling, stacked ? floor : new double[points], top)));
      if (stacked) floor = ceiling;
    }
    List<String> ticks = List.of(unit.apply(top), unit.apply(top / 2), unit.apply(0));
    return new Chart(
        curves, ticks, dates(labels), lanes(labels, series, unit), summary(labels, series, unit));
  }

  private static double highest(List<Series> series, int points, boolean stacked) {
    double highest = 0;
    for (int i = 0; i < points; i++) {
      double sum = 0;
      for (Series one : series) {
        double value = Double.isNaN(one.values()[i]) ? 0 : one.values()[i];
        sum = stacked ? sum + value : Math.max(sum, value);
      }
      highest = Math.max(highest, sum);
    }
    return highest;
  }

  /** The next of 2, 4, 6, 10 times a power of ten, so that the half is a round number too. */
  static double niceTop(double highest) {
    if (highest <= 0) return 2;
    double power = Math.pow(10, Math.floor(Math.log10(highest)));
    for (double step : new double[] {1, 2, 3, 4, 5, 6, 8, 10}) {
      double top = step * power;
      if (highest <= top && (top >= 10 || top % 2 == 0 || top < 1)) return top;
    }
    return 10 * power;
  }

  private static double x(int i, int points) {
    return points == 1 ? WIDTH / 2 : WIDTH * i / (points - 1);
  }

  private static String at(double x, double value, double top) {
    return Spark.Points.of(x) + " " + Spark.Points.of(HEIGHT - HEIGHT * value / top);
  }

  private static String line(double[] values, double top) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        pen = false;
        continue;
      }
      boolean alone = !pen && (i + 1 == values.length || Double.isNaN(values[i + 1]));
      double half = alone ? BAR / 2 : 0;
      path.append(pen ? 'L' : 'M').append(at(x(i, values.length) - half, values[i], top));
      if (alone) path.append('h').append(Spark.Points.of(BAR));
      pen = true;
    }
    return path.toString();
  }

  private static String area(double[] values, double[] floor, double top) {
    StringBuilder path = new StringBuilder();
    int start = 0;
    while (start < values.length) {
      if (Double.isNaN(values[start])) {
        start++;
        continue;
      }
      int end = start;
      while (end + 1 < values.length && !Double.isNaN(values[end + 1])) end++;
      double half = start == end ? BAR / 2 : 0;
      for (int i = start; i <= end; i++)
        path.append(i == start ? 'M' : 'L').append(at(x(i, values.length) - half, values[i], top));
      if (start == end) path.append('h').append(Spark.Points.of(BAR));
      for (int i = end; i >= start; i--)
        path.append('L')
            .append(at(x(i, values.length) + half, Double.isNaN(floor[i]) ? 0 : floor[i], top));
      if (start == end) path.append('h').append(Spark.Points.of(-BAR));
      path.append('Z');
      start = end + 1;
    }
    return path.toString();
  }

  private static List<String> dates(List<String> labels) {
    if (labels.size() <= 3) return labels;
    return List.of(labels.get(0), labels.get(labels.size() / 2), labels.get(labels.size() - 1));
  }

  private static List<Lane> lanes(
      List<String> labels, List<Series> series, DoubleFunction<String> unit) {
    List<Lane> lanes = new ArrayList<>();
    int points = labels.size();
    double width = points == 1 ? WIDTH : WIDTH / (points - 1);
    for (int i = 0; i < points; i++) {
      double left = Math.max(0, x(i, points) - width / 2);
      double right = Math.min(WIDTH, x(i, points) + width / 2);
      lanes.add(
          new Lane(
              Spark.Points.of(left),
              Spark.Points.of(right - left),
              reading(i, labels, series, unit)));
    }
    return lanes;
  }

  private static String reading(
      int i, List<String> labels, List<Series> series, DoubleFunction<String> unit) {
    StringBuilder text = new StringBuilder(labels.get(i));
    for (Series one : series) {
      double value = one.values()[i];
      text.append('\n')
          .append(one.name())
          .append(": ")
          .append(Double.isNaN(value) ? "–" : unit.apply(value));
    }
    return text.toString();
  }

  private static String summary(
      List<String> labels, List<Series> series, DoubleFunction<String> unit) {
    if (labels.isEmpty()) return "No data yet";
    int last = labels.size() - 1;
    return "Chart from "
        + labels.get(0)
        + " to "
        + reading(last, labels, series, unit).replace("\n", ", ");
  }
}
