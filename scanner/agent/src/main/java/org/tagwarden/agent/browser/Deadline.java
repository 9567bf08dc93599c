package org.tagwarden.agent.browser;

import java.util.concurrent.TimeUnit;

/**
 * A moment by which something has to be over. Whoever waits asks it how long.
 *
 * @param nanos in the time of {@link System#nanoTime}
 */
public record Deadline(long nanos) {
  /** So many milliseconds from now. */
  public static Deadline in(long ms) {
    return new Deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms));
  }

  /** So many milliseconds earlier. */
  public Deadline before(long ms) {
    return new Deadline(nanos - TimeUnit.MILLISECONDS.toNanos(ms));
  }

  /** This one, or so many milliseconds from now, whichever comes first. */
  public Deadline orIn(long ms) {
    Deadline other = in(ms);
    return other.nanos - nanos < 0 ? other : this;
  }

  /** Milliseconds to go; 0 when it has passed. */
  public long leftMs() {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime()));
  }

  /** How long a step may take that takes at most so many milliseconds; at least one. */
  public long atMost(long ms) {
    return Math.max(1, Math.min(ms, leftMs()));
  }
}
