package org.tagwarden.collector.alerts.email;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;
import java.util.List;
import java.util.stream.Collectors;
import org.tagwarden.collector.alerts.Alert;
import org.tagwarden.collector.alerts.AlertChannel;
import org.tagwarden.collector.alerts.AlertMessage;

/** Sends alerts through a mail server: HTML and text, in a thread for each finding. */
public final class EmailChannel implements AlertChannel {
  public static final String ID = "email";

  private final Mailer mailer;

  public EmailChannel(Mailer mailer) {
    this.mailer = mailer;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "E-mail";
  }

  @Override
  public String addressHint() {
    return "One address, name@example.com";
  }

  @Override
  public void check(String address) {
    Mailer.checkAddress(address);
  }

  @Override
  public Future<Void> deliver(Alert alert, AlertMessage message) {
    MailMessage mail =
        new MailMessage()
            .setSubject(AlertMail.subject(message))
            .setText(AlertMail.text(message))
            .setHtml(AlertMail.html(message))
            .setHeaders(headers(alert, message));
    return mailer.send(alert, alert.recipient(), mail);
  }

  private static MultiMap headers(Alert alert, AlertMessage message) {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Message-ID", "<" + alert.messageId() + ">")
            .add("Auto-Submitted", "auto-generated")
            .add("X-Auto-Response-Suppress", "All");
    // Not for one click (RFC 8058): the page asks first, since filters open links too.
    if (message.kind().isAboutFindings())
      headers.add("List-Unsubscribe", "<" + message.links().unsubscribe() + ">");
    List<String> thread = message.thread();
    if (!thread.isEmpty()) {
      headers.add("In-Reply-To", "<" + thread.get(thread.size() - 1) + ">");
      headers.add(
          "References", thread.stream().map(id -> "<" + id + ">").collect(Collectors.joining(" ")));
    }
    return headers;
  }
}
