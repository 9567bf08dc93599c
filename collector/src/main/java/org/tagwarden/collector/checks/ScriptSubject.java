package org.tagwarden.collector.checks;

import java.util.Locale;
import java.util.regex.Pattern;
import org.tagwarden.collector.vendors.Hosts;

/**
 * The stable name of a script over loads, builds and releases: host and path without scheme, query
 * and fragment, with hashes, build numbers and versions of the path as {@code *}.
 */
public final class ScriptSubject {
  private static final String UUID =
      "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}";
  private static final String VERSION = "\\d+\\.\\d+(?:\\.\\d+)*(?:-(?:alpha|beta|rc)[\\w.]*)?";
  private static final String BUILD_NUMBER = "\\d{5,}";
  private static final String HASH = "(?=\\p{Alpha}*\\d)\\p{XDigit}{8,}";
  private static final String TOKEN = "(?=[\\w-]*\\d)(?=[\\w-]*[a-z])(?=[\\w-]*[A-Z])[\\w-]{16,}";

  private static final Pattern VOLATILE =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:"
              + String.join("|", UUID, "v?" + VERSION, BUILD_NUMBER, HASH, TOKEN)
              + ")(?![A-Za-z0-9])");

  private ScriptSubject() {}

  /** The subject of a script's URL; for a URL without a host (blob:, data:) its scheme. */
  public static String of(String url) {
    String host = Hosts.of(url);
    if (host.isEmpty()) return scheme(url);
    return host + withoutVolatileParts(path(url));
  }

  /** The text with hashes, build numbers and versions as {@code *}. */
  static String withoutVolatileParts(String text) {
    return VOLATILE.matcher(text).replaceAll("*");
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
