package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import org.tagwarden.collector.ServerConfig.Smtp;
import org.tagwarden.collector.access.OneTimeLinks.Purpose;
import org.tagwarden.collector.mail.MailServer;

/**
 * Mails that carry a one-time link. They are sent at once and kept nowhere: what is stored is the
 * link's hash only, so that a copy of the database opens nothing.
 */
public final class DoorMail {
  private final MailClient client;
  private final Smtp smtp;

  /** The settings name a mail server. */
  public DoorMail(Vertx vertx, Smtp smtp) {
    this.client = MailServer.client(vertx, smtp);
    this.smtp = smtp;
  }

  /** Offers a role; what the mail server said goes wrong with the future. */
  Future<Void> invite(Invitation offered, String link) {
    return send(offered.email(), DoorLetter.invitation(offered, link));
  }

  /**
   * Sends a link to choose a password.
   *
   * @param by who asks for somebody else; "" for oneself
   */
  Future<Void> send(Purpose purpose, Person to, String link, String by) {
    return send(
        to.email(),
        purpose == Purpose.INVITE
            ? DoorLetter.firstPassword(to, by, link)
            : DoorLetter.newPassword(to, by, link));
  }

  private Future<Void> send(String to, DoorLetter letter) {
    MailMessage message =
        new MailMessage()
            .setFrom(smtp.from())
            .setTo(to)
            .setSubject(letter.subject())
            .setText(letter.text())
            .setHtml(letter.html())
            .setHeaders(
                MultiMap.caseInsensitiveMultiMap()
                    .add("Auto-Submitted", "auto-generated")
                    .add("X-Auto-Response-Suppress", "All"));
    return Future.<Void>succeededFuture().compose(start -> client.sendMail(message)).mapEmpty();
  }

  /** Where mails go, for a sentence about a failure. */
  String server() {
    return smtp.host() + ":" + smtp.port();
  }

  /** What to say of a mail that was not taken. */
  String refused(Throwable failure) {
    return "The mail server " + server() + " did not take the mail: " + failure.getMessage();
  }
}
