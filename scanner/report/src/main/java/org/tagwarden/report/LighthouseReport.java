package org.tagwarden.report;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one Lighthouse run measured, without the proxy. -1 where Lighthouse gave no value.
 *
 * @param runId identity; the server stores a run once however often it arrives
 * @param performanceScore 0 to 100
 * @param totalBytes transferred bytes of the page
 * @param thirdPartyMainThreadMs main-thread time of third parties, observed, not simulated
 * @param entities third parties with their observed cost
 * @param problem why the run failed; null when it did not, in which case the figures are valid
 */
public record LighthouseReport(
    UUID runId,
    UUID scanId,
    @Nullable UUID jobId,
    String page,
    Instant startedAt,
    String lighthouseVersion,
    double performanceScore,
    double lcpMs,
    double fcpMs,
    double tbtMs,
    double cls,
    double ttfbMs,
    double speedIndexMs,
    long totalBytes,
    double thirdPartyMainThreadMs,
    List<Entity> entities,
    @Nullable Problem problem) {
  /** One third party's observed cost on the page. */
  public record Entity(String name, long bytes, double mainThreadMs, double blockingMs) {}

  public LighthouseReport {
    Require.present(runId, "runId");
    Require.present(scanId, "scanId");
    Require.notBlank(page, "page");
    Require.present(startedAt, "startedAt");
    entities = Require.list(entities, "entities");
  }
}
