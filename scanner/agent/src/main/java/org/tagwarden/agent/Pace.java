package org.tagwarden.agent;

/** Keeps a pause between the starts of a scan's visits, however many run side by side. */
final class Pace {
  private volatile long delayMs;
  private long nextNanos = System.nanoTime();

  Pace(long delayMs) {
    this.delayMs = delayMs;
  }

  /** From now on the pause is no shorter than this. */
  void atLeast(long millis) {
    delayMs = Math.max(delayMs, millis);
  }

  /** Waits until the next visit may start. */
  void await() throws InterruptedException {
    long waitNanos;
    synchronized (this) {
      long now = System.nanoTime();
      waitNanos = Math.max(0, nextNanos - now);
      nextNanos = now + waitNanos + delayMs * 1_000_000;
    }
    if (waitNanos > 0) Thread.sleep(waitNanos / 1_000_000, (int) (waitNanos % 1_000_000));
  }
}
