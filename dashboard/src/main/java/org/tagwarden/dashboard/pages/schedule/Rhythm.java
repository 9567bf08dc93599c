package org.tagwarden.dashboard.pages.schedule;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tagwarden.collector.Refusal;

/**
 * How often a site is scanned, as a form asks it; for experts as a cron expression. Pure.
 *
 * @param kind "off", "daily", "weekdays", "weekly", "monthly" or "cron"
 * @param time HH:MM
 * @param weekday 0 (Sunday) to 6, for "weekly"
 * @param day 1 to 28, for "monthly", so that no month leaves it out
 * @param cron what an expert wrote; five fields, Unix order
 */
public record Rhythm(String kind, String time, String weekday, String day, String cron) {
  private static final Pattern TIME = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");
  private static final Pattern PLAIN =
      Pattern.compile("(\\d{1,2}) (\\d{1,2}) (\\*|\\d{1,2}) \\* (\\*|[0-7]|1-5)");

  /** Nothing set yet: offers six in the morning. */
  static final Rhythm UNSET = new Rhythm("off", "06:00", "1", "1", "");

  /** The form's words for an expression; "cron" where the form has none. */
  static Rhythm of(String cron) {
    Matcher plain = PLAIN.matcher(cron.strip());
    if (!plain.matches()) return new Rhythm("cron", "06:00", "1", "1", cron);
    int hour = Integer.parseInt(plain.group(2));
    int minute = Integer.parseInt(plain.group(1));
    if (hour > 23 || minute > 59) return new Rhythm("cron", "06:00", "1", "1", cron);
    String time = String.format("%02d:%02d", hour, minute);
    String day = plain.group(3);
    String weekday = plain.group(4);
    if (day.equals("*")) {
      if (weekday.equals("*")) return new Rhythm("daily", time, "1", "1", cron);
      if (weekday.equals("1-5")) return new Rhythm("weekdays", time, "1", "1", cron);
      return new Rhythm("weekly", time, weekday.equals("7") ? "0" : weekday, "1", cron);
    }
    if (weekday.equals("*") && Integer.parseInt(day) >= 1 && Integer.parseInt(day) <= 28) {
      return new Rhythm("monthly", time, "1", day, cron);
    }
    return new Rhythm("cron", "06:00", "1", "1", cron);
  }

  /** Whether the site is scanned by itself at all. */
  boolean isOn() {
    return !kind.equals("off");
  }

  /** The expression; a {@link Refusal} names the field that is wrong. */
  String toCron() {
    if (kind.equals("cron")) {
      if (cron.isBlank())
        throw Refusal.invalid("cron", "Write five fields: minute, hour, day, month, weekday.");
      return cron.strip();
    }
    Matcher at = TIME.matcher(time);
    if (!at.matches()) throw Refusal.invalid("time", "Write a time like 06:00.");
    String start = Integer.parseInt(at.group(2)) + " " + Integer.parseInt(at.group(1));
    return switch (kind) {
      case "daily" -> start + " * * *";
      case "weekdays" -> start + " * * 1-5";
      case "weekly" ->
          start + " * * " + within(weekday, 0, 6, "weekday", "Choose a day of the week.");
      case "monthly" ->
          start + " " + within(day, 1, 28, "day", "Choose a day from 1 to 28.") + " * *";
      default -> throw Refusal.invalid("rhythm", "Choose how often the site is scanned.");
    };
  }

  private static int within(String text, int least, int most, String field, String sentence) {
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) return value;
    } catch (NumberFormatException e) {
      // said below, with the field
    }
    throw Refusal.invalid(field, sentence);
  }
}
