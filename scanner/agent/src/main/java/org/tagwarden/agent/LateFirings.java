package org.tagwarden.agent;

import java.util.Comparator;
import org.tagwarden.agent.observe.Problems;
import org.tagwarden.agent.traffic.Exchange;
import org.tagwarden.agent.traffic.TrafficLog;

/**
 * Tells when a page was left while its tags were still firing: then later ones were most likely not
 * seen, and the site's settle time is too short.
 */
final class LateFirings {
  static final String CODE = "settle-short";

  private static final long MARGIN_MS = 500;

  private LateFirings() {}

  /** Called when settling has ended; looks at what was sent since {@code settlingFromNanos}. */
  static void note(TrafficLog traffic, long settlingFromNanos, long settleMs, Problems problems) {
    traffic.exchanges().stream()
        .max(Comparator.comparingLong(Exchange::startNanos))
        .ifPresent(
            latest -> {
              long afterMs = (latest.startNanos() - settlingFromNanos) / 1_000_000;
              if (afterMs > Math.max(0, settleMs - MARGIN_MS))
                problems.note(
                    "scanner",
                    "settle",
                    CODE,
                    "settle time shorter than the latest firing: "
                        + latest.url()
                        + " was asked for "
                        + afterMs
                        + " ms after the page had loaded, the settle time is "
                        + settleMs
                        + " ms. Later requests may be missing.");
            });
  }
}
