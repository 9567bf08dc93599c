package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.nothing;
import static org.tagwarden.playground.content.Answers.page;
import static org.tagwarden.playground.content.Answers.pixel;
import static org.tagwarden.playground.content.Answers.redirect;
import static org.tagwarden.playground.content.Answers.script;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.tagwarden.playground.net.Encodings;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.Internet;
import org.tagwarden.playground.net.VirtualHost;

/**
 * {@code https://hostile.example/NAME}: pages that would hang, starve or flood a careless scanner,
 * each named after what it does. Their frames from another site are frames.hostile-tags.example.
 */
final class HostilePages {
  private static final String SITE = "https://hostile.example/";
  private static final int CHUNK = 128 << 10;

  private static final List<String> PAGES =
      List.of(
          "spin-early",
          "spin-late",
          "spin-microtasks",
          "spin-frame",
          "spin-frames",
          "spin-worker",
          "spin-farewell",
          "spin-hidden",
          "dialogs-endless",
          "dialogs-frame",
          "stay",
          "popups-endless",
          "popup-opens-itself",
          "redirect-endless",
          "redirect-growing",
          "refresh-endless",
          "script-redirect-endless",
          "history-flood",
          "closes-itself",
          "endless-download",
          "endless-page",
          "download-flood",
          "stream-endless",
          "requests-flood",
          "requests-local-flood",
          "sockets-flood",
          "dom-giant",
          "elements-flood",
          "console-flood",
          "errors-flood",
          "scripts-flood",
          "headers-huge",
          "huge-headers",
          "cookies-flood",
          "frames-deep",
          "frames-many",
          "frames-churn",
          "service-worker-stuck",
          "print",
          "file-chooser",
          "permissions-flood",
          "debugger-flood",
          "workers-flood",
          "memory-hog",
          "compression-bomb",
          "drip",
          "self-write",
          "layout-storm",
          "sync-xhr",
          "never-answered",
          "never",
          "isolation",
          "disk-flood",
          "around-the-proxy");

  /** Made when it is first asked for. */
  private static final class Bomb {
    static final Buffer PACKED = Buffer.buffer(Encodings.zstdOfBlanks(512));
  }

  private HostilePages() {}

  static List<String> urls() {
    return PAGES.stream().map(name -> SITE + name).toList();
  }

  static void addTo(Internet internet) {
    internet.host("frames.hostile-tags.example");
    VirtualHost host = internet.host("hostile.example");
    host.at("/seen.gif", pixel())
        .at("/redirect-endless", redirect(302, "/redirect-endless"))
        .at("/redirect-growing", HostilePages::growing)
        .at("/endless-download", exchange -> endless(download(exchange), "application/zip"))
        .at("/endless-page", exchange -> endless(exchange, "text/html; charset=utf-8"))
        .at("/endless", exchange -> endless(exchange, "video/mp4"))
        .at("/huge-headers", HostilePages::hugeHeaders)
        .at("/bomb", HostilePages::bomb)
        .at("/drip.js", HostilePages::drip)
        .at("/found", pixel())
        .at("/flooded", nothing())
        .at("/stamp.js", HostilePages::stamp)
        .at("/cacheable", HostilePages::cacheable)
        .at("/socket", HostilePages::socket)
        .at("/never", exchange -> {});
  }

  /** Each hop has another address, so that the browser cannot tell that it goes round. */
  private static void growing(Exchange exchange) {
    int hop = Integer.parseInt(exchange.query("hop", "0"));
    exchange.redirect(307, "/redirect-growing?hop=" + (hop + 1));
  }

  private static Exchange download(Exchange exchange) {
    return exchange.header("Content-Disposition", "attachment; filename=endless.zip");
  }

  /** A dozen megabytes a second, until the reader goes. */
  private static void endless(Exchange exchange, String type) {
    HttpServerResponse stream = exchange.stream(200, type);
    byte[] chunk = new byte[CHUNK];
    Arrays.fill(chunk, (byte) ' ');
    long timer =
        exchange
            .vertx()
            .setPeriodic(
                10,
                t -> {
                  if (!stream.writeQueueFull()) stream.write(Buffer.buffer(chunk));
                });
    stream.closeHandler(closed -> exchange.vertx().cancelTimer(timer));
  }

  /** 200 kB of headers, of which some are cookies. */
  private static void hugeHeaders(Exchange exchange) {
    for (int i = 0; i < 45; i++)
      exchange
          .header("X-Padding-" + i, "x".repeat(4_000))
          .header("Set-Cookie", "huge" + i + "=" + "y".repeat(300) + "; Path=/");
    page("<!doctype html><title>huge-headers</title>Many words.").to(exchange);
  }

  /** Half a gigabyte of blanks in a few kilobytes. */
  private static void bomb(Exchange exchange) {
    exchange.header("Content-Encoding", "zstd");
    exchange.stream(200, "text/html; charset=utf-8").end(Bomb.PACKED);
  }

  /** Fresh for a day: a second request of one visit is answered by the browser's cache. */
  private static void stamp(Exchange exchange) {
    exchange.header("Cache-Control", "max-age=86400, immutable");
    script("window.stamped = true;").to(exchange);
  }

  /** Four megabytes that a browser may keep, and that do not get smaller by packing. */
  private static void cacheable(Exchange exchange) {
    byte[] body = new byte[4 << 20];
    new Random(exchange.request().uri().hashCode()).nextBytes(body);
    exchange.header("Cache-Control", "max-age=86400, immutable");
    exchange.send(200, "application/octet-stream", body);
  }

  /** A script that comes one byte at a time and never ends. */
  private static void drip(Exchange exchange) {
    HttpServerResponse stream = exchange.stream(200, "text/javascript");
    long timer = exchange.vertx().setPeriodic(100, t -> stream.write(" "));
    stream.closeHandler(closed -> exchange.vertx().cancelTimer(timer));
  }

  /** Talks without being asked, for as long as somebody listens. */
  private static void socket(Exchange exchange) {
    exchange.answered(101, null);
    exchange
        .request()
        .toWebSocket()
        .onSuccess(
            socket -> {
              long timer = exchange.vertx().setPeriodic(200, t -> socket.writeTextMessage("more"));
              socket.closeHandler(closed -> exchange.vertx().cancelTimer(timer));
            })
        .onFailure(e -> exchange.answered(400, null));
  }
}
