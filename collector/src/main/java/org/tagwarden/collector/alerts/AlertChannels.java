package org.tagwarden.collector.alerts;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.alerts.bounces.ReturnAddress;
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
  public static List<AlertChannel> of(
      Vertx vertx, ServerConfig config, Secrets secrets, ReturnAddress returns, Clock clock) {
    HttpTarget http =
        new HttpTarget(
            vertx, secrets, config.alerts().privateTargets(), clock, HttpTarget.PATIENCE);
    Mailer mailer =
        config.smtp().host() == null
            ? null
            : new Mailer(vertx, config.smtp(), MailServer.PATIENCE, returns);
    List<AlertChannel> channels = new ArrayList<>();
    if (mailer != null) channels.add(new EmailChannel(mailer));
    channels.add(new TicketChannel(mailer, http));
    channels.add(new WebhookChannel(http));
    channels.add(new SlackChannel(http));
    channels.add(new TeamsChannel(http));
    return List.copyOf(channels);
  }
}
