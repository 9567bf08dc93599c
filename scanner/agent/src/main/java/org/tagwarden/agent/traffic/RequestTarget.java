package org.tagwarden.agent.traffic;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a request goes, as the browser wrote it: its full URL, host and port. */
record RequestTarget(String url, String host, int port) {

  /** A request inside of a tunnel names its path only, one outside of it its whole URL. */
  static RequestTarget of(HttpRequest request, @Nullable UpstreamConnection tunnel) {
    String uri = request.uri();
    if (tunnel != null && !uri.contains("://")) {
      boolean socket = "websocket".equalsIgnoreCase(request.headers().get("Upgrade"));
      String authority = bracketed(tunnel.host) + (tunnel.port == 443 ? "" : ":" + tunnel.port);
      return new RequestTarget(
          (socket ? "wss://" : "https://") + authority + uri, tunnel.host, tunnel.port);
    }
    int start = uri.indexOf("://") + 3;
    int end = start;
    while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) end++;
    RequestTarget authority = authority(uri.substring(start, end), 80);
    return new RequestTarget(uri, authority.host(), authority.port());
  }

  /** What a request outside of any tunnel is for: a tunnel to be made, or a plain one. */
  static RequestTarget asked(HttpRequest request) {
    return HttpMethod.CONNECT.equals(request.method())
        ? authority(request.uri(), 443)
        : of(request, null);
  }

  /** Reads {@code host:port}, {@code [v6]:port} or a host alone. */
  static RequestTarget authority(String text, int defaultPort) {
    int at = text.lastIndexOf('@');
    String rest = at < 0 ? text : text.substring(at + 1);
    int colon = rest.lastIndexOf(':');
    boolean port = colon > rest.lastIndexOf(']') && colon >= 0;
    String host = port ? rest.substring(0, colon) : rest;
    if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length() - 1);
    int number = defaultPort;
    if (port && rest.substring(colon + 1).matches("\\d{1,5}"))
      number = Integer.parseInt(rest.substring(colon + 1));
    return new RequestTarget(text, host.toLowerCase(Locale.ROOT), number);
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }
}
