package org.tagwarden.dashboard.view;

import java.util.Locale;

/**
 * A sparkline in a box of 100 by 30: SVG paths made once, on the server.
 *
 * @param line the curve; empty when there is nothing to draw
 * @param area the same, closed at the bottom
 * @param label what a screen reader says
 */
public record Spark(String line, String area, String label) {
  private static final double HEIGHT = 30;
  private static final double TOP = 2;

  /** A curve through the values, from left to right, the highest at the top, zero at the bottom. */
  public static Spark of(long[] values, String label) {
    if (values.length == 0) return new Spark("", "", label);
    double most = 1;
    for (long value : values) most = Math.max(most, value);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      double x = values.length == 1 ? 0 : 100.0 * i / (values.length - 1);
      double y = HEIGHT - 1 - (HEIGHT - 1 - TOP) * values[i] / most;
      line.append(i == 0 ? 'M' : 'L').append(Points.of(x)).append(' ').append(Points.of(y));
    }
    if (values.length == 1) line.append("L100 ").append(Points.of(TOP));
    return new Spark(line.toString(), line + "L100 30L0 30Z", label);
  }

  /** Coordinates with one digit: short, and enough for a screen. */
  static final class Points {
    private Points() {}

    static String of(double value) {
      String text = String.format(Locale.ROOT, "%.1f", value);
      return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
  }
}
