package org.tagwarden.collector.findings;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;

/** A finding as it stands before a visit is judged. */
record KnownFinding(
    int id,
    String checkId,
    String subject,
    Severity severity,
    boolean open,
    Set<Integer> pages,
    Instant lastSeenAt,
    @Nullable Instant resolvedAt) {
  KnownFinding {
    pages = Set.copyOf(pages);
  }
}
