package org.tagwarden.agent.join;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Scheme, host and port of a URL, the port filled in. */
record Place(String scheme, String host, int port) {
  static @Nullable Place of(String url) {
    int end = url.indexOf('/', Math.max(0, url.indexOf("://") + 3));
    int query = url.indexOf('?');
    if (query >= 0 && (end < 0 || query < end)) end = query;
    try {
      URI uri = new URI(end < 0 ? url : url.substring(0, end));
      if (uri.getHost() == null || uri.getScheme() == null) return null;
      String host = uri.getHost().toLowerCase(Locale.ROOT);
      if (host.startsWith("[")) host = host.substring(1, host.length() - 1);
      boolean secure = uri.getScheme().equals("https") || uri.getScheme().equals("wss");
      int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
      return new Place(uri.getScheme(), host, port);
    } catch (URISyntaxException e) {
      return null; // data:, blob: and the like have no place
    }
  }

  static String withoutFragment(String url) {
    int hash = url.indexOf('#');
    return hash < 0 ? url : url.substring(0, hash);
  }

  /** The URL without the name and password that somebody may have written into it. */
  static String withoutCredentials(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0) return url;
    int end = scheme + 3;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) end++;
    int at = url.lastIndexOf('@', end);
    return at < scheme ? url : url.substring(0, scheme + 3) + url.substring(at + 1);
  }
}
