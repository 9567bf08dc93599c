package org.tagwarden.agent.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks every second how much memory a contender's browsers take. */
final class MemoryWatch implements AutoCloseable {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private volatile double most;

  MemoryWatch(Contender contender) {
    timer.scheduleWithFixedDelay(
        () -> most = Math.max(most, contender.tree().startedMegabytes()), 1, 1, TimeUnit.SECONDS);
  }

  /** Megabytes. */
  double most() {
    return most;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
