package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.open;
import static org.tagwarden.playground.content.Answers.script;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.VirtualHost;

/** Every way in which a script gets onto a page, and in which its bytes arrive. */
final class TortureScripts {
  static final List<String> PAGES =
      List.of(
          "classic",
          "async",
          "defer",
          "module",
          "modulepreload",
          "dynamic-import",
          "import-map",
          "deep-insert",
          "document-write",
          "inline",
          "inline-handlers",
          "javascript-url",
          "jsonp",
          "shadow-root",
          "data-script",
          "blob-script",
          "eval-fetched",
          "function-fetched",
          "wrapper-sdk",
          "timers-promises",
          "redirect-script",
          "gzip",
          "brotli",
          "zstd",
          "chunked");

  private TortureScripts() {}

  static void addTo(VirtualHost tags) {
    tags.at("/jsonp", TortureScripts::jsonp).at("/chunked.js", TortureScripts::chunked);
    for (String encoding : List.of("gzip", "br", "zstd"))
      tags.at("/" + encoding + ".js", exchange -> encoded(exchange, encoding));
  }

  private static void jsonp(Exchange exchange) {
    String callback = exchange.query("callback", "callback").replaceAll("\\W", "");
    script(callback + "({\"ok\":true});\n").to(exchange);
  }

  /** A script in five pieces, one every fifty milliseconds. */
  private static void chunked(Exchange exchange) {
    byte[] line = "self.pieces = (self.pieces || 0) + 1;\n".getBytes(StandardCharsets.UTF_8);
    open(exchange).inPieces(200, "text/javascript; charset=utf-8", line, 5, 50);
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
}
