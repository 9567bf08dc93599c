package org.tagwarden.collector.vendors;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text with {@code *} for any characters. */
public final class Glob {
  private final @Nullable String exact;
  private final @Nullable String prefix;
  private final @Nullable Pattern regex;

  private Glob(String text, boolean openEnd) {
    int star = text.indexOf('*');
    boolean starOnlyAtEnd = star >= 0 && star == text.length() - 1;
    exact = star < 0 && !openEnd ? text : null;
    prefix = star < 0 && openEnd ? text : starOnlyAtEnd ? text.substring(0, star) : null;
    regex = exact == null && prefix == null ? compile(text, openEnd) : null;
  }

  /** A path: one that ends in a slash stands for everything below it. */
  public static Glob path(String text) {
    return new Glob(text, text.endsWith("/"));
  }

  /** The whole text has to match. */
  public static Glob whole(String text) {
    return new Glob(text, false);
  }

  /** Whether the text fits. */
  public boolean matches(String text) {
    if (exact != null) return text.equals(exact);
    if (prefix != null) return text.startsWith(prefix);
    return regex != null && regex.matcher(text).matches();
  }

  private static Pattern compile(String text, boolean openEnd) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split("\\*", -1)) parts.add(Pattern.quote(part));
    return Pattern.compile(String.join(".*", parts) + (openEnd ? ".*" : ""), Pattern.DOTALL);
  }
}
