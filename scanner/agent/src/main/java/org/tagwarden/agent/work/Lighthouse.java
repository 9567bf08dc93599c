package org.tagwarden.agent.work;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.LighthouseReport;

/**
 * Measures one page without the proxy; blocks until it is done. Never beside another measurement.
 */
@FunctionalInterface
public interface Lighthouse {
  LighthouseReport run(UUID runId, UUID scanId, @Nullable UUID jobId, String url);
}
