package org.tagwarden.report;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the server asks a scanner to do: scan the pages of one site. The other direction of the
 * contract.
 *
 * @param leaseSeconds the scanner sends a heartbeat at least every third of it, else the job goes
 *     to another
 * @param journeys taken after the pages; empty for none
 * @param signIn taken once, before everything else, whose cookies the visits share; null for none
 * @param kind page visits through the proxy, or a Lighthouse run
 */
public record ScanJob(
    UUID jobId,
    UUID scanId,
    String site,
    Kind kind,
    PageSet pages,
    VisitOptions options,
    int leaseSeconds,
    List<Journey> journeys,
    @Nullable Journey signIn) {
  /** What is measured. */
  public enum Kind {
    /** Page visits through the proxy. */
    VISITS,
    /** Lighthouse without the proxy, never beside another measurement on the same machine. */
    LIGHTHOUSE
  }

  public ScanJob {
    Require.present(jobId, "jobId");
    Require.present(scanId, "scanId");
    Require.notBlank(site, "site");
    Require.present(kind, "kind");
    Require.present(pages, "pages");
    Require.present(options, "options");
    Require.that(leaseSeconds > 0, "leaseSeconds", "must be positive");
    journeys = Require.list(journeys, "journeys");
  }

  /** Pages only. */
  public ScanJob(
      UUID jobId,
      UUID scanId,
      String site,
      Kind kind,
      PageSet pages,
      VisitOptions options,
      int leaseSeconds) {
    this(jobId, scanId, site, kind, pages, options, leaseSeconds, List.of(), null);
  }
}
