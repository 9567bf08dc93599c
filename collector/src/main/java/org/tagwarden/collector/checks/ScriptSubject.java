package org.tagwarden.collector.checks;

import java.util.Locale;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.collector.vendors.VolatileParts;

/**
 * The stable name of a script over loads, builds and releases: host and path without scheme, query
 * and fragment, with hashes, build numbers and versions of the path as {@code *}.
 */
public final class ScriptSubject {
  private ScriptSubject() {}

  /** The subject of a script's URL; for a URL without a host (blob:, data:) its scheme. */
  public static String of(String url) {
    String host = Hosts.of(url);
    if (host.isEmpty()) return scheme(url);
    return host + withoutVolatileParts(path(url));
  }

  /** The text with hashes, build numbers and versions as {@code *}. */
  public static String withoutVolatileParts(String text) {
    return VolatileParts.starred(text);
  }

  private static String scheme(String url) {
    int colon = url.indexOf(':');
    return colon < 0 ? url : url.substring(0, colon).toLowerCase(Locale.ROOT) + ":";
  }

  private static String path(String url) {
    int end = url.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = url.indexOf(mark);
      if (at >= 0) end = Math.min(end, at);
    }
    int authority = url.indexOf("://");
    int slash = url.indexOf('/', authority < 0 ? 0 : authority + 3);
    return slash < 0 || slash >= end ? "/" : url.substring(slash, end);
  }
}
