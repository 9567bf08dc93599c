package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.failure;
import static org.tagwarden.playground.content.Answers.json;
import static org.tagwarden.playground.content.Answers.nothing;
import static org.tagwarden.playground.content.Answers.open;
import static org.tagwarden.playground.content.Answers.page;
import static org.tagwarden.playground.content.Answers.pixel;
import static org.tagwarden.playground.content.Answers.pixelWithCookie;
import static org.tagwarden.playground.content.Answers.redirect;

import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.Internet;
import org.tagwarden.playground.net.VirtualHost;

/**
 * {@code https://torture.example/NAME}: pages that are hard to capture, each named after what it
 * exercises. Its third parties are cdn., a., b. and frames. of torture-tags.example.
 */
final class TorturePages {
  private static final List<String> PAGES =
      List.of(
          "classic",
          "async",
          "defer",
          "module",
          "dynamic-import",
          "deep-insert",
          "document-write",
          "inline",
          "fetch",
          "xhr",
          "preflight",
          "redirect-pixels",
          "beacon-pagehide",
          "keepalive-pagehide",
          "iframe-nested",
          "iframe-srcdoc",
          "iframe-sandboxed",
          "iframe-removed",
          "worker",
          "shared-worker",
          "service-worker",
          "websocket",
          "event-source",
          "gzip",
          "brotli",
          "zstd",
          "late-tags",
          "lazy-image",
          "pixel-204",
          "cookies",
          "failing-hosts",
          "never-idle",
          "slow",
          "status-503",
          "redirecting",
          "download");

  private TorturePages() {}

  static List<String> urls() {
    return PAGES.stream().map(name -> "https://torture.example/" + name).toList();
  }

  static void addTo(Internet internet, Clock clock) {
    pages(internet.host("torture.example"));
    tags(internet.host("cdn.torture-tags.example"));
    hops(internet);
    internet.host("frames.torture-tags.example");
    internet.host("down.torture-tags.example").at("/*", Exchange::cut);
    internet.host("busy.torture-tags.example").at("/*", failure(503, "Service Unavailable"));
    internet.host("expired.torture.example").at("/*", page("<title>Expired</title>Expired."));
  }

  private static void pages(VirtualHost host) {
    host.at(
            "/slow",
            exchange ->
                exchange
                    .vertx()
                    .setTimer(
                        6_000,
                        t ->
                            page("<!doctype html><title>Slow</title><p>Six seconds.").to(exchange)))
        .at(
            "/status-503",
            exchange ->
                exchange.send(
                    503,
                    "text/html; charset=utf-8",
                    "<!doctype html><title>Down for maintenance</title><p>Back soon."))
        .at("/redirecting", redirect(301, "/redirecting-2"))
        .at("/redirecting-2", redirect(302, "https://torture.example/redirecting-end"))
        .at("/big.bin", TorturePages::download)
        .at("/socket", TorturePages::socket)
        .at(
            "/cookies",
            exchange -> {
              exchange.header(
                  "Set-Cookie", "by_header=1; Path=/; HttpOnly; Secure; SameSite=Strict");
              exchange.header("Set-Cookie", "careless=2; Path=/");
              page("<!doctype html><title>Cookies</title><script>document.cookie='by_script=3; path=/; max-age=86400'</script>"
                      + "<img src=\"https://cdn.torture-tags.example/cookie.gif\" alt=\"\">")
                  .to(exchange);
            });
  }

  private static void tags(VirtualHost host) {
    host.header("Access-Control-Allow-Origin", "*")
        .at("/beacon", nothing())
        .at("/204", nothing())
        .at("/pixel.gif", pixel())
        .at("/cookie.gif", pixelWithCookie("third=party"))
        .at("/poll", json("{\"more\":true}"))
        .at("/api", json("{\"ok\":true}"))
        .at("/events", TorturePages::events)
        .at("/echo", TorturePages::socket);
    for (String encoding : List.of("gzip", "br", "zstd")) {
      host.at("/" + encoding + ".js", exchange -> encoded(exchange, encoding));
    }
  }

  /** A pixel that wanders: a to b to a to cdn. */
  private static void hops(Internet internet) {
    internet
        .host("a.torture-tags.example")
        .at("/hop1", redirect(302, "https://b.torture-tags.example/hop2"))
        .at("/hop3", redirect(307, "https://cdn.torture-tags.example/pixel.gif?hops=4"));
    internet
        .host("b.torture-tags.example")
        .at("/hop2", redirect(301, "https://a.torture-tags.example/hop3"));
  }

  /** A script that is long enough for every encoder to have something to do. */
  private static void encoded(Exchange exchange, String encoding) {
    String line = "// " + encoding + " body that repeats itself, as text does\n";
    String body =
        line.repeat(3_000)
            + "window.encodings = (window.encodings || []).concat('"
            + encoding
            + "');\n";
    exchange.send(
        200, "text/javascript; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), encoding);
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
