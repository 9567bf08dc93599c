package org.tagwarden.collector.vendors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import org.jspecify.annotations.Nullable;

/** A URL in the parts that patterns look at. {@code path} begins with a slash, query is raw. */
record RequestUrl(String host, String path, String query) {
  static RequestUrl of(String url) {
    String text = url;
    int hash = text.indexOf('#');
    if (hash >= 0) text = text.substring(0, hash);
    int mark = text.indexOf('?');
    String query = mark < 0 ? "" : text.substring(mark + 1);
    if (mark >= 0) text = text.substring(0, mark);
    int authority = text.indexOf("://");
    int slash = text.indexOf('/', authority < 0 ? 0 : authority + 3);
    return new RequestUrl(Hosts.of(url), slash < 0 ? "/" : text.substring(slash), query);
  }

  /** The decoded value of a query parameter; null when there is none. */
  @Nullable String parameter(String name) {
    int at = 0;
    while (at < query.length()) {
      int end = query.indexOf('&', at);
      if (end < 0) end = query.length();
      if (query.startsWith(name, at) && at + name.length() <= end) {
        int equals = at + name.length();
        if (equals == end) return "";
        if (query.charAt(equals) == '=') return decode(query.substring(equals + 1, end));
      }
      at = end + 1;
    }
    return null;
  }

  private static String decode(String value) {
    if (value.indexOf('%') < 0 && value.indexOf('+') < 0) return value;
    try {
      return URLDecoder.decode(value, UTF_8);
    } catch (IllegalArgumentException e) { // a stray % sign: the raw value is all there is
      return value;
    }
  }
}
