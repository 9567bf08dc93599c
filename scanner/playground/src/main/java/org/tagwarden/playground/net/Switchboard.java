package org.tagwarden.playground.net;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.playground.ServedRequest;

/**
 * Finds the host that answers. Loopback's own names are the playground's front desk: a list of
 * hosts at {@code /}, the request log as JSON at {@code /log} (DELETE clears it).
 */
public final class Switchboard {
  private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);
  private static final Set<String> FRONT_DESK = Set.of("127.0.0.1", "localhost");

  private final Vertx vertx;
  private final Internet internet;
  private final RequestLog log;

  public Switchboard(Vertx vertx, Internet internet, RequestLog log) {
    this.vertx = vertx;
    this.internet = internet;
    this.log = log;
  }

  /** Answers one request, on the event loop. */
  public void answer(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    String name = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    if (FRONT_DESK.contains(name)) {
      frontDesk(request);
      return;
    }
    Exchange exchange = new Exchange(vertx, request, name, log.arrived(request, name));
    VirtualHost host = internet.find(name);
    if (host == null) {
      exchange.cut(); // a host that nobody has: the nearest thing to a name that does not resolve
      return;
    }
    try {
      if (request.method().equals(HttpMethod.OPTIONS)) {
        preflight(exchange);
      } else {
        host.answer(exchange);
      }
    } catch (RuntimeException e) {
      LOG.error(
          "The playground failed to answer {} {}", request.method(), request.absoluteURI(), e);
      exchange.send(500, "text/plain; charset=utf-8", "The playground failed: " + e + "\n");
    }
  }

  private static void preflight(Exchange exchange) {
    String headers = exchange.request().getHeader("Access-Control-Request-Headers");
    String origin = exchange.request().getHeader("Origin");
    exchange.header("Access-Control-Allow-Origin", origin == null ? "*" : origin);
    if (origin != null) exchange.header("Access-Control-Allow-Credentials", "true");
    exchange.header("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
    if (headers != null) exchange.header("Access-Control-Allow-Headers", headers);
    exchange.empty(204);
  }

  private void frontDesk(HttpServerRequest request) {
    String path = request.path();
    if ("/log".equals(path) && request.method().equals(HttpMethod.DELETE)) {
      log.clear();
      request.response().setStatusCode(204).end();
    } else if ("/log".equals(path)) {
      JsonArray entries = new JsonArray();
      for (ServedRequest served : log.entries()) entries.add(json(served));
      request.response().putHeader("Content-Type", "application/json").end(entries.encode());
    } else if ("/".equals(path)) {
      request
          .response()
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .end("Tagwarden playground. Request log: /log\n\n" + String.join("\n", internet.names()));
    } else {
      request.response().setStatusCode(404).end("The front desk knows / and /log.\n");
    }
  }

  private static JsonObject json(ServedRequest served) {
    return new JsonObject()
        .put("at", served.at().toString())
        .put("method", served.method())
        .put("url", served.url())
        .put("host", served.host())
        .put("kind", served.kind())
        .put("headers", new JsonObject(new TreeMap<>(served.headers())))
        .put("status", served.status())
        .put("bodySha256", served.bodySha256())
        .put("bodyBytes", served.bodyBytes());
  }
}
