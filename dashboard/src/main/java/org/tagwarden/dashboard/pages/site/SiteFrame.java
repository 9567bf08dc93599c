package org.tagwarden.dashboard.pages.site;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.schedule.ScanProgress;
import org.tagwarden.collector.site.Site;

/**
 * The head of every page of a site.
 *
 * @param mayScan whether "scan now" is offered
 * @param mayDecide whether decisions and settings can be changed
 * @param scanState of the newest scan; null when there was none
 * @param progress of the newest scan, as its scanner last said; null when it said nothing
 */
public record SiteFrame(
    Site site,
    boolean mayScan,
    boolean mayDecide,
    @Nullable String scanState,
    @Nullable ScanProgress progress,
    int failedVisits,
    @Nullable Instant scannedAt,
    @Nullable Instant nextRunAt,
    int tags,
    int openFindings) {

  static boolean mayScan(Principal principal, Site site) {
    return principal.may(Role.REQUESTER, site.clientId());
  }

  static boolean mayDecide(Principal principal, Site site) {
    return principal.may(Role.APPROVER, site.clientId());
  }

  /** Whether a scan waits or runs. */
  public boolean underWay() {
    return "WAITING".equals(scanState) || "RUNNING".equals(scanState);
  }

  /** A path under this site. */
  public String path(String rest) {
    return "/sites/" + site.id() + rest;
  }
}
