package org.tagwarden.agent.lighthouse;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.LighthouseReport;
import org.tagwarden.report.Problem;

/** The figures of one run; -1 where Lighthouse gave none. */
record Measurement(
    String version,
    double score,
    double lcpMs,
    double fcpMs,
    double tbtMs,
    double cls,
    double ttfbMs,
    double speedIndexMs,
    long totalBytes,
    List<LighthouseReport.Entity> entities) {
  static final Measurement NONE = new Measurement("", -1, -1, -1, -1, -1, -1, -1, -1, List.of());

  /** Whose figures these are. */
  record Run(UUID runId, UUID scanId, @Nullable UUID jobId, String page, Instant startedAt) {}

  LighthouseReport report(Run run, @Nullable Problem problem) {
    return new LighthouseReport(
        run.runId(),
        run.scanId(),
        run.jobId(),
        run.page(),
        run.startedAt(),
        version,
        score,
        lcpMs,
        fcpMs,
        tbtMs,
        cls,
        ttfbMs,
        speedIndexMs,
        totalBytes,
        problem == null
            ? entities.stream().mapToDouble(LighthouseReport.Entity::mainThreadMs).sum()
            : -1,
        entities,
        problem);
  }
}
