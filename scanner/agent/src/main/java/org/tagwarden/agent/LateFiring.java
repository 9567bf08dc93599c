package org.tagwarden.agent;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.Problems;
import org.tagwarden.agent.traffic.Exchange;
import org.tagwarden.agent.traffic.TrafficLog;

/**
 * What a page's tags sent shortly before it was left: then later firings were most likely not seen,
 * and the site's settle time is too short.
 *
 * @param afterMs how long after the page had loaded
 */
record LateFiring(String url, long afterMs, long settleMs) {
  /** Of the problem that it is. */
  static final String CODE = "settle-short";

  /** So near the end; of a settle time that is hardly longer, its second half. */
  private static final long MARGIN_MS = 500;

  /**
   * Looks, when settling has ended, at what was sent since it began; null when nothing was late.
   */
  static @Nullable LateFiring since(long settlingFromNanos, TrafficLog traffic, long settleMs) {
    return traffic.exchanges().stream()
        .max(Comparator.comparingLong(Exchange::startNanos))
        .map(
            e ->
                new LateFiring(e.url(), (e.startNanos() - settlingFromNanos) / 1_000_000, settleMs))
        .filter(latest -> latest.afterMs > settleMs - Math.min(MARGIN_MS, settleMs / 2))
        .orElse(null);
  }

  void note(Problems problems) {
    problems.note(
        "scanner",
        "settle",
        CODE,
        "settle time shorter than the latest firing: "
            + url
            + " was asked for "
            + afterMs
            + " ms after the page had loaded, the settle time is "
            + settleMs
            + " ms. Later requests may be missing.");
  }
}
