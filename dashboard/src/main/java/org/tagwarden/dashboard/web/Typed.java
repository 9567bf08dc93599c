package org.tagwarden.dashboard.web;

import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.Refusal;

/** Reading what people type into forms; a {@link Refusal} names the field. */
public final class Typed {
  private Typed() {}

  /** A number within bounds; a comma is a point. */
  public static double number(String text, double least, double most, String field) {
    try {
      double value = Double.parseDouble(text.replace(',', '.'));
      if (value >= least && value <= most) return value;
    } catch (NumberFormatException e) {
      // said below, with the field
    }
    throw Refusal.invalid(
        field, "Write a number from " + (long) least + " to " + (long) most + ".");
  }

  /** Seconds, as milliseconds. */
  public static long millis(String seconds, double least, double most, String field) {
    return Math.round(number(seconds, least, most, field) * 1_000);
  }

  /** Milliseconds as seconds, for a form's field. */
  public static String seconds(long millis) {
    return millis % 1_000 == 0 ? String.valueOf(millis / 1_000) : String.valueOf(millis / 1_000.0);
  }

  /** Entries on lines of their own, or separated by commas or semicolons. */
  public static List<String> entries(String text) {
    List<String> entries = new ArrayList<>();
    for (String entry : text.split("[\\r\\n,;]+")) {
      if (!entry.isBlank()) entries.add(entry.strip());
    }
    return entries;
  }

  /** A value of a list. */
  public static <E extends Enum<E>> E choice(Class<E> type, String text, String field) {
    for (E value : type.getEnumConstants()) if (value.name().equals(text)) return value;
    throw Refusal.invalid(field, "Choose one of the list.");
  }
}
