package org.tagwarden.collector.governance.rules;

import java.util.Locale;
import java.util.regex.Pattern;
import org.tagwarden.collector.vendors.Hosts;

/** A host, or with {@code *.} a domain and everything below it. */
record HostPattern(String name, boolean subdomains) {
  /** What browsers take for a host; not the signs by which lists are separated. */
  private static final Pattern HOST = Pattern.compile("[^\\s\"<>\\\\^|%@#?/*,;]+");

  /** Reads a pattern; {@link IllegalArgumentException} says in a sentence what is wrong with it. */
  static HostPattern parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    boolean subdomains = lower.startsWith("*.");
    String name = subdomains ? lower.substring(2) : lower;
    if (!HOST.matcher(name).matches() || !name.equals(Hosts.of(name))) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no host: write it like static.vendor.example or *.vendor.example.");
    }
    return new HostPattern(name, subdomains);
  }

  boolean matches(String host) {
    return host.equals(name) || (subdomains && host.endsWith("." + name));
  }

  String text() {
    return subdomains ? "*." + name : name;
  }

  /** An exact host before a domain, a longer name before a shorter one. */
  int specificity() {
    return name.length() + (subdomains ? 0 : 10_000);
  }
}
