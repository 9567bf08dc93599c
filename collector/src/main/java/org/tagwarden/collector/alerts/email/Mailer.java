package org.tagwarden.collector.alerts.email;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.ServerConfig.Smtp;
import org.tagwarden.collector.alerts.Alert;
import org.tagwarden.collector.alerts.AlertException;
import org.tagwarden.collector.alerts.bounces.ReturnAddress;
import org.tagwarden.collector.mail.MailServer;

/** Hands mails to the configured server, and says in a sentence what was wrong when it did not. */
public final class Mailer {
  /** However slowly a server goes on: shorter than a claim on an alert. */
  private static final int LONGEST_SECONDS = 90;

  /** Replies that are about the login: 5xx, but people mend it in the settings. */
  private static final int FIRST_LOGIN_REPLY = 530;

  private static final int LAST_LOGIN_REPLY = 539;

  /** Replies that are about the mailbox: unknown, disabled, not allowed, moved, full for good. */
  private static final int FIRST_MAILBOX_REPLY = 550;

  private static final int LAST_MAILBOX_REPLY = 553;

  private static final Pattern ADDRESS = Pattern.compile("[^\\s@,;<>]+@[^\\s@,;<>]+");

  private final MailClient client;
  private final Smtp smtp;
  private final ReturnAddress returns;

  /**
   * @param patience how long the server may be silent
   * @param returns where mails come back to that cannot be delivered
   */
  public Mailer(Vertx vertx, Smtp smtp, Duration patience, ReturnAddress returns) {
    this.smtp = smtp;
    this.returns = returns;
    this.client = MailServer.client(vertx, smtp, patience);
  }

  /** Throws a refusal unless this could be somebody's address. */
  public static void checkAddress(String address) {
    if (!ADDRESS.matcher(address).matches())
      throw Refusal.invalid(
          "address", "This is no e-mail address: write it like name@example.com.");
  }

  /** Sends an alert's mail to one address; the sender is the server's. */
  public Future<Void> send(Alert alert, String recipient, MailMessage mail) {
    String envelope = returns.of(alert.id());
    if (envelope != null) mail.setBounceAddress(envelope);
    return Future.<Void>succeededFuture()
        .compose(start -> client.sendMail(mail.setFrom(smtp.from()).setTo(recipient)))
        .timeout(LONGEST_SECONDS, TimeUnit.SECONDS)
        .recover(failure -> Future.failedFuture(said(recipient, failure)))
        .mapEmpty();
  }

  private AlertException said(String recipient, Throwable failure) {
    String server = smtp.host() + ":" + smtp.port();
    if (failure instanceof IllegalArgumentException) {
      return AlertException.bounced(
          "\""
              + recipient
              + "\" or the sender \""
              + smtp.from()
              + "\" is no mail address: correct it at the site or in smtp.from.",
          failure);
    }
    if (failure instanceof SMTPException reply) return answered(server, recipient, reply);
    return AlertException.passing(
        "The mail server "
            + server
            + " could not be used: "
            + failure.getMessage()
            + ". Check smtp.host, smtp.port and smtp.tls in the server's settings.",
        failure);
  }

  private static AlertException answered(String server, String recipient, SMTPException reply) {
    int code = reply.getReplyCode();
    String sentence = "The mail server " + server + " answered: " + reply.getReplyMessage();
    if (code >= FIRST_LOGIN_REPLY && code <= LAST_LOGIN_REPLY) {
      return AlertException.passing(
          sentence + ". Check smtp.user and smtp.password in the server's settings.", reply);
    }
    if (!reply.isPermanent()) return AlertException.passing(sentence, reply);
    String end = ". The mail to " + recipient + " will not be tried again.";
    return code >= FIRST_MAILBOX_REPLY && code <= LAST_MAILBOX_REPLY
        ? AlertException.bounced(sentence + end, reply)
        : AlertException.permanent(sentence + end, reply);
  }
}
