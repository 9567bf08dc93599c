package org.tagwarden.agent.journey;

/** A place in a viewport, in CSS pixels. */
record Point(double x, double y) {
  Point plus(Point other) {
    return new Point(x + other.x, y + other.y);
  }
}
