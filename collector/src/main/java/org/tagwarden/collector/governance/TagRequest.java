package org.tagwarden.collector.governance;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for and what was answered.
 *
 * @param what the product, as the asker names it
 * @param wantedFrom null: as soon as possible
 * @param answer "" while it is open
 * @param authorizationId what was decided with the answer; null when nothing was
 */
public record TagRequest(
    int id,
    int siteId,
    String siteName,
    int clientId,
    String clientName,
    String what,
    String reason,
    @Nullable LocalDate wantedFrom,
    @Nullable Integer askedById,
    String askedBy,
    Instant askedAt,
    RequestState state,
    String answer,
    @Nullable String answeredBy,
    @Nullable Instant answeredAt,
    @Nullable Integer authorizationId) {}
