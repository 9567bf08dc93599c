package org.tagwarden.collector.schedule;

import org.jspecify.annotations.Nullable;

/**
 * How far a running scan is, as its scanner says with a heartbeat.
 *
 * @param found pages that are to be visited, as far as known
 * @param visited visits that have ended
 * @param page what is visited now; null when nothing is
 */
public record ScanProgress(int found, int visited, @Nullable String page) {}
