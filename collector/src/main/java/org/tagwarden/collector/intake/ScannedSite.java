package org.tagwarden.collector.intake;

import java.util.UUID;
import org.tagwarden.collector.vendors.SiteScope;

/** Whose scan it is. */
record ScannedSite(UUID scanId, int siteId, SiteScope scope) {}
