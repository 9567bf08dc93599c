package org.tagwarden.collector.alerts;

import io.vertx.core.Future;

/**
 * A way by which alerts reach people. Called by {@link AlertLoop} on the event loop, one alert at a
 * time; must not block. To add one: a folder beside {@code email}, a line in {@link AlertChannels}.
 */
public interface AlertChannel {
  /** As it stands in the alert's row: "email". */
  String id();

  /**
   * Hands the message over. Succeeds once the other side took it; fails with an {@link
   * AlertException}, whatever else comes is taken for passing. May be called again for the same
   * alert, with the same {@link Alert#messageId}.
   */
  Future<Void> deliver(Alert alert, AlertStory story);
}
