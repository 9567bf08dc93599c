package org.tagwarden.collector.alerts;

import org.jspecify.annotations.Nullable;

/**
 * Where messages go besides the people of a site.
 *
 * @param channel a channel's id
 * @param address a mail address, a URL, or a secret's reference (see {@link Secrets})
 * @param signing reference to the key that signs webhooks; null: they go unsigned
 */
public record Destination(
    int id, int clientId, String name, String channel, String address, @Nullable String signing) {}
