package org.tagwarden.dashboard.pages.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The lists of the schedule form: value and label, in order. */
public final class Choices {
  public static final Map<String, String> RHYTHMS =
      of(
          "off", "Only when asked",
          "daily", "Every day",
          "weekdays", "Monday to Friday",
          "weekly", "Once a week",
          "monthly", "Once a month",
          "cron", "Cron expression");

  public static final Map<String, String> WEEKDAYS =
      of(
          "1",
          "Monday",
          "2",
          "Tuesday",
          "3",
          "Wednesday",
          "4",
          "Thursday",
          "5",
          "Friday",
          "6",
          "Saturday",
          "0",
          "Sunday");

  public static final Map<String, String> PAGE_KINDS =
      of("LIST", "These pages", "SITEMAP", "The pages of a sitemap", "CRAWL", "Crawl from here");

  private Choices() {}

  static Map<String, String> of(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) map.put(pairs[i], pairs[i + 1]);
    return Collections.unmodifiableMap(map);
  }
}
