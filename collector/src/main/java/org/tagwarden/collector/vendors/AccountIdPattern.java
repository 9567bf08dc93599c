package org.tagwarden.collector.vendors;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a product's URLs carry the customer's identifier.
 *
 * @param part the part of the URL to look at
 * @param parameter name of the query parameter, for {@link Part#QUERY}
 * @param regex what to find; its first group is the identifier, or the whole match without one
 * @param prefix what people write before it, where this URL leaves it out ("AW-"); else empty
 */
record AccountIdPattern(Part part, @Nullable String parameter, Pattern regex, String prefix) {
  /** Parts of a URL. */
  enum Part {
    QUERY,
    PATH,
    HOST
  }

  /** The identifier in that URL, or null. */
  @Nullable String find(RequestUrl url) {
    String found = bare(url);
    return found == null || found.isBlank() ? null : prefix + found;
  }

  private @Nullable String bare(RequestUrl url) {
    return switch (part) {
      case QUERY -> {
        String value = parameter == null ? null : url.parameter(parameter);
        yield value == null ? null : first(regex.matcher(value), true);
      }
      case PATH -> first(regex.matcher(url.path()), false);
      case HOST -> first(regex.matcher(url.host()), false);
    };
  }

  private static @Nullable String first(Matcher matcher, boolean whole) {
    boolean found = whole ? matcher.matches() : matcher.find();
    if (!found) return null;
    return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
  }
}
