package org.tagwarden.collector.alerts;

import io.vertx.core.Future;

/**
 * A way by which alerts reach people. Called by {@link AlertLoop} on the event loop, several alerts
 * at a time; must not block, and must end by itself when the other side never answers. To add one:
 * a folder beside {@code email}, a line in {@link AlertChannels}.
 */
public interface AlertChannel {
  /** As it stands in the alert's row: "email". */
  String id();

  /** What people call it: "E-mail". */
  String title();

  /** What its address has to be, for the form: "An https:// address". */
  String addressHint();

  /** Throws a {@code Refusal} that names the field when nothing could be sent to this address. */
  void check(String address);

  /**
   * Hands the message over. Succeeds once the other side took it; fails with an {@link
   * AlertException}, whatever else comes is taken for passing. May be called again for the same
   * alert, with the same {@link Alert#messageId}.
   */
  Future<Void> deliver(Alert alert, AlertMessage message);
}
