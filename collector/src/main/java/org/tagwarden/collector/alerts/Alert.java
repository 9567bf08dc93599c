package org.tagwarden.collector.alerts;

import java.time.OffsetDateTime;

/**
 * A message to be sent, as claimed by one {@link AlertLoop}.
 *
 * @param messageId the same for every try, so that the receiving side can tell a repeated delivery
 * @param tries this one included
 * @param claim the claim's end, which is also its name
 */
public record Alert(
    long id,
    long changeId,
    int siteId,
    String channel,
    String recipient,
    String messageId,
    int tries,
    OffsetDateTime claim) {}
