package org.tagwarden.collector.findings;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;

/**
 * A finding as it stands before a visit is judged.
 *
 * @param states the states of pages on which it is failing
 * @param ofTag whether it is about a tag, which may fire or not
 */
record KnownFinding(
    int id,
    String checkId,
    String subject,
    Severity severity,
    boolean open,
    Set<Integer> states,
    Instant lastSeenAt,
    @Nullable Instant resolvedAt,
    boolean ofTag) {
  KnownFinding {
    states = Set.copyOf(states);
  }
}
