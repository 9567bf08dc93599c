package org.tagwarden.collector.alerts;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.alerts.email.EmailChannel;

/** Every way by which alerts go out, one line each. */
public final class AlertChannels {
  private AlertChannels() {}

  /** The channels that this server's settings allow. */
  public static List<AlertChannel> of(Vertx vertx, ServerConfig config) {
    List<AlertChannel> channels = new ArrayList<>();
    if (config.smtp().host() != null) {
      channels.add(new EmailChannel(vertx, config.smtp(), config.publicUrl()));
    }
    return List.copyOf(channels);
  }
}
