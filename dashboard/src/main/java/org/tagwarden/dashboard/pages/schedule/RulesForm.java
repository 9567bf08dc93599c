package org.tagwarden.dashboard.pages.schedule;

import java.util.List;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.Typed;
import org.tagwarden.report.PageRules;

/** Which of the pages found are visited, as typed. */
public record RulesForm(
    String include, String exclude, String depth, boolean robots, String perTemplate) {
  static RulesForm of(PageRules rules) {
    return new RulesForm(
        String.join("\n", rules.include()),
        String.join("\n", rules.exclude()),
        String.valueOf(rules.depth()),
        rules.robots(),
        String.valueOf(rules.perTemplate()));
  }

  static RulesForm of(Request request) {
    return new RulesForm(
        request.text("include"),
        request.text("exclude"),
        request.text("depth"),
        request.ticked("robots"),
        request.text("perTemplate"));
  }

  /** Whether anything but the usual is set, so that the part is shown open. */
  public boolean isUsed() {
    return !include.isEmpty()
        || !exclude.isEmpty()
        || robots
        || !isNothing(depth)
        || !isNothing(perTemplate);
  }

  PageRules rules() {
    return new PageRules(
        lines(include),
        lines(exclude),
        count(depth, 100, "depth"),
        robots,
        count(perTemplate, 10_000, "perTemplate"));
  }

  private static boolean isNothing(String number) {
    return number.isEmpty() || number.equals("0");
  }

  /** A pattern may hold commas. */
  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static int count(String text, int most, String field) {
    return text.isEmpty() ? 0 : (int) Typed.number(text, 0, most, field);
  }
}
