package org.tagwarden.collector.db;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the PostgreSQL is and who we are there.
 *
 * @param sslMode as libpq names it: disable, prefer, require, verify-ca, verify-full
 */
public record DatabaseSettings(
    String host, int port, String database, String user, String password, String sslMode) {
  private static final int DEFAULT_PORT = 5432;

  public DatabaseSettings {
    if (host.isBlank()) throw new IllegalArgumentException("The database host is missing.");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("The database port " + port + " is not in 1 to 65535.");
    }
    SslMode.of(sslMode);
  }

  /**
   * Reads a libpq URL, for example {@code
   * postgresql://user:password@host:5432/name?sslmode=require} (JDBC's prefix is accepted too). A
   * user or password given beside it wins.
   */
  public static DatabaseSettings parse(
      String url, @Nullable String user, @Nullable String password) {
    URI uri = uri(url);
    String[] login =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    Map<String, String> query = query(uri.getRawQuery());
    String name = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    String loginName = first(user, login.length > 0 ? decoded(login[0]) : query.get("user"));
    if (loginName == null) {
      throw new IllegalArgumentException(
          "The database URL names no user: write postgresql://user@host/name, or set database.user.");
    }
    String secret = first(password, login.length > 1 ? decoded(login[1]) : query.get("password"));
    String ssl = query.get("sslmode");
    return new DatabaseSettings(
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        name.isEmpty() ? loginName : name,
        loginName,
        secret == null ? "" : secret,
        ssl == null ? "prefer" : ssl);
  }

  private static URI uri(String url) {
    String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    try {
      URI uri = URI.create(plain);
      if (("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(notOne(), e);
    }
    throw new IllegalArgumentException(notOne());
  }

  /** Without the text itself, which may hold a password. */
  private static String notOne() {
    return "The database URL is not one: it should look like"
        + " postgresql://user:password@host:5432/name.";
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> values = new LinkedHashMap<>();
    if (raw == null) return values;
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static @Nullable String first(@Nullable String a, @Nullable String b) {
    return a == null || a.isEmpty() ? b : a;
  }

  /** The same server and user, another database. */
  public DatabaseSettings withDatabase(String name) {
    return new DatabaseSettings(host, port, name, user, password, sslMode);
  }

  /** The same database at another port. */
  public DatabaseSettings withPort(int other) {
    return new DatabaseSettings(host, other, database, user, password, sslMode);
  }

  /** For the JDBC driver, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database + "?sslmode=" + sslMode;
  }

  PgConnectOptions connectOptions() {
    return new PgConnectOptions()
        .setHost(host)
        .setPort(port)
        .setDatabase(database)
        .setUser(user)
        .setPassword(password)
        .setSslMode(SslMode.of(sslMode));
  }

  /** Without the password, for logs. */
  @Override
  public String toString() {
    return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
  }
}
