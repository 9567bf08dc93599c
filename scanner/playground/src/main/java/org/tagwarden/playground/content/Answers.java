package org.tagwarden.playground.content;

import java.util.Base64;
import org.tagwarden.playground.net.Answer;
import org.tagwarden.playground.net.Exchange;

/** The answers that tags' servers give. */
final class Answers {
  /** A transparent image of one pixel. */
  private static final byte[] PIXEL =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

  private Answers() {}

  /** A pixel. */
  static Answer pixel() {
    return exchange -> open(exchange).send(200, "image/gif", PIXEL);
  }

  /** A pixel that leaves a third-party cookie. */
  static Answer pixelWithCookie(String cookie) {
    return exchange -> {
      exchange.header("Set-Cookie", cookie + "; Path=/; Max-Age=31536000; Secure; SameSite=None");
      pixel().to(exchange);
    };
  }

  /** What beacons get. */
  static Answer nothing() {
    return exchange -> open(exchange).empty(204);
  }

  /** A JSON answer that every origin may read. */
  static Answer json(String body) {
    return exchange -> open(exchange).send(200, "application/json", body);
  }

  /** A script. */
  static Answer script(String body) {
    return exchange -> open(exchange).send(200, "text/javascript; charset=utf-8", body);
  }

  /** A page. */
  static Answer page(String body) {
    return exchange -> exchange.send(200, "text/html; charset=utf-8", body);
  }

  /** A drawing. */
  static Answer svg(String body) {
    return exchange -> exchange.send(200, "image/svg+xml", body);
  }

  /** On to another URL. */
  static Answer redirect(int status, String location) {
    return exchange -> open(exchange).redirect(status, location);
  }

  /** A server in trouble. */
  static Answer failure(int status, String text) {
    return exchange -> exchange.send(status, "text/plain; charset=utf-8", text + "\n");
  }

  /** Lets the asking origin read the answer, with credentials. */
  static Exchange open(Exchange exchange) {
    String origin = exchange.request().getHeader("Origin");
    if (origin != null) {
      // Put, not added: it takes the place of a header that the host gives to everything.
      exchange
          .request()
          .response()
          .putHeader("Access-Control-Allow-Origin", origin)
          .putHeader("Access-Control-Allow-Credentials", "true")
          .putHeader("Vary", "Origin");
    }
    return exchange;
  }
}
