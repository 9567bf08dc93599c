package org.tagwarden.collector.alerts;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.alerts.email.EmailChannel;
import org.tagwarden.collector.alerts.email.Mailer;
import org.tagwarden.collector.alerts.http.HttpTarget;
import org.tagwarden.collector.alerts.slack.SlackChannel;
import org.tagwarden.collector.alerts.teams.TeamsChannel;
import org.tagwarden.collector.alerts.ticket.TicketChannel;
import org.tagwarden.collector.alerts.webhook.WebhookChannel;
import org.tagwarden.collector.mail.MailServer;

/** Every way by which alerts go out, one line each. */
public final class AlertChannels {
  private AlertChannels() {}

  /** The channels that this server's settings allow. */
  public static List<AlertChannel> of(Vertx vertx, ServerConfig config, Clock clock) {
    ServerConfig.Alerts settings = config.alerts();
    HttpTarget http =
        new HttpTarget(
            vertx,
            new Secrets(settings.secretsDir()),
            settings.privateTargets(),
            clock,
            HttpTarget.PATIENCE);
    List<AlertChannel> channels = new ArrayList<>();
    if (config.smtp().host() != null) {
      Mailer mailer = new Mailer(vertx, config.smtp(), MailServer.PATIENCE);
      channels.add(new EmailChannel(mailer));
      channels.add(new TicketChannel(mailer, http));
    }
    channels.add(new WebhookChannel(http));
    channels.add(new SlackChannel(http));
    channels.add(new TeamsChannel(http));
    return List.copyOf(channels);
  }
}
