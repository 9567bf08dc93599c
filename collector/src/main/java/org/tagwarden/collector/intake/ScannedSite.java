package org.tagwarden.collector.intake;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.SiteScope;

/**
 * Whose scan it is.
 *
 * @param confirms whether the scan only looks again at something: its visits conclude nothing else
 * @param settleMs how long its pages were watched after load; null when nobody noted it
 */
record ScannedSite(
    UUID scanId, int siteId, SiteScope scope, @Nullable Integer settleMs, boolean confirms) {}
