package org.tagwarden.agent.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next try: doubles from {@code first} to {@code most}, with a fifth of
 * chance in it, so that scanners do not come back all at once. Not thread-safe.
 */
public final class Backoff {
  private final Duration first;
  private final Duration most;
  private Duration next;

  public Backoff(Duration first, Duration most) {
    this.first = first;
    this.most = most;
    this.next = first;
  }

  /** A second at first, a minute at most. */
  public static Backoff forServers() {
    return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  }

  /** The next wait. */
  public Duration next() {
    double chance = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
    Duration wait = Duration.ofNanos((long) (next.toNanos() * chance));
    next = next.multipliedBy(2).compareTo(most) < 0 ? next.multipliedBy(2) : most;
    return wait;
  }

  /** It worked: the next failure starts from the first wait again. */
  public void reset() {
    next = first;
  }
}
