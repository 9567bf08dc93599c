package org.tagwarden.agent.work;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.LighthouseReport;
import org.tagwarden.report.VisitOptions;

/**
 * Measures one page without the proxy; blocks until it is done. Never beside another measurement.
 */
@FunctionalInterface
public interface Lighthouse {
  /** What was measured, or the problem that was in the way; the options are those of the job. */
  LighthouseReport run(
      UUID runId, UUID scanId, @Nullable UUID jobId, String url, VisitOptions options);
}
