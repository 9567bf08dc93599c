package org.tagwarden.collector.alerts.webhook;

import io.vertx.core.Future;
import org.tagwarden.collector.alerts.Alert;
import org.tagwarden.collector.alerts.AlertChannel;
import org.tagwarden.collector.alerts.AlertMessage;
import org.tagwarden.collector.alerts.http.HttpTarget;

/** Posts alerts as JSON, signed when the destination has a key. */
public final class WebhookChannel implements AlertChannel {
  public static final String ID = "webhook";

  private final HttpTarget http;

  public WebhookChannel(HttpTarget http) {
    this.http = http;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Webhook";
  }

  @Override
  public String addressHint() {
    return "An https:// address, or secret:NAME";
  }

  @Override
  public void check(String address) {
    http.check(address);
  }

  @Override
  public Future<Void> deliver(Alert alert, AlertMessage message) {
    return http.post(alert, WebhookBody.of(alert.messageId(), message).encode());
  }
}
