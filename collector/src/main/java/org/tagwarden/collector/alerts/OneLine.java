package org.tagwarden.collector.alerts;

import java.util.regex.Pattern;

/**
 * One line of what strangers wrote: URLs, names of cookies and sites could fake headers, facts and
 * lines of their own, or, with characters that turn the direction of writing, another address.
 * Pure.
 */
public final class OneLine {
  /**
   * Controls, separators of lines and paragraphs, marks and overrides of direction, invisible ones.
   */
  private static final Pattern TRICKS =
      Pattern.compile(
          "[\\p{Cntrl}\\u0080-\\u009f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]+");

  private OneLine() {}

  /** The text without them. */
  public static String of(String text) {
    return TRICKS.matcher(text).replaceAll(" ").strip();
  }
}
