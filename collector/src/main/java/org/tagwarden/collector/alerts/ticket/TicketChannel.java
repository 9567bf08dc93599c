package org.tagwarden.collector.alerts.ticket;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mail.MailMessage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.alerts.Alert;
import org.tagwarden.collector.alerts.AlertChannel;
import org.tagwarden.collector.alerts.AlertException;
import org.tagwarden.collector.alerts.AlertMessage;
import org.tagwarden.collector.alerts.email.AlertMail;
import org.tagwarden.collector.alerts.email.Mailer;
import org.tagwarden.collector.alerts.http.HttpTarget;

/**
 * Opens tickets. A mail carries text only and the finding's name in its subject, by which help
 * desks find the ticket again; a webhook gets a flat object that their forms can map.
 */
public final class TicketChannel implements AlertChannel {
  private final @Nullable Mailer mailer;
  private final HttpTarget http;

  /**
   * @param mailer null when there is no mail server: tickets are opened by webhook only
   */
  public TicketChannel(@Nullable Mailer mailer, HttpTarget http) {
    this.mailer = mailer;
    this.http = http;
  }

  @Override
  public String id() {
    return "ticket";
  }

  @Override
  public String title() {
    return "Ticket";
  }

  @Override
  public String addressHint() {
    return mailer == null
        ? "The help desk's https:// address, or secret:NAME"
        : "The help desk's mail address, https:// address, or secret:NAME";
  }

  @Override
  public void check(String address) {
    if (!isMail(address)) {
      http.check(address);
      return;
    }
    if (mailer == null)
      throw Refusal.invalid(
          "address",
          "Tickets by mail need smtp.host in the server's settings: give a web address.");
    Mailer.checkAddress(address);
  }

  /** A web address may hold an @, too. */
  private static boolean isMail(String address) {
    return address.contains("@") && !address.contains("://");
  }

  @Override
  public Future<Void> deliver(Alert alert, AlertMessage message) {
    String address = alert.target().address();
    if (!isMail(address)) return http.post(alert, body(message).encode());
    if (mailer == null)
      return Future.failedFuture(
          AlertException.passing(
              "No mail server is set (smtp.host in the server's settings): this ticket is opened by"
                  + " mail.",
              null));
    return mailer.send(alert, address, mail(alert, message));
  }

  private static MailMessage mail(Alert alert, AlertMessage message) {
    return new MailMessage()
        .setSubject("[" + reference(message) + "] " + AlertMail.subject(message))
        .setText(AlertMail.ticket(message))
        .setHeaders(
            MultiMap.caseInsensitiveMultiMap()
                .add("Message-ID", "<" + alert.messageId() + ">")
                .add("Auto-Submitted", "auto-generated"));
  }

  static JsonObject body(AlertMessage message) {
    return new JsonObject()
        .put("externalId", reference(message))
        .put("title", AlertMail.subject(message))
        .put("description", AlertMail.ticket(message))
        .put("priority", message.severity().name().toLowerCase(Locale.ROOT))
        .put("status", message.isResolved() ? "resolved" : "open")
        .put("link", message.links().look());
  }

  /** The same for every message about the same finding. */
  private static String reference(AlertMessage message) {
    return message.isSingle()
        ? "tagwarden-" + message.first().findingId()
        : "tagwarden-site-" + message.first().siteId();
  }
}
