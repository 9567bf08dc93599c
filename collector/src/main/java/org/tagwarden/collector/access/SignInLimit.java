package org.tagwarden.collector.access;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.tagwarden.collector.Refusal;

/**
 * Slows guessing down: after five failures from one address for one e-mail, further attempts are
 * refused until a quarter of an hour without any has passed. Kept in memory; a restart forgives.
 */
final class SignInLimit {
  private static final int FAILURES = 5;
  private static final Duration PAUSE = Duration.ofMinutes(15);

  private final Cache<String, AtomicInteger> failures;

  SignInLimit(Clock clock) {
    failures =
        CacheBuilder.newBuilder()
            .maximumSize(100_000)
            .expireAfterAccess(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
            .ticker(
                new Ticker() {
                  @Override
                  public long read() {
                    return TimeUnit.MILLISECONDS.toNanos(clock.millis());
                  }
                })
            .build();
  }

  /** Throws {@link Refusal} when there were too many failures. */
  void check(String address, String email) {
    AtomicInteger count = failures.getIfPresent(key(address, email));
    if (count != null && count.get() >= FAILURES) {
      throw Refusal.of(
          Refusal.Kind.TOO_MANY,
          "Too many failed sign-ins: wait " + PAUSE.toMinutes() + " minutes and try again.");
    }
  }

  void failed(String address, String email) {
    failures
        .asMap()
        .computeIfAbsent(key(address, email), key -> new AtomicInteger())
        .incrementAndGet();
  }

  void succeeded(String address, String email) {
    failures.invalidate(key(address, email));
  }

  private static String key(String address, String email) {
    return address + " " + email.strip().toLowerCase(Locale.ROOT);
  }
}
