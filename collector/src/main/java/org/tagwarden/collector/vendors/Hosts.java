package org.tagwarden.collector.vendors;

import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import java.util.Locale;
import java.util.Set;

/** Hosts of URLs and their registrable domains, by the Public Suffix List that Guava carries. */
public final class Hosts {
  private static final Set<String> WITH_HOST = Set.of("http", "https", "ws", "wss");

  private Hosts() {}

  /**
   * The lower-case host of a URL or of a bare "host" or "host:port"; empty for URLs without one
   * (data:, blob:, about:).
   */
  public static String of(String url) {
    int start = url.indexOf("://");
    if (start >= 0) {
      if (!WITH_HOST.contains(url.substring(0, start).toLowerCase(Locale.ROOT))) return "";
      start += 3;
    } else {
      int colon = url.indexOf(':');
      boolean bare = colon < 0 || portFollows(url, colon);
      if (!bare || url.isEmpty() || url.charAt(0) == '/') return "";
      start = 0;
    }
    return authority(url, start);
  }

  /**
   * The domain that its owner registered: "example.co.uk" for "cdn.shop.example.co.uk". A host that
   * is an address, a public suffix or a single name stands for itself.
   */
  public static String registrableDomain(String host) {
    if (host.isEmpty() || InetAddresses.isUriInetAddress(host)) return host;
    if (!InternetDomainName.isValid(host)) return host;
    InternetDomainName name = InternetDomainName.from(host);
    if (name.isUnderPublicSuffix()) return name.topPrivateDomain().toString();
    return name.isPublicSuffix() ? host : lastTwoLabels(host);
  }

  /** The list's default rule, which Guava leaves out: an unlisted top level is a public suffix. */
  private static String lastTwoLabels(String host) {
    int last = host.lastIndexOf('.');
    int before = last < 0 ? -1 : host.lastIndexOf('.', last - 1);
    return host.substring(before + 1);
  }

  private static boolean portFollows(String url, int colon) {
    if (colon + 1 >= url.length()) return false;
    for (int i = colon + 1; i < url.length() && url.charAt(i) != '/'; i++) {
      if (!Character.isDigit(url.charAt(i))) return false;
    }
    return true;
  }

  private static String authority(String url, int start) {
    int end = start;
    while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) end++;
    String authority = url.substring(start, end);
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    int bracket = authority.indexOf(']');
    int colon = authority.indexOf(':', Math.max(bracket, 0));
    if (colon >= 0) authority = authority.substring(0, colon);
    if (authority.endsWith(".")) authority = authority.substring(0, authority.length() - 1);
    return authority.toLowerCase(Locale.ROOT);
  }
}
