package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.json;
import static org.tagwarden.playground.content.Answers.nothing;
import static org.tagwarden.playground.content.Answers.open;
import static org.tagwarden.playground.content.Answers.page;
import static org.tagwarden.playground.content.Answers.pixel;
import static org.tagwarden.playground.content.Answers.redirect;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.List;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.Internet;
import org.tagwarden.playground.net.VirtualHost;

/** Every way in which a page asks for something other than a script. */
final class TortureRequests {
  static final List<String> PAGES =
      List.of(
          "fetch",
          "xhr",
          "preflight",
          "streaming-upload",
          "redirect-pixels",
          "redirect-kinds",
          "redirect-post",
          "redirecting",
          "meta-refresh",
          "script-redirect",
          "beacon-pagehide",
          "beacon-new-host",
          "keepalive-pagehide",
          "ping",
          "websocket",
          "event-source",
          "web-transport",
          "web-rtc",
          "css-images",
          "preload",
          "prefetch",
          "preconnect",
          "speculation-rules",
          "early-hints",
          "csp-report",
          "reporting-api",
          "late-tags",
          "very-late-tag",
          "after-scroll",
          "after-click",
          "lazy-image",
          "pixel-204",
          "slow",
          "status-503",
          "download");

  /** Over plain http, since a secure page may not do this. */
  static final List<String> PLAIN_PAGES = List.of("websocket-plain");

  private static final String HTML = "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">";

  private TortureRequests() {}

  static void addTo(Internet internet, VirtualHost site, VirtualHost tags) {
    site(site);
    tags.at("/beacon", nothing())
        .at("/204", nothing())
        .at("/report", nothing())
        .at("/pixel.gif", pixel())
        .at("/poll", json("{\"more\":true}"))
        .at("/api", json("{\"ok\":true}"))
        .at("/events", TortureRequests::events)
        .at("/echo", TortureRequests::socket)
        .at("/font.ttf", exchange -> exchange.send(200, "font/ttf", StandInFont.bytes()));
    hops(internet);
    internet.host("down.torture-tags.example").at("/*", Exchange::cut);
  }

  private static void site(VirtualHost site) {
    String reportTo = "reports=\"https://cdn.torture-tags.example/report?api\"";
    site.at("/slow", TortureRequests::slow)
        .at(
            "/status-503",
            exchange ->
                exchange.send(
                    503,
                    "text/html; charset=utf-8",
                    HTML + "<title>Down for maintenance</title><p>Back soon.</html>"))
        .at("/redirecting", redirect(301, "/redirecting-2"))
        .at("/redirecting-2", redirect(302, "https://torture.example/redirecting-end"))
        .at("/big.bin", TortureRequests::download)
        .at("/socket", TortureRequests::socket)
        .at("/early-hints", TortureRequests::earlyHints)
        .withHeader(
            "/csp-report",
            "Content-Security-Policy",
            "script-src 'self' https://cdn.torture-tags.example; report-uri"
                + " https://cdn.torture-tags.example/report?csp")
        .withHeader("/reporting-api", "Reporting-Endpoints", reportTo)
        .withHeader(
            "/reporting-api", "Content-Security-Policy", "script-src 'self'; report-to reports");
  }

  /** A pixel that wanders: a to b to a to cdn; and one redirect of each kind. */
  private static void hops(Internet internet) {
    VirtualHost a = internet.host("a.torture-tags.example");
    VirtualHost b = internet.host("b.torture-tags.example");
    a.at("/hop1", redirect(302, "https://b.torture-tags.example/hop2"))
        .at("/hop3", redirect(307, "https://cdn.torture-tags.example/pixel.gif?hops=4"))
        .at("/moved.js", redirect(302, "https://cdn.torture-tags.example/moved-here.js"))
        .at("/post/307", redirect(307, "https://cdn.torture-tags.example/beacon?post-307"))
        .at("/farewell", nothing());
    for (int status : List.of(301, 302, 303, 307, 308))
      a.at(
          "/redirect/" + status,
          redirect(status, "https://cdn.torture-tags.example/pixel.gif?after-" + status));
    b.at("/hop2", redirect(301, "https://a.torture-tags.example/hop3")).at("/farewell", nothing());
  }

  private static void slow(Exchange exchange) {
    exchange
        .vertx()
        .setTimer(
            6_000, t -> page(HTML + "<title>Slow</title><p>Six seconds.</html>").to(exchange));
  }

  /** A 103 that names the page's script before the page itself. */
  private static void earlyHints(Exchange exchange) {
    String link = "<https://cdn.torture-tags.example/hinted.js>; rel=preload; as=script";
    exchange
        .request()
        .response()
        .writeEarlyHints(MultiMap.caseInsensitiveMultiMap().add("link", link))
        .onComplete(
            sent ->
                page(HTML
                        + "<title>early-hints</title>"
                        + "<script src=\"https://cdn.torture-tags.example/hinted.js\">"
                        + "</script></html>")
                    .to(exchange));
  }

  private static void download(Exchange exchange) {
    byte[] body = new byte[20 * 1024 * 1024];
    Arrays.fill(body, (byte) 'x');
    exchange.header("Content-Disposition", "attachment; filename=big.bin");
    exchange.send(200, "application/octet-stream", body, null);
  }

  /** Three events, then an open stream until the browser goes. */
  private static void events(Exchange exchange) {
    HttpServerResponse stream = open(exchange).stream(200, "text/event-stream");
    int[] sent = {0};
    long timer =
        exchange
            .vertx()
            .setPeriodic(
                200,
                id -> {
                  if (sent[0]++ < 3) stream.write("data: event " + sent[0] + "\n\n");
                });
    stream.closeHandler(closed -> exchange.vertx().cancelTimer(timer));
  }

  /** Sends back what it gets. */
  private static void socket(Exchange exchange) {
    exchange.answered(101, null);
    exchange
        .request()
        .toWebSocket()
        .onSuccess(
            socket -> socket.textMessageHandler(text -> socket.writeTextMessage("echo " + text)))
        .onFailure(e -> exchange.answered(400, null));
  }
}
