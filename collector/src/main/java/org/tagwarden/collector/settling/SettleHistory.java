package org.tagwarden.collector.settling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a site's last scans tell about how long its pages must be watched.
 *
 * @param scans how many of them there are, at most {@link SettleTime#REMEMBERED}
 * @param firstAt when the oldest of them was; null when there is none
 * @param latestMs the latest first firing after load or choice, in milliseconds; null when no visit
 *     tells
 * @param shortAtMs the longest settle time that was found to be too short; null when none was
 * @param longLookAt when the pages were last watched for the longest time; null when never
 */
public record SettleHistory(
    int scans,
    @Nullable Instant firstAt,
    @Nullable Integer latestMs,
    @Nullable Integer shortAtMs,
    @Nullable Instant longLookAt) {
  /** A site that was never scanned. */
  public static final SettleHistory NONE = new SettleHistory(0, null, null, null, null);
}
