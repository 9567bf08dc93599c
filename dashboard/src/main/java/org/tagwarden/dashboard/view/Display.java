package org.tagwarden.dashboard.view;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, sizes and times in the words that people read. Times are UTC, as the pages say. What an
 * inventory prints hundreds of times is written by hand: formatters were most of that page's cost.
 */
public final class Display {
  private static final String[] MONTHS =
      Arrays.stream(Month.values())
          .map(month -> month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
          .toArray(String[]::new);

  private Display() {}

  /** 1,234. */
  public static String number(long value) {
    String digits = Long.toString(value);
    int first = value < 0 ? 1 : 0;
    if (digits.length() - first <= 3) return digits;
    StringBuilder text = new StringBuilder(digits);
    for (int i = digits.length() - 3; i > first; i -= 3) text.insert(i, ',');
    return text.toString();
  }

  /** 12 KB, 3.4 MB; decimal units, as browsers' tools use. */
  public static String bytes(long value) {
    if (value < 1_000) return value + " B";
    if (value < 1_000_000) return rounded(value, 1_000) + " KB";
    if (value < 1_000_000_000) return rounded(value, 1_000_000) + " MB";
    return rounded(value, 1_000_000_000) + " GB";
  }

  /** In units, half up: one digit after the point below ten of them, none above. */
  private static String rounded(long value, long unit) {
    if (value / unit >= 10) return Long.toString((value + unit / 2) / unit);
    long tenths = (value * 10 + unit / 2) / unit;
    return tenths / 10 + "." + tenths % 10;
  }

  /** 640 ms, 2.4 s, 1 min 20 s; a dash when there is no such value. */
  public static String millis(@Nullable Number value) {
    if (value == null || value.doubleValue() < 0) return "–";
    double ms = value.doubleValue();
    if (ms < 1_000) return Math.round(ms) + " ms";
    if (ms < 60_000) return String.format(Locale.ENGLISH, "%.1f s", ms / 1_000);
    long seconds = Math.round(ms / 1_000);
    return seconds / 60 + " min " + seconds % 60 + " s";
  }

  /** A layout shift: two digits. */
  public static String shift(@Nullable Number value) {
    if (value == null || value.doubleValue() < 0) return "–";
    return String.format(Locale.ENGLISH, "%.2f", value.doubleValue());
  }

  /** 3 Nov 2026. */
  public static String date(@Nullable Instant at) {
    return at == null ? "–" : date(at.atOffset(ZoneOffset.UTC).toLocalDate());
  }

  /** 3 Nov 2026. */
  public static String date(LocalDate day) {
    return day(day) + " " + day.getYear();
  }

  /** 3 Nov. */
  public static String day(LocalDate day) {
    return day.getDayOfMonth() + " " + MONTHS[day.getMonthValue() - 1];
  }

  /** 3 Nov 2026, 14:05 UTC. */
  public static String time(@Nullable Instant at) {
    if (at == null) return "–";
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    return date(time.toLocalDate())
        + ", "
        + twoDigits(time.getHour())
        + ":"
        + twoDigits(time.getMinute())
        + " UTC";
  }

  private static String twoDigits(int value) {
    return value < 10 ? "0" + value : Integer.toString(value);
  }

  /** just now, 5 min ago, 3 h ago, 4 days ago, then the date; likewise "in 5 min". */
  public static String ago(@Nullable Instant at, Instant now) {
    if (at == null) return "never";
    Duration gap = Duration.between(at, now);
    boolean future = gap.isNegative();
    long minutes = gap.abs().toMinutes();
    if (minutes < 1) return future ? "in a moment" : "just now";
    String words;
    if (minutes < 60) words = minutes + " min";
    else if (minutes < 48 * 60) words = minutes / 60 + " h";
    else if (minutes < 30L * 24 * 60) words = minutes / (24 * 60) + " days";
    else return date(at);
    return future ? "in " + words : words + " ago";
  }

  /** "1 page", "3 pages". */
  public static String count(long value, String one, String many) {
    return number(value) + " " + (value == 1 ? one : many);
  }

  /** An enum's constant in sentence case: "Hard coded". */
  public static String words(String constant) {
    String text = constant.replace('_', ' ').toLowerCase(Locale.ROOT);
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** The URL without its scheme and a bare closing slash. */
  public static String url(String url) {
    String text = url.replaceFirst("^https?://", "");
    return text.endsWith("/") && text.indexOf('/') == text.length() - 1
        ? text.substring(0, text.length() - 1)
        : text;
  }

  /** Up to two letters that stand for a name. */
  public static String initials(String name) {
    StringBuilder letters = new StringBuilder();
    for (String part : name.trim().split("[\\s.@-]+")) {
      if (letters.length() < 2 && !part.isEmpty())
        letters.appendCodePoint(Character.toUpperCase(part.codePointAt(0)));
    }
    return letters.toString();
  }

  /** The tile behind a vendor's letter: stable for a name. */
  public static String hue(String name) {
    return "hue-" + Math.floorMod(name.hashCode(), 6);
  }

  /** The letter on the tile. */
  public static String letter(String name) {
    String text = (name.startsWith("www.") ? name.substring(4) : name).trim();
    return text.isEmpty()
        ? "?"
        : new String(Character.toChars(Character.toUpperCase(text.codePointAt(0))));
  }
}
