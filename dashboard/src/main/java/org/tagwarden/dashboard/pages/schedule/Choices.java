package org.tagwarden.dashboard.pages.schedule;

import java.util.Map;
import org.tagwarden.dashboard.view.Labels;

/** The lists of the schedule form: value and label, in order. */
public final class Choices {
  public static final Map<String, String> RHYTHMS =
      Labels.of(
          "off", "Only when asked",
          "daily", "Every day",
          "weekdays", "Monday to Friday",
          "weekly", "Once a week",
          "monthly", "Once a month",
          "cron", "Cron expression");

  public static final Map<String, String> WEEKDAYS = Labels.weekdays(0);

  public static final Map<String, String> PAGE_KINDS =
      Labels.of(
          "LIST", "These pages", "SITEMAP", "The pages of a sitemap", "CRAWL", "Crawl from here");

  private Choices() {}
}
