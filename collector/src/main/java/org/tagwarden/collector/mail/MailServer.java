package org.tagwarden.collector.mail;

import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import org.tagwarden.collector.ServerConfig.Smtp;

/** The connection to the mail server of the settings. */
public final class MailServer {
  private static final int CONNECT_MS = 10_000;

  /** How long a mail server may be silent. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private MailServer() {}

  /** A client that opens a connection for each mail; the settings name a host. */
  public static MailClient client(Vertx vertx, Smtp smtp) {
    return client(vertx, smtp, PATIENCE);
  }

  /** Likewise, for a server that may be silent so long. */
  public static MailClient client(Vertx vertx, Smtp smtp, Duration patience) {
    return MailClient.create(vertx, config(smtp, patience));
  }

  private static MailConfig config(Smtp smtp, Duration patience) {
    MailConfig config =
        new MailConfig()
            .setHostname(smtp.host())
            .setPort(smtp.port())
            .setSsl(smtp.tls() == Smtp.Tls.TLS)
            .setStarttls(
                smtp.tls() == Smtp.Tls.STARTTLS
                    ? StartTLSOptions.REQUIRED
                    : StartTLSOptions.DISABLED)
            .setLogin(smtp.user() == null ? LoginOption.DISABLED : LoginOption.REQUIRED)
            .setKeepAlive(false)
            .setConnectTimeout(CONNECT_MS)
            .setIdleTimeout(Math.toIntExact(patience.toSeconds()))
            .setUserAgent("tagwarden");
    if (smtp.user() != null) config.setUsername(smtp.user()).setPassword(smtp.password());
    if (smtp.tls() != Smtp.Tls.NONE) config.setHostnameVerificationAlgorithm("HTTPS");
    return config;
  }
}
