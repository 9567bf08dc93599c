package org.tagwarden.collector.schedule;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.ScanJob;

/**
 * One audit run over a site.
 *
 * @param requestedBy who asked for it; null when the schedule did
 * @param dueAt when it was wanted; well before {@code createdAt} after a gap
 * @param failedVisits visits that are no result: failed or challenged
 * @param problem why it was parked, or what went wrong last, for people
 * @param progress how far it is, as its scanner last said; null unless it runs
 */
public record Scan(
    UUID id,
    int siteId,
    String siteName,
    ScanJob.Kind kind,
    Cause cause,
    @Nullable String requestedBy,
    Instant dueAt,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    State state,
    int visits,
    int failedVisits,
    @Nullable String problem,
    @Nullable ScanProgress progress) {
  /** Why it runs. */
  public enum Cause {
    /** The schedule said so. */
    SCHEDULE,
    /** Somebody asked for it. */
    NOW,
    /** The schedule said so while the server was down. */
    CATCH_UP,
    /** A critical change is looked at again before anybody is told. */
    CONFIRM
  }

  /** How far it is. */
  public enum State {
    /** No scanner has taken it yet. */
    WAITING,
    /** A scanner works on it. */
    RUNNING,
    /** Every visit was delivered. */
    DONE,
    /** It was given up; the problem says why. */
    PARKED
  }
}
