package org.tagwarden.dashboard.pages.schedule;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.schedule.Blackout;
import org.tagwarden.collector.schedule.Schedule;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.Typed;

/**
 * How much later a scan starts, and when none does, as typed.
 *
 * @param blackouts one window a line: "22:00-05:00 Mon Tue"; without days it holds every day
 */
public record CalmForm(String jitterMinutes, String blackouts) {
  private static final int MOST_MINUTES = 60;
  private static final Pattern WINDOW =
      Pattern.compile(
          "([01]?\\d|2[0-3]):([0-5]\\d)\\s*(?:-|–|to)\\s*([01]?\\d|2[0-3]):([0-5]\\d)(.*)");

  static CalmForm of(@Nullable Schedule schedule) {
    if (schedule == null) return new CalmForm("0", "");
    List<String> lines = new ArrayList<>();
    for (Blackout window : schedule.draft().blackouts()) lines.add(line(window));
    double minutes = schedule.draft().jitterSeconds() / 60.0;
    String jitter =
        minutes == Math.rint(minutes) ? String.valueOf((int) minutes) : String.valueOf(minutes);
    return new CalmForm(jitter, String.join("\n", lines));
  }

  static CalmForm of(Request request) {
    return new CalmForm(request.text("jitter"), request.text("blackouts"));
  }

  /** Whether anything is set, so that the part is shown open. */
  public boolean isUsed() {
    return !blackouts.isEmpty() || !(jitterMinutes.isEmpty() || jitterMinutes.equals("0"));
  }

  int jitterSeconds() {
    if (jitterMinutes.isEmpty()) return 0;
    return (int) Math.round(Typed.number(jitterMinutes, 0, MOST_MINUTES, "jitter") * 60);
  }

  List<Blackout> windows() {
    return blackouts
        .lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty())
        .map(CalmForm::window)
        .toList();
  }

  private static Blackout window(String line) {
    Matcher window = WINDOW.matcher(line);
    if (!window.matches()) throw unclear(line);
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String word : window.group(5).split("[\\s,]+")) {
      if (!word.isEmpty()) days.add(day(word, line));
    }
    return new Blackout(
        time(window.group(1), window.group(2)), time(window.group(3), window.group(4)), days);
  }

  private static LocalTime time(String hour, String minute) {
    return LocalTime.of(Integer.parseInt(hour), Integer.parseInt(minute));
  }

  private static DayOfWeek day(String word, String line) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (word.length() >= 2 && day.name().startsWith(word.toUpperCase(Locale.ROOT))) return day;
    }
    throw unclear(line);
  }

  private static Refusal unclear(String line) {
    return Refusal.invalid(
        "blackouts", "\"" + line + "\": write a line like 22:00-05:00 or 08:00-10:00 Mon Tue.");
  }

  private static String line(Blackout window) {
    StringBuilder line = new StringBuilder(window.from() + "-" + window.to());
    if (window.days().size() == DayOfWeek.values().length) return line.toString();
    for (DayOfWeek day : DayOfWeek.values()) {
      if (window.days().contains(day)) {
        line.append(' ').append(day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
      }
    }
    return line.toString();
  }
}
