package org.tagwarden.collector.governance;

import java.time.Instant;

/** One line of a subject's history. */
public record DecisionRecord(
    int id,
    DecisionSubject subject,
    DecisionState state,
    String justification,
    String decidedBy,
    Instant decidedAt) {}
