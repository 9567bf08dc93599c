package org.tagwarden.collector.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit log; null: any.
 *
 * @param until before this moment
 * @param below older than this entry, to go through the log page by page
 */
public record AuditFilter(
    @Nullable String who,
    @Nullable Integer clientId,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable Long below) {
  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);
}
