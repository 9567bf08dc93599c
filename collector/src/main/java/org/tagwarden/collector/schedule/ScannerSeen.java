package org.tagwarden.collector.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A scanner that has asked for jobs. */
public record ScannerSeen(
    String name, @Nullable String version, @Nullable String browser, Instant lastSeenAt) {}
