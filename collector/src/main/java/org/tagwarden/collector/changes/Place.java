package org.tagwarden.collector.changes;

import java.time.Instant;
import java.util.UUID;

/** Where and when a visit saw something. */
record Place(int siteId, int pageId, UUID visitId, Instant at) {}
