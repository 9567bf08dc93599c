package org.tagwarden.collector.governance.rules;

import org.tagwarden.collector.vendors.Glob;
import org.tagwarden.collector.vendors.Hosts;

/**
 * Addresses on a host: {@code HOST/PATH} with {@code *} for any characters of the path; a path that
 * ends in a slash stands for everything below it. Queries are not looked at.
 */
record AddressPattern(HostPattern host, String path, Glob glob) {
  /** Reads a pattern; {@link IllegalArgumentException} says in a sentence what is wrong with it. */
  static AddressPattern parse(String text) {
    String plain = text.strip().replaceFirst("^(?i)https?://", "");
    int slash = plain.indexOf('/');
    if (slash < 1 || slash == plain.length() - 1 || plain.indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no URL pattern: write host and path without a query, like"
              + " cdn.vendor.example/widgets/*.");
    }
    String path = plain.substring(slash);
    return new AddressPattern(HostPattern.parse(plain.substring(0, slash)), path, Glob.path(path));
  }

  boolean matches(String url) {
    return host.matches(Hosts.of(url)) && glob.matches(pathOf(url));
  }

  String text() {
    return host.text() + path;
  }

  /** The exact host first, then the pattern with more characters that are no wildcard. */
  int specificity() {
    int stars = (int) path.chars().filter(c -> c == '*').count();
    return host.specificity() + path.length() - stars;
  }

  /** The path of a URL, "/" when it has none, without query and fragment. */
  static String pathOf(String url) {
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
