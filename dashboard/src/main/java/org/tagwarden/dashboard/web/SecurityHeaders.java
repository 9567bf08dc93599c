package org.tagwarden.dashboard.web;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/**
 * The headers of every page: nothing inline, nothing from anybody else, no framing. The dashboard
 * must pass its own scan.
 */
public final class SecurityHeaders {
  /** Scripts, styles, fonts and images come from this server alone. */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final boolean https;

  /**
   * @param https whether people reach the server by HTTPS, so that browsers may insist on it
   */
  public SecurityHeaders(boolean https) {
    this.https = https;
  }

  /** Sets the headers and goes on; for every route. */
  public void add(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "same-origin");
    headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    if (https) headers.set("Strict-Transport-Security", "max-age=31536000");
    context.next();
  }
}
