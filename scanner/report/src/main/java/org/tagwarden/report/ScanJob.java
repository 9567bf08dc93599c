package org.tagwarden.report;

import java.util.UUID;

/**
 * What the server asks a scanner to do: scan the pages of one site. The other direction of the
 * contract.
 *
 * @param leaseSeconds the scanner sends a heartbeat at least every third of it, else the job goes
 *     to another
 * @param kind page visits through the proxy, or a Lighthouse run
 */
public record ScanJob(
    UUID jobId,
    UUID scanId,
    String site,
    Kind kind,
    PageSet pages,
    VisitOptions options,
    int leaseSeconds) {
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
  }
}
