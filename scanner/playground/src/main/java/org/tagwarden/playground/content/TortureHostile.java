package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.open;
import static org.tagwarden.playground.content.Answers.redirect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.Internet;
import org.tagwarden.playground.net.VirtualHost;

/** Pages that cost their visitor dearly, or never let go of him. */
final class TortureHostile {
  static final List<String> PAGES =
      List.of(
          "never-idle",
          "host-never-answering",
          "script-50-mb",
          "endless-redirect",
          "endless-redirect-pixel",
          "spinning",
          "tab-crash",
          "popups",
          "dialogs",
          "permissions",
          "downloads",
          "navigates-away");

  private static final int PIECE = 1 << 20;

  private TortureHostile() {}

  static void addTo(Internet internet, VirtualHost site, VirtualHost tags) {
    site.at("/endless-redirect", TortureHostile::onAndOn);
    internet.host("a.torture-tags.example").at("/endless", TortureHostile::onAndOn);
    internet.host("silent.torture-tags.example").at("/*", silence -> {});
    tags.at("/50-mb.js", TortureHostile::fiftyMegabytes);
  }

  /** To the same path with the next number, for ever. */
  private static void onAndOn(Exchange exchange) {
    String query = exchange.request().query();
    int turn = query != null && query.matches("\\d{1,8}") ? Integer.parseInt(query) : 0;
    redirect(302, exchange.request().path() + "?" + (turn + 1)).to(exchange);
  }

  private static void fiftyMegabytes(Exchange exchange) {
    byte[] piece = new byte[PIECE];
    Arrays.fill(piece, (byte) ' ');
    byte[] line = "self.pieces = (self.pieces || 0) + 1;\n".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(line, 0, piece, 0, line.length);
    open(exchange).inPieces(200, "text/javascript; charset=utf-8", piece, 50, 1);
  }
}
