package org.tagwarden.dashboard.view;

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
    if (values.length == 1) {
      // One day is no curve: a bar at the right end, where today is.
      return new Spark("M88 2L100 2", "M88 2L100 2L100 30L88 30Z", label);
    }
    StringBuilder line = new StringBuilder(values.length * 11);
    for (int i = 0; i < values.length; i++) {
      double x = 100.0 * i / (values.length - 1);
      double y = HEIGHT - 1 - (HEIGHT - 1 - TOP) * values[i] / most;
      line.append(i == 0 ? 'M' : 'L');
      Points.add(line, x);
      Points.add(line.append(' '), y);
    }
    String curve = line.toString();
    return new Spark(curve, curve.concat("L100 30L0 30Z"), label);
  }

  /**
   * Coordinates with one digit: short, and enough for a screen. By hand, since an inventory has
   * twelve thousand of them and a formatter would cost more than all the rest of the page.
   */
  static final class Points {
    private Points() {}

    static String of(double value) {
      StringBuilder text = new StringBuilder(8);
      add(text, value);
      return text.toString();
    }

    static void add(StringBuilder path, double value) {
      long tenths = Math.round(Math.abs(value) * 10);
      if (value < 0 && tenths > 0) path.append('-');
      path.append(tenths / 10);
      if (tenths % 10 != 0) path.append('.').append(tenths % 10);
    }
  }
}
