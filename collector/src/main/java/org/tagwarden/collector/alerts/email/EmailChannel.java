package org.tagwarden.collector.alerts.email;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import org.tagwarden.collector.ServerConfig.Smtp;
import org.tagwarden.collector.alerts.Alert;
import org.tagwarden.collector.alerts.AlertChannel;
import org.tagwarden.collector.alerts.AlertException;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.mail.MailServer;

/** Sends alerts through a mail server. */
public final class EmailChannel implements AlertChannel {
  public static final String ID = "email";

  /** Replies that are about the login: 5xx, but people mend it in the settings. */
  private static final int FIRST_LOGIN_REPLY = 530;

  private static final int LAST_LOGIN_REPLY = 539;

  private final MailClient client;
  private final Smtp smtp;
  private final FindingMail mail;

  /**
   * @param publicUrl where the links of the mails lead, without a slash at the end
   */
  public EmailChannel(Vertx vertx, Smtp smtp, String publicUrl) {
    this.smtp = smtp;
    this.mail = new FindingMail(publicUrl);
    this.client = MailServer.client(vertx, smtp);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Future<Void> deliver(Alert alert, AlertStory story) {
    return Future.<Void>succeededFuture()
        .compose(start -> client.sendMail(message(alert, story)))
        .recover(failure -> Future.failedFuture(said(alert, failure)))
        .mapEmpty();
  }

  private MailMessage message(Alert alert, AlertStory story) {
    return new MailMessage()
        .setFrom(smtp.from())
        .setTo(alert.recipient())
        .setSubject(mail.subject(story))
        .setText(mail.text(story))
        .setHtml(mail.html(story))
        .setHeaders(
            MultiMap.caseInsensitiveMultiMap()
                .add("Message-ID", "<" + alert.messageId() + ">")
                .add("Auto-Submitted", "auto-generated")
                .add("X-Auto-Response-Suppress", "All"));
  }

  private AlertException said(Alert alert, Throwable failure) {
    String server = smtp.host() + ":" + smtp.port();
    if (failure instanceof IllegalArgumentException) {
      return AlertException.permanent(
          "\""
              + alert.recipient()
              + "\" or the sender \""
              + smtp.from()
              + "\" is no mail address: correct it at the site or in smtp.from.",
          failure);
    }
    if (failure instanceof SMTPException reply) {
      boolean login =
          reply.getReplyCode() >= FIRST_LOGIN_REPLY && reply.getReplyCode() <= LAST_LOGIN_REPLY;
      String sentence = "The mail server " + server + " answered: " + reply.getReplyMessage();
      if (login) {
        return AlertException.passing(
            sentence + ". Check smtp.user and smtp.password in the server's settings.", failure);
      }
      return reply.isPermanent()
          ? AlertException.permanent(
              sentence + ". The mail to " + alert.recipient() + " will not be tried again.",
              failure)
          : AlertException.passing(sentence, failure);
    }
    return AlertException.passing(
        "The mail server "
            + server
            + " could not be used: "
            + failure.getMessage()
            + ". Check smtp.host, smtp.port and smtp.tls in the server's settings.",
        failure);
  }
}
