package org.tagwarden.agent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.traffic.TrafficLog;

/**
 * Decides when a page is done: loaded, quiet on the wire for half a second, and a least time after
 * load. Not "network idle" as the browser tells it: real tags leave bodies unread, so that many
 * pages are never idle.
 */
final class PageClock {
  /** How the waiting ended. */
  enum End {
    DONE,
    STILL_BUSY,
    SPINNING,
    NEVER_LOADED,
    TAB_CRASHED,
    BROWSER_GONE
  }

  /**
   * How settling ended.
   *
   * @param late what its tags were still firing then; null when they were not
   */
  record Settled(End end, @Nullable LateFiring late) {}

  private static final long QUIET_NANOS = 500_000_000L;
  private static final long PATIENCE_NANOS = 1_500_000_000L;
  private static final long BUSY_CAP_MS = 12_000;
  private static final long TICK_MS = 50;

  private final TrafficLog traffic;
  private final CompletableFuture<Void> crashed;
  private final CompletableFuture<Void> browserGone;
  private final long deadlineNanos;

  PageClock(
      TrafficLog traffic,
      CompletableFuture<Void> crashed,
      CompletableFuture<Void> browserGone,
      long deadlineNanos) {
    this.traffic = traffic;
    this.crashed = crashed;
    this.browserGone = browserGone;
    this.deadlineNanos = deadlineNanos;
  }

  /** Milliseconds until the visit's cap; 0 when it is reached. */
  long leftMs() {
    return Math.max(0, (deadlineNanos - System.nanoTime()) / 1_000_000);
  }

  /** Waits for the event, the death of tab or browser, or the cap, whichever is first. */
  End awaitLoad(CompletableFuture<Void> loaded) throws InterruptedException {
    try {
      CompletableFuture.anyOf(loaded, crashed, browserGone).get(leftMs(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return End.NEVER_LOADED;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Events don't fail", e);
    }
    return alive() ? End.DONE : death();
  }

  /** After load: waits {@code leastMs} and until the wire is quiet. */
  Settled awaitSettled(long leastMs) throws InterruptedException {
    long start = System.nanoTime();
    while (alive()) {
      long waitedMs = (System.nanoTime() - start) / 1_000_000;
      boolean quiet = traffic.quietNanos(PATIENCE_NANOS) >= QUIET_NANOS;
      if (waitedMs >= leastMs && quiet)
        return new Settled(End.DONE, LateFiring.since(start, traffic, leastMs));
      if (leftMs() == 0 || waitedMs > leastMs + BUSY_CAP_MS)
        return new Settled(End.STILL_BUSY, null);
      tick();
    }
    return new Settled(death(), null);
  }

  /** Waits at least {@code leastMs}, then until quiet, at most {@code mostMs}: for farewells. */
  void awaitQuiet(long leastMs, long mostMs) throws InterruptedException {
    long start = System.nanoTime();
    while (!browserGone.isDone()) {
      long waitedMs = (System.nanoTime() - start) / 1_000_000;
      boolean quiet = traffic.quietNanos(PATIENCE_NANOS) >= QUIET_NANOS / 2;
      if (waitedMs >= mostMs || (waitedMs >= leastMs && quiet)) return;
      tick();
    }
  }

  boolean alive() {
    return !crashed.isDone() && !browserGone.isDone();
  }

  End death() {
    return browserGone.isDone() ? End.BROWSER_GONE : End.TAB_CRASHED;
  }

  /** Quiet is the absence of events, which only the clock can tell. */
  private static void tick() throws InterruptedException {
    Thread.sleep(TICK_MS);
  }
}
