package org.tagwarden.collector;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.GroupRoles;
import org.tagwarden.collector.alerts.bounces.BounceSettings;
import org.tagwarden.collector.config.ConfigException;
import org.tagwarden.collector.config.ConfigKey;
import org.tagwarden.collector.config.ConfigValues;
import org.tagwarden.collector.db.DatabaseSettings;

/**
 * The server's settings. {@link #KEYS} documents each one; configs/server.yaml shows them all.
 *
 * @param publicUrl how people and mails reach the server, without a slash at the end
 * @param database null: the embedded PostgreSQL in {@code dataDir}
 * @param vendorsDir further vendor descriptions over the built-in ones; null when there are none
 */
public record ServerConfig(
    String host,
    int port,
    String publicUrl,
    ForwardedFor forwardedFor,
    Path dataDir,
    @Nullable DatabaseSettings database,
    Smtp smtp,
    Alerts alerts,
    Limits limits,
    Retention retention,
    @Nullable Path vendorsDir,
    Oidc oidc) {

  private static final List<ConfigKey> OWN_KEYS =
      List.of(
          ConfigKey.of("host", "127.0.0.1", "Address to listen on; 0.0.0.0 for all."),
          ConfigKey.of("port", "8844", "Port to listen on."),
          ConfigKey.of(
              "public-url", "", "How people reach this server; links in mails begin with it."),
          ConfigKey.of(
              "forwarded-for", "ignore", "ignore, or last: behind a proxy that sets the header."),
          ConfigKey.of("data-dir", ".tagwarden", "Folder for everything that is kept on disk."),
          ConfigKey.of(
              "database.url",
              "",
              "postgresql://user@host:5432/name; empty: the embedded PostgreSQL in data-dir."),
          ConfigKey.of("database.user", "", "User of the database, if not in the URL."),
          ConfigKey.secret("database.password", "Password of the database."),
          ConfigKey.of("smtp.host", "", "Mail server; empty: alerts wait, no mail is sent."),
          ConfigKey.of("smtp.port", "587", "Port of the mail server."),
          ConfigKey.of("smtp.tls", "starttls", "starttls, tls (from the first byte), or none."),
          ConfigKey.of("smtp.user", "", "User at the mail server; empty: no login."),
          ConfigKey.secret("smtp.password", "Password at the mail server."),
          ConfigKey.of("smtp.from", "Tagwarden <tagwarden@localhost>", "Sender of the mails."),
          ConfigKey.of(
              "alerts.secrets-dir",
              "",
              "Folder of the channels' secrets, a file each; empty: secrets in data-dir."),
          ConfigKey.of(
              "alerts.private-targets",
              "refused",
              "Webhooks into private networks, and without TLS: refused or allowed."),
          ConfigKey.of("limits.report-megabytes", "32", "Largest report as sent, compressed."),
          ConfigKey.of("limits.decoded-megabytes", "256", "Largest report when decompressed."),
          ConfigKey.of("limits.lease-seconds", "60", "A scanner silent for so long loses its job."),
          ConfigKey.of("limits.session-hours", "12", "A sign-in lasts so long."),
          ConfigKey.of("retention.visit-days", "400", "Page visits are kept so long."),
          ConfigKey.of(
              "retention.report-days", "90", "Whole reports and screenshots are kept so long."),
          ConfigKey.of("retention.curve-days", "1100", "Daily figures are kept so long."),
          ConfigKey.of("vendors-dir", "", "Folder of further vendor descriptions (*.yaml)."),
          ConfigKey.of("oidc.issuer", "", "Sign-in server (OpenID Connect); empty: none."),
          ConfigKey.of("oidc.client-id", "", "What the sign-in server calls this Tagwarden."),
          ConfigKey.secret("oidc.client-secret", "What proves it; empty: a public client."),
          ConfigKey.of("oidc.scopes", "openid email profile", "What is asked for."),
          ConfigKey.of("oidc.groups-claim", "groups", "Claim that lists a person's groups."),
          ConfigKey.of(
              "oidc.roles", "", "GROUP=ROLE or GROUP=ROLE@CLIENT; ... empty: roles by hand."),
          ConfigKey.of("oidc.ask-again-minutes", "15", "Groups of who is in are asked for again."),
          ConfigKey.of("oidc.label", "Single sign-on", "What the button at the door says."));

  /** Every setting, its default and its meaning. */
  public static final List<ConfigKey> KEYS =
      Stream.concat(OWN_KEYS.stream(), BounceSettings.KEYS.stream()).toList();

  /** Whether X-Forwarded-For tells a caller's address. */
  public enum ForwardedFor {
    /** It does not: everybody can write it. */
    IGNORE,
    /** Its last address does: a reverse proxy has written it. */
    LAST
  }

  /** How mails leave. {@code host} null: not at all. */
  public record Smtp(
      @Nullable String host,
      int port,
      Tls tls,
      @Nullable String user,
      @Nullable String password,
      String from) {
    /** How the connection to the mail server is encrypted. */
    public enum Tls {
      /** Asked for after connecting, and required. */
      STARTTLS,
      /** From the first byte. */
      TLS,
      /** Not at all. */
      NONE
    }

    /** Without the password, for logs. */
    @Override
    public String toString() {
      return "Smtp[" + host + ":" + port + ", " + tls + ", user " + user + ", from " + from + "]";
    }
  }

  /** How alerts leave by other ways than mail, and how mails come back. */
  public record Alerts(Path secretsDir, boolean privateTargets, BounceSettings bounces) {}

  private enum Targets {
    REFUSED,
    ALLOWED
  }

  /**
   * Sign-in through an OpenID Connect server.
   *
   * @param issuer null: there is none
   * @param clientSecret null: a public client
   * @param roles empty: roles are given by hand
   * @param askAgainMinutes after so long it is asked again for the groups of somebody who is in
   */
  public record Oidc(
      @Nullable String issuer,
      String clientId,
      @Nullable String clientSecret,
      String scopes,
      String groupsClaim,
      GroupRoles roles,
      int askAgainMinutes,
      String label) {
    /** Without the secret, for logs. */
    @Override
    public String toString() {
      return "Oidc[" + issuer + ", client " + clientId + ", " + roles + "]";
    }
  }

  /** Bounds of what is taken in, and of time. */
  public record Limits(
      int reportMegabytes, int decodedMegabytes, int leaseSeconds, int sessionHours) {}

  /** How long what is seen is kept, in days. */
  public record Retention(int visitDays, int reportDays, int curveDays) {}

  /**
   * The settings of a file (if any) and of the environment. {@link ConfigException} names the key
   * that is wrong.
   */
  public static ServerConfig load(@Nullable Path file, Map<String, String> environment) {
    return from(ConfigValues.read(KEYS, file, environment), environment.get("DATABASE_URL"));
  }

  /** What is in force, a line a key, secrets masked, for the log at start-up. */
  public static String describe(@Nullable Path file, Map<String, String> environment) {
    return ConfigValues.read(KEYS, file, environment).describe();
  }

  private static ServerConfig from(ConfigValues values, @Nullable String databaseUrl) {
    String host = values.required("host");
    Path dataDir = Path.of(values.required("data-dir")).toAbsolutePath().normalize();
    int port = values.number("port", 1, 65_535);
    return new ServerConfig(
        host,
        port,
        publicUrl(values, host, port),
        values.choice("forwarded-for", ForwardedFor.class),
        dataDir,
        database(values, databaseUrl),
        smtp(values),
        new Alerts(
            values.text("alerts.secrets-dir").map(Path::of).orElse(dataDir.resolve("secrets")),
            values.choice("alerts.private-targets", Targets.class) == Targets.ALLOWED,
            BounceSettings.of(values)),
        new Limits(
            values.number("limits.report-megabytes", 1, 1_000),
            values.number("limits.decoded-megabytes", 1, 2_000),
            values.number("limits.lease-seconds", 5, 3_600),
            values.number("limits.session-hours", 1, 720)),
        new Retention(
            values.number("retention.visit-days", 1, 36_500),
            values.number("retention.report-days", 1, 36_500),
            values.number("retention.curve-days", 1, 36_500)),
        values.text("vendors-dir").map(Path::of).orElse(null),
        oidc(values));
  }

  private static Oidc oidc(ConfigValues values) {
    String issuer = values.text("oidc.issuer").orElse(null);
    if (issuer != null && !issuer.matches("https?://[^/].*")) {
      throw values.bad("oidc.issuer", "must be a web address like https://login.example.com");
    }
    return new Oidc(
        issuer,
        issuer == null ? "" : values.required("oidc.client-id"),
        values.text("oidc.client-secret").orElse(null),
        values.required("oidc.scopes"),
        values.required("oidc.groups-claim"),
        groupRoles(values),
        values.number("oidc.ask-again-minutes", 1, 1_440),
        values.required("oidc.label"));
  }

  private static GroupRoles groupRoles(ConfigValues values) {
    try {
      return GroupRoles.parse(values.text("oidc.roles").orElse(""));
    } catch (IllegalArgumentException e) {
      throw values.bad("oidc.roles", "is not understood: " + e.getMessage());
    }
  }

  private static String publicUrl(ConfigValues values, String host, int port) {
    Optional<String> given = values.text("public-url");
    if (given.isEmpty()) {
      boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
      return "http://" + (everywhere || host.equals("127.0.0.1") ? "localhost" : host) + ":" + port;
    }
    String url = given.get().replaceFirst("/+$", "");
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) return url;
    } catch (IllegalArgumentException e) {
      // said below, with the key
    }
    throw values.bad("public-url", "must be a web address like https://tagwarden.example.com");
  }

  private static @Nullable DatabaseSettings database(
      ConfigValues values, @Nullable String databaseUrl) {
    String url = values.text("database.url").orElse(databaseUrl);
    if (url == null || url.isBlank()) return null;
    try {
      return DatabaseSettings.parse(
          url,
          values.text("database.user").orElse(null),
          values.text("database.password").orElse(null));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("The setting database.url: " + e.getMessage(), e);
    }
  }

  private static Smtp smtp(ConfigValues values) {
    return new Smtp(
        values.text("smtp.host").orElse(null),
        values.number("smtp.port", 1, 65_535),
        values.choice("smtp.tls", Smtp.Tls.class),
        values.text("smtp.user").orElse(null),
        values.text("smtp.password").orElse(null),
        values.required("smtp.from"));
  }
}
