package org.tagwarden.collector.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.tagwarden.collector.ServerConfig.ForwardedFor;

/**
 * From which address a call comes: for limits of attempts and the audit log. Behind a reverse proxy
 * that is the last address of X-Forwarded-For, which the proxy itself has written; all before it
 * are the caller's own words.
 */
public final class CallerAddress {
  private static final String KEY = "tagwarden.address";
  private static final int LONGEST = 60;

  private final ForwardedFor forwardedFor;

  public CallerAddress(ForwardedFor forwardedFor) {
    this.forwardedFor = forwardedFor;
  }

  /** Notes the address and goes on; before every other handler. */
  public void note(RoutingContext context) {
    context.put(KEY, find(context.request()));
    context.next();
  }

  /** What was noted. */
  public static String of(RoutingContext context) {
    String noted = context.get(KEY);
    return noted == null ? connected(context.request()) : noted;
  }

  private String find(HttpServerRequest request) {
    String header = request.getHeader("X-Forwarded-For");
    if (forwardedFor == ForwardedFor.IGNORE || header == null) return connected(request);
    String last = header.substring(header.lastIndexOf(',') + 1).strip();
    boolean address =
        !last.isEmpty() && last.length() <= LONGEST && last.matches("[0-9A-Fa-f:.%\\]\\[]+");
    return address ? last : connected(request);
  }

  private static String connected(HttpServerRequest request) {
    return request.remoteAddress() == null
        ? "unknown"
        : String.valueOf(request.remoteAddress().hostAddress());
  }
}
