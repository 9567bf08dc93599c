package org.tagwarden.dashboard.pages.tag;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.tagwarden.dashboard.pages.tag.TagQueries.Day;
import org.tagwarden.dashboard.view.Chart;
import org.tagwarden.dashboard.view.Chart.Series;
import org.tagwarden.dashboard.view.Display;

/** A tag's curves and its cost, from its days. */
final class TagCurves {
  private TagCurves() {}

  /** The days from the one on which it was first seen. */
  static List<Day> since(List<Day> days, Instant firstSeen) {
    LocalDate first = firstSeen.atZone(ZoneOffset.UTC).toLocalDate();
    return days.stream().filter(day -> !day.day().isBefore(first)).toList();
  }

  static Chart requests(List<Day> days) {
    return curve(
        days,
        "Requests a visit",
        "series-0",
        day -> (double) day.requests() / day.firings(),
        value -> Display.number(Math.round(value)));
  }

  static Chart bytes(List<Day> days) {
    return curve(
        days,
        "Bytes a visit",
        "series-2",
        day -> (double) day.bytes() / day.firings(),
        value -> Display.bytes(Math.round(value)));
  }

  private static Chart curve(
      List<Day> days,
      String name,
      String tone,
      ToDoubleFunction<Day> value,
      java.util.function.DoubleFunction<String> unit) {
    double[] values =
        days.stream()
            .mapToDouble(day -> day.firings() == 0 ? 0 : value.applyAsDouble(day))
            .toArray();
    return Chart.lines(
        days.stream().map(day -> Display.day(day.day())).toList(),
        List.of(new Series(name, tone, values)),
        unit);
  }

  static TagView.Cost cost(List<Day> days, LocalDate from) {
    long firings = 0;
    long requests = 0;
    long bytes = 0;
    double load = 0;
    double cpu = 0;
    double blocking = 0;
    for (Day day : days) {
      if (day.day().isBefore(from)) continue;
      firings += day.firings();
      requests += day.requests();
      bytes += day.bytes();
      load += day.loadMs();
      cpu += day.cpuMs();
      blocking += day.blockingMs();
    }
    long n = Math.max(1, firings);
    return new TagView.Cost(
        Math.round((double) requests / n), bytes / n, load / n, cpu / n, blocking / n);
  }
}
