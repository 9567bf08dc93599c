package org.tagwarden.dashboard.view;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The lists of forms: value and label, in order. */
public final class Labels {
  private Labels() {}

  /**
   * @param pairs value, label, value, label ...
   */
  public static Map<String, String> of(String... pairs) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) labels.put(pairs[i], pairs[i + 1]);
    return Collections.unmodifiableMap(labels);
  }

  /** The days of the week from Monday, whose number is 1; Sunday's differs from list to list. */
  public static Map<String, String> weekdays(int sunday) {
    Map<String, String> days = new LinkedHashMap<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      int number = day == DayOfWeek.SUNDAY ? sunday : day.getValue();
      days.put(String.valueOf(number), day.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }
    return Collections.unmodifiableMap(days);
  }
}
