package org.tagwarden.collector.settling;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.VisitOptions;

/**
 * How long the pages of a site are watched after load, if nobody fixed it: as long as its latest
 * tag took in the last scans, and some more. Every so often a longer look finds tags that are new
 * and late. Pure.
 */
public final class SettleTime {
  /** So many scans back it looks; a tag that is gone is forgotten after these. */
  public static final int REMEMBERED = 10;

  /** A long look; no settle time is longer. */
  public static final int LONGEST_MS = 10_000;

  static final int SHORTEST_MS = 1_000;

  /** Before there is history: catches tags that fire at three seconds. */
  static final int USUAL_MS = (int) VisitOptions.DEFAULT.settleMs();

  /** Tags do not keep their time to the millisecond, and late ones less than early ones. */
  private static final int MARGIN_MS = 500;

  private static final double MARGIN_SHARE = 1.25;

  /** Found too short: half as long again. */
  private static final double LONGER = 1.5;

  private static final Duration LONG_LOOK_AFTER = Duration.ofDays(7);

  private SettleTime() {}

  /** The settle time of a scan that begins now, in milliseconds. */
  public static int of(SettleHistory history, Instant now) {
    if (history.latestMs() == null && history.shortAtMs() == null) return USUAL_MS;
    if (longLookIsDue(history, now)) return LONGEST_MS;
    double known = history.latestMs() == null ? USUAL_MS : history.latestMs() * MARGIN_SHARE;
    double raised = history.shortAtMs() == null ? 0 : history.shortAtMs() * LONGER;
    long needed = Math.round(Math.max(known + MARGIN_MS, raised));
    return (int) Math.max(SHORTEST_MS, Math.min(LONGEST_MS, needed));
  }

  /** Each tenth scan, and each week, whichever is first. */
  private static boolean longLookIsDue(SettleHistory history, Instant now) {
    if (history.longLookAt() == null && history.scans() >= REMEMBERED) return true;
    @Nullable Instant since =
        history.longLookAt() != null ? history.longLookAt() : history.firstAt();
    return since != null && !now.isBefore(since.plus(LONG_LOOK_AFTER));
  }
}
