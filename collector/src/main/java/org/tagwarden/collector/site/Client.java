package org.tagwarden.collector.site;

import java.time.Instant;

/** A client (tenant): whoever the sites belong to. */
public record Client(int id, String name, Instant createdAt) {}
