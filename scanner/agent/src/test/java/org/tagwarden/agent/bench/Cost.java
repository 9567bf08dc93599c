package org.tagwarden.agent.bench;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the rounds of one contender took together. */
final class Cost {
  private final Map<String, Double> cpu = new TreeMap<>();
  private double seconds;
  private double wall;
  private int visits;
  private int requests;

  void add(Contender.Round round) {
    round.cpu().forEach((program, used) -> cpu.merge(program, used, Double::sum));
    seconds += round.seconds();
    visits += round.visits().size();
    for (RecordedVisit visit : round.visits()) {
      wall += visit.wallMs() / 1e3;
      requests += visit.requests().size();
    }
  }

  /** CPU seconds a page. */
  double cpu() {
    return cpu.values().stream().mapToDouble(Double::doubleValue).sum() / visits;
  }

  double pagesPerMinute() {
    return visits / seconds * 60;
  }

  String line() {
    StringBuilder parts = new StringBuilder();
    cpu.forEach(
        (program, used) ->
            parts.append(String.format(Locale.ROOT, "  %s %.2f", program, used / visits)));
    return String.format(
        Locale.ROOT,
        "%8.1f  %6.2f  %9.1f  %12.2f%s",
        (double) requests / visits,
        wall / visits,
        pagesPerMinute(),
        cpu(),
        parts);
  }
}
