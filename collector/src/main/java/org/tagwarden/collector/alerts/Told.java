package org.tagwarden.collector.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;

/** What was told to whom before, and whether something is new to them. Pure. */
final class Told {
  /**
   * A script that comes and goes (an ad rotation, a test on a share of the visitors) opens its
   * finding again and again: people hear of the same finding at most once in this time.
   */
  static final Duration SILENCE = Duration.ofDays(30);

  /** What is critical is too dangerous for that: it may have come back for good. */
  static final Duration SHORT_SILENCE = Duration.ofDays(1);

  private record Key(int findingId, String channel, String recipient) {}

  private final Map<Key, Instant> lastBad = new HashMap<>();
  private final Map<Key, Instant> lastGood = new HashMap<>();

  Told add(int findingId, String channel, String recipient, boolean bad, Instant at) {
    (bad ? lastBad : lastGood)
        .merge(
            new Key(findingId, channel, recipient), at, (one, two) -> one.isAfter(two) ? one : two);
    return this;
  }

  /** Whether this recipient does not know it yet. */
  boolean isNewTo(News news, String channel, String recipient, Instant now) {
    Key key = new Key(news.findingId(), channel, recipient);
    Instant bad = lastBad.get(key);
    if (news.kind() == ChangeKind.WORSENED) return true;
    if (!news.isBad()) {
      Instant good = lastGood.get(key);
      return bad != null && (good == null || good.isBefore(bad));
    }
    Duration silence = news.severity() == Severity.CRITICAL ? SHORT_SILENCE : SILENCE;
    return bad == null || bad.isBefore(now.minus(silence));
  }
}
