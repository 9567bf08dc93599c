package org.tagwarden.dashboard.pages.scans;

import java.util.List;
import org.tagwarden.collector.schedule.Scan;
import org.tagwarden.dashboard.pages.site.SiteFrame;

/**
 * The scans of a site.
 *
 * @param scans the newest first
 * @param coverage what the last 30 days hold
 * @param scannerThere whether any scanner asked for work lately
 */
public record ScansView(
    SiteFrame frame, List<Scan> scans, Coverage coverage, boolean scannerThere) {
  public ScansView {
    scans = List.copyOf(scans);
  }

  /** Whether one waits or runs, so that the list refreshes itself. */
  public boolean underWay() {
    return scans.stream()
        .anyMatch(s -> s.state() == Scan.State.WAITING || s.state() == Scan.State.RUNNING);
  }

  /**
   * Scans that ran, and the silence between them: a gap in coverage must be visible.
   *
   * @param longestGapDays the longest time between two finished scans, or since the last
   */
  public record Coverage(int done, int notRun, int failedVisits, long longestGapDays) {}
}
