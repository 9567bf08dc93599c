package org.tagwarden.collector.alerts;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent, as claimed by one {@link AlertLoop}.
 *
 * @param recipient a mail address, or the destination's name
 * @param messageId the same for every try, so that the receiving side can tell a repeated delivery
 * @param tries this one included
 * @param claim the claim's end, which is also its name
 * @param destination null for a mail to somebody of the site
 */
public record Alert(
    long id,
    AlertKind kind,
    int siteId,
    String channel,
    String recipient,
    String messageId,
    int tries,
    OffsetDateTime claim,
    @Nullable Destination destination) {
  /** For channels that reach nobody without one. */
  public Destination target() {
    if (destination == null)
      throw new IllegalStateException("Alert " + id + " has no destination: " + channel);
    return destination;
  }
}
