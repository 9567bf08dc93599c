package org.tagwarden.playground.mail;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * An SMTP server on loopback that takes every mail without a login and delivers none, and a page to
 * read them. Mails are kept in memory until the process ends.
 */
public final class MailCatcher implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final GreenMail smtp;
  private final MailPages pages;

  private MailCatcher(GreenMail smtp, MailPages pages) {
    this.smtp = smtp;
    this.pages = pages;
  }

  /** Starts both; port 0 takes any free one. */
  public static MailCatcher start(int smtpPort, int webPort) throws IOException {
    requireFree(smtpPort);
    ServerSetup setup = new ServerSetup(smtpPort, LOOPBACK, ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(10_000);
    GreenMail smtp =
        new GreenMail(setup)
            .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
    smtp.start();
    try {
      return new MailCatcher(smtp, MailPages.start(webPort, smtp));
    } catch (IOException e) {
      smtp.stop();
      throw e;
    }
  }

  /** GreenMail says it with two stack traces on the console; so ask first. */
  private static void requireFree(int smtpPort) throws IOException {
    try (ServerSocket probe = new ServerSocket(smtpPort, 1, InetAddress.getByName(LOOPBACK))) {
      probe.getLocalPort();
    } catch (IOException e) {
      throw new IOException(
          "The mail catcher cannot listen on SMTP port "
              + smtpPort
              + " ("
              + e.getMessage()
              + "): choose another one, or 0 for any free port.",
          e);
    }
  }

  /** Where to send mails. */
  public int smtpPort() {
    return smtp.getSmtp().getPort();
  }

  /** Where to read them. */
  public int webPort() {
    return pages.port();
  }

  /** The page to read them. */
  public String url() {
    return "http://" + LOOPBACK + ":" + webPort() + "/";
  }

  /** Every mail so far, in the order of arrival. */
  public List<CaughtMail> mails() {
    return MailReader.read(smtp.getReceivedMessages());
  }

  /** Waits until that many messages arrived, counting one for each recipient. */
  public boolean await(long millis, int messages) {
    return smtp.waitForIncomingEmail(millis, messages);
  }

  /** Throws all mails away. */
  public void clear() {
    clear(smtp);
  }

  static void clear(GreenMail smtp) {
    try {
      smtp.purgeEmailFromAllMailboxes();
    } catch (FolderException e) {
      throw new IllegalStateException("the mail catcher could not empty its mailboxes", e);
    }
  }

  @Override
  public void close() {
    pages.close();
    smtp.stop();
  }
}
