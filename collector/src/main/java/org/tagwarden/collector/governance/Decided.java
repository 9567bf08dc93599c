package org.tagwarden.collector.governance;

/**
 * What a decision brought about.
 *
 * @param resolvedFindings open findings that it settled
 */
public record Decided(int decisionId, int resolvedFindings) {}
