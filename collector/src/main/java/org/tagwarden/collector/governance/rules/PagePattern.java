package org.tagwarden.collector.governance.rules;

import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Glob;
import org.tagwarden.collector.vendors.Hosts;

/** Pages: a path, or host and path, {@code *} for any characters; queries are not looked at. */
record PagePattern(@Nullable HostPattern host, Glob path) {
  /** Reads a pattern; {@link IllegalArgumentException} says in a sentence what is wrong with it. */
  static PagePattern parse(String text) {
    String plain = text.strip().replaceFirst("^(?i)https?://", "");
    int slash = plain.indexOf('/');
    if (slash < 0 || plain.indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no page: write a path like /checkout/*, or host and path.");
    }
    HostPattern host = slash == 0 ? null : HostPattern.parse(plain.substring(0, slash));
    return new PagePattern(host, Glob.whole(plain.substring(slash)));
  }

  boolean matches(String url) {
    return (host == null || host.matches(Hosts.of(url)))
        && path.matches(AddressPattern.pathOf(url));
  }
}
