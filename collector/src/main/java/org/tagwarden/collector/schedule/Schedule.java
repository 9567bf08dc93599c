package org.tagwarden.collector.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.ScanJob;

/**
 * When a site is scanned. A site has at most one schedule per kind.
 *
 * @param nextRunAt null while it is switched off
 * @param lastRunAt null before the first run
 */
public record Schedule(
    int id,
    int siteId,
    ScanJob.Kind kind,
    ScheduleDraft draft,
    @Nullable Instant nextRunAt,
    @Nullable Instant lastRunAt) {}
