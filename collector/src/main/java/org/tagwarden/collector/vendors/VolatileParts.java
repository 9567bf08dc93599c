package org.tagwarden.collector.vendors;

import java.util.regex.Pattern;

/** What changes in names from load to load and from build to build. */
public final class VolatileParts {
  private static final String UUID =
      "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}";
  private static final String VERSION = "\\d+\\.\\d+(?:\\.\\d+)*(?:-(?:alpha|beta|rc)[\\w.]*)?";
  private static final String BUILD_NUMBER = "\\d{5,}";

  /**
   * One in 2,500 hashes of eight characters has no digit. No word is that long with a to f alone.
   */
  private static final String HASH = "\\p{XDigit}{8,}";

  private static final String TOKEN = "(?=[\\w-]*\\d)(?=[\\w-]*[a-z])(?=[\\w-]*[A-Z])[\\w-]{16,}";

  private static final Pattern VOLATILE =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:"
              + String.join("|", UUID, "v?" + VERSION, BUILD_NUMBER, HASH, TOKEN)
              + ")(?![A-Za-z0-9])");

  private VolatileParts() {}

  /** The text with hashes, build numbers and versions as {@code *}. */
  public static String starred(String text) {
    return VOLATILE.matcher(text).replaceAll("*");
  }
}
