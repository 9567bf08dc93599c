package org.tagwarden.collector.access;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * So many calls for a key in a time, counted from the first one, and no more. A call is counted
 * before it is judged: a hundred at the same moment are a hundred. Kept in memory; a restart
 * forgives.
 */
final class CallLimit {
  private static final int MOST_KEYS = 100_000;

  private final int most;
  private final Cache<String, AtomicInteger> calls;

  CallLimit(Clock clock, int most, Duration time) {
    this.most = most;
    this.calls =
        CacheBuilder.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterWrite(time.toMillis(), TimeUnit.MILLISECONDS)
            .ticker(ticker(clock))
            .build();
  }

  static Ticker ticker(Clock clock) {
    return new Ticker() {
      @Override
      public long read() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
      }
    };
  }

  /** Counts the call; false when it is one too many. */
  boolean take(String key) {
    return calls.asMap().computeIfAbsent(key, first -> new AtomicInteger()).incrementAndGet()
        <= most;
  }

  /** Takes one back that was counted and was all right. */
  void giveBack(String key) {
    AtomicInteger count = calls.getIfPresent(key);
    if (count != null) count.decrementAndGet();
  }

  /** Begins anew. */
  void clear(String key) {
    calls.invalidate(key);
  }
}
