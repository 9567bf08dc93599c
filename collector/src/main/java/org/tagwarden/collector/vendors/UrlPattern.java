package org.tagwarden.collector.vendors;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One URL pattern of a product, {@code HOST[/PATH][?KEY=VALUE&...]}; {@code
 * configs/vendors/README.md} explains the language.
 *
 * @param host the host or, with {@code subdomains}, the domain; empty for any host
 * @param path null for any path
 * @param query parameters that must be there with such a value
 * @param literals characters of path and query that are not wildcards: the more, the more specific
 */
record UrlPattern(
    String host,
    boolean subdomains,
    @Nullable Glob path,
    Map<String, Glob> query,
    int literals,
    Product product) {

  /**
   * Most specific first: a host before any host, a path before none, the longer path, an exact host
   * before its domain, the longer host.
   */
  static final Comparator<UrlPattern> MOST_SPECIFIC_FIRST =
      Comparator.comparing((UrlPattern p) -> p.host.isEmpty())
          .thenComparing(p -> -p.literals)
          .thenComparing(p -> p.subdomains)
          .thenComparing(p -> -p.host.length())
          .thenComparing(p -> p.product.key());

  UrlPattern {
    query = Map.copyOf(query);
  }

  /** Reads a pattern; {@link IllegalArgumentException} says in a sentence what is wrong with it. */
  static UrlPattern parse(String text, Product product) {
    int mark = text.indexOf('?');
    String query = mark < 0 ? "" : text.substring(mark + 1);
    String place = mark < 0 ? text : text.substring(0, mark);
    int slash = place.indexOf('/');
    String host = slash < 0 ? place : place.substring(0, slash);
    String path = slash < 0 ? "" : place.substring(slash);
    boolean anyHost = host.equals("*");
    boolean subdomains = host.startsWith("*.");
    String name = anyHost ? "" : subdomains ? host.substring(2) : host;
    if (name.indexOf('*') >= 0 || (name.isEmpty() && !anyHost) || !name.equals(Hosts.of(name))) {
      throw new IllegalArgumentException(
          "The URL pattern \""
              + text
              + "\" must begin with a lower-case host, *.domain, or * for any host, without https://.");
    }
    if (anyHost && path.length() < 4) {
      throw new IllegalArgumentException(
          "The URL pattern \"" + text + "\" is for any host: it needs a telling path.");
    }
    Map<String, Glob> parameters = parameters(query);
    int literals = literals(path);
    for (String part : query.isEmpty() ? List.<String>of() : List.of(query.split("&"))) {
      literals += literals(part);
    }
    return new UrlPattern(
        name, subdomains, path.isEmpty() ? null : Glob.path(path), parameters, literals, product);
  }

  boolean matches(RequestUrl url) {
    if (!host.isEmpty() && !subdomains && !url.host().equals(host)) return false;
    if (path != null && !path.matches(url.path())) return false;
    for (Map.Entry<String, Glob> wanted : query.entrySet()) {
      String value = url.parameter(wanted.getKey());
      if (value == null || !wanted.getValue().matches(value)) return false;
    }
    return true;
  }

  private static Map<String, Glob> parameters(String query) {
    Map<String, Glob> parameters = new LinkedHashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      parameters.put(key, Glob.whole(equals < 0 ? "*" : pair.substring(equals + 1)));
    }
    return parameters;
  }

  private static int literals(String glob) {
    return glob.length() - (int) glob.chars().filter(c -> c == '*').count();
  }
}
