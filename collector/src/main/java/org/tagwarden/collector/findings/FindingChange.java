package org.tagwarden.collector.findings;

/** One change of a finding's state, as stored. */
public record FindingChange(
    long id, int findingId, String checkId, String subject, ChangeKind kind) {}
