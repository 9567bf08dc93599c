package org.tagwarden.collector.governance.rules;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cookie's longest lifetime as people write it: session, 30m, 12h, 365d. */
public final class Lifetime {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,7})\\s*([smhd])");
  private static final String SESSION = "session";

  private Lifetime() {}

  /** Reads one; {@link IllegalArgumentException} says in a sentence what is wrong with it. */
  public static Duration parse(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    if (plain.equals(SESSION)) return Duration.ZERO;
    Matcher written = WRITTEN.matcher(plain);
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no lifetime: write session, 30m, 12h or 365d.");
    }
    long count = Long.parseLong(written.group(1));
    return switch (written.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /** As it is read. */
  public static String text(Duration life) {
    if (life.isZero()) return SESSION;
    long seconds = life.toSeconds();
    if (seconds % 86_400 == 0) return seconds / 86_400 + "d";
    if (seconds % 3_600 == 0) return seconds / 3_600 + "h";
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** For people. */
  public static String words(Duration life) {
    if (life.isZero()) return "the session";
    if (life.toHours() < 1) return Math.max(1, life.toMinutes()) + " min";
    return life.toDays() < 2 ? life.toHours() + " h" : life.toDays() + " days";
  }

  /** The next that people would write: hours up to a day, days from there. */
  public static Duration roundedUp(Duration life) {
    if (life.isZero()) return life;
    long unit = life.compareTo(Duration.ofDays(1)) <= 0 ? 3_600 : 86_400;
    return Duration.ofSeconds((life.toSeconds() + unit - 1) / unit * unit);
  }
}
