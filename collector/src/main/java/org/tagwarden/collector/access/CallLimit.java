package org.tagwarden.collector.access;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** So many calls for a key in a time, and no more. Kept in memory; a restart forgives. */
final class CallLimit {
  private final int most;
  private final Cache<String, AtomicInteger> calls;

  CallLimit(Clock clock, int most, Duration time) {
    this.most = most;
    calls =
        CacheBuilder.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(time.toMillis(), TimeUnit.MILLISECONDS)
            .ticker(
                new Ticker() {
                  @Override
                  public long read() {
                    return TimeUnit.MILLISECONDS.toNanos(clock.millis());
                  }
                })
            .build();
  }

  /** Counts the call; false when it is one too many. */
  boolean take(String key) {
    return calls.asMap().computeIfAbsent(key, first -> new AtomicInteger()).incrementAndGet()
        <= most;
  }
}
