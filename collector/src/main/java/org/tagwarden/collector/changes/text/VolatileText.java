package org.tagwarden.collector.changes.text;

import java.util.regex.Pattern;
import org.tagwarden.collector.checks.ScriptSubject;

/** What changes inside of literals from load to load and from build to build. */
final class VolatileText {
  /** Names whose values are made anew by every build or load. */
  private static final Pattern NAMES =
      Pattern.compile(
          "(?i)\\w*(?:nonce|build|csrf|xsrf|timestamp|cachebust\\w*|commit|revision|release|version)"
              + "_?(?:id|no|number|time|date|hash|tag|sha|token)?"
              + "|\\w*(?:request|session|trace|correlation|visitor)_?id|hash|ts|sha");

  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?"
              + "|\\w{3},? \\d{1,2} \\w{3} \\d{4}(?: \\d{2}:\\d{2}:\\d{2})?(?: GMT| UTC)?");

  /** Base64 and the like: long, with capitals, small letters and digits. */
  private static final Pattern TOKEN =
      Pattern.compile("(?=[^\\s]*\\d)(?=[^\\s]*[a-z])(?=[^\\s]*[A-Z])[\\w+/-]{16,}={0,2}");

  private static final int LONG_NUMBER = 9;

  private VolatileText() {}

  /** Whether what is assigned to this name is volatile whatever it looks like. */
  static boolean named(String name) {
    return NAMES.matcher(name).matches();
  }

  /** The inside of a string with what is volatile as {@code *}. */
  static String starred(String inside) {
    if (inside.chars().noneMatch(c -> c >= '0' && c <= '9'))
      return inside; // all of these hold digits
    String text = DATE.matcher(inside).replaceAll("*");
    if (TOKEN.matcher(text).matches()) return "*";
    return ScriptSubject.withoutVolatileParts(text);
  }

  /** A number: time stamps and identifiers of many digits are all the same. */
  static String number(String number) {
    long digits = number.chars().filter(c -> c >= '0' && c <= '9').count();
    boolean plain = number.chars().allMatch(c -> c >= '0' && c <= '9');
    return plain && digits >= LONG_NUMBER ? "0" : number;
  }
}
