package org.tagwarden.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tagwarden.collector.access.Session;

/** Somebody at the dashboard without a browser: cookies, forms with their secret, no scripts. */
final class Browserless {
  private static final Pattern SECRET = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  private final String base;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
  private String csrf = "";

  Browserless(String base) {
    this.base = base;
  }

  /** Without a session, with the secret of the door's forms. */
  static Browserless atTheDoor(DemoServer server) {
    Browserless visitor = new Browserless(server.url());
    visitor.get("/sign-in");
    return visitor;
  }

  /** Signed in as somebody of the demo. */
  static Browserless as(DemoServer server, String email) {
    Browserless visitor = atTheDoor(server);
    HttpResponse<String> entered =
        visitor.post("/sign-in", Map.of("email", email, "password", DemoServer.PASSWORD));
    if (entered.statusCode() != 303) throw new AssertionError("No sign-in: " + entered.body());
    visitor.get("/findings");
    return visitor;
  }

  /** With a session that was opened without a password. */
  static Browserless with(DemoServer server, Session session) {
    Browserless visitor = new Browserless(server.url());
    visitor.remember("tagwarden_session=" + session.token() + "; Path=/; HttpOnly");
    visitor.get("/findings");
    return visitor;
  }

  /** What a cookie of this visitor holds; "" when there is none. */
  String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  void remember(String cookie) {
    try {
      cookies.put(URI.create(base), Map.of("Set-Cookie", List.of(cookie)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    if (headers.length > 0) request.headers(headers);
    return send(request.build());
  }

  /** Sends a form with the secret of the page that was seen last. */
  HttpResponse<String> post(String path, Map<String, String> fields) {
    Map<String, String> form = new LinkedHashMap<>(fields);
    form.putIfAbsent("csrf", csrf);
    StringBuilder body = new StringBuilder();
    form.forEach(
        (name, value) ->
            body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      Matcher secret = SECRET.matcher(response.body());
      if (secret.find()) csrf = secret.group(1);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
