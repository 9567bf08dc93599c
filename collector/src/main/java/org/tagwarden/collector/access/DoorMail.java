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
  private static final String INVITATION =
      """
      Hello %s,

      %s invites you to Tagwarden, which shows what third-party code runs on your
      web sites, and who let it in.

      Choose a password here; the link works once, for seven days:

      %s

      If you did not expect this, do nothing: without the link nobody gets in.
      """;

  private static final String RESET =
      """
      Hello %s,

      a new password for your account at Tagwarden was asked for%s.

      Choose it here; the link works once, for one hour:

      %s

      If it was not you, do nothing: your password stays as it is.
      """;

  private final MailClient client;
  private final Smtp smtp;

  /** The settings name a mail server. */
  public DoorMail(Vertx vertx, Smtp smtp) {
    this.client = MailServer.client(vertx, smtp);
    this.smtp = smtp;
  }

  /**
   * Sends the link; what the mail server said goes wrong with the future.
   *
   * @param by who invites, or asks for somebody else; "" for oneself
   */
  Future<Void> send(Purpose purpose, Person to, String link, String by) {
    boolean invitation = purpose == Purpose.INVITE;
    String text =
        invitation
            ? INVITATION.formatted(to.name(), by, link)
            : RESET.formatted(to.name(), by.isEmpty() ? "" : " by " + by, link);
    MailMessage message =
        new MailMessage()
            .setFrom(smtp.from())
            .setTo(to.email())
            .setSubject(
                invitation ? "You are invited to Tagwarden" : "A new password for Tagwarden")
            .setText(text)
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
}
