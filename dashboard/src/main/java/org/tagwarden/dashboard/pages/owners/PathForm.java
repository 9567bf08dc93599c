package org.tagwarden.dashboard.pages.owners;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.owners.EscalationPath;
import org.tagwarden.collector.owners.EscalationStep;
import org.tagwarden.collector.owners.EscalationStep.Office;
import org.tagwarden.collector.owners.WorkingHours;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.Typed;

/**
 * The form of a path: as many rows as it may have steps; empty ones are left out.
 *
 * @param days ISO numbers of the working days
 */
public record PathForm(
    boolean ofClient,
    String timeZone,
    Set<String> days,
    String from,
    String until,
    String always,
    List<Step> steps) {
  /** Rows that the form offers. */
  private static final int ROWS = 5;

  /** Who a step may tell, in the order of the list. */
  public static final Map<String, String> OFFICES = offices();

  /** What the first list may say when a step tells somebody. */
  public static final String TOLD =
      OFFICES.keySet().stream().filter(key -> !key.isEmpty()).collect(Collectors.joining(" "));

  /** Severities, or none. */
  public static final Map<String, String> SEVERITIES = severities();

  /** A row of the form; {@code who} is an office, "ADDRESS", or "" for none. */
  public record Step(String who, String contact, String waiting, String skipped) {}

  private static Map<String, String> offices() {
    Map<String, String> offices = new LinkedHashMap<>();
    offices.put("", "Nobody");
    for (Office office : Office.values()) offices.put(office.name(), "The " + office.title());
    offices.put("ADDRESS", "This address");
    return offices;
  }

  private static Map<String, String> severities() {
    Map<String, String> severities = new LinkedHashMap<>();
    severities.put("", "Never");
    severities.put("CRITICAL", "Critical");
    severities.put("HIGH", "High and above");
    severities.put("MEDIUM", "Medium and above");
    return severities;
  }

  /** Of what holds; without a path, a beginning. */
  static PathForm of(@Nullable EscalationPath path) {
    List<Step> steps = new ArrayList<>();
    if (path == null) {
      steps.add(new Step("IT_OWNER", "", "0", ""));
      steps.add(new Step("IT_DEPUTY", "", "120", "CRITICAL"));
    } else {
      for (EscalationStep step : path.steps()) steps.add(row(step));
    }
    while (steps.size() < ROWS) steps.add(new Step("", "", "60", ""));
    if (path == null)
      return new PathForm(
          false, "", Set.of("1", "2", "3", "4", "5"), "09:00", "17:00", "CRITICAL", steps);
    Severity always = path.alwaysFrom();
    return new PathForm(
        path.siteId() == null,
        path.hours().zone().getId(),
        path.hours().days().stream()
            .map(day -> String.valueOf(day.getValue()))
            .collect(Collectors.toSet()),
        path.hours().from().toString(),
        path.hours().until().toString(),
        always == null ? "" : always.name(),
        steps);
  }

  private static Step row(EscalationStep step) {
    Office who = step.who();
    Severity skipped = step.skippedFrom();
    return new Step(
        who == null ? "ADDRESS" : who.name(),
        step.contact(),
        String.valueOf(step.waitMinutes()),
        skipped == null ? "" : skipped.name());
  }

  /** What was typed; the other form's fields are not there, and this one's stay as they were. */
  static PathForm of(Request request, PathForm before) {
    if (request.text("pathZone").isEmpty() && request.text("step0").isEmpty()) return before;
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < before.steps().size(); i++) {
      steps.add(
          new Step(
              request.text("step" + i),
              request.text("contact" + i),
              request.text("wait" + i),
              request.text("skipped" + i)));
    }
    return new PathForm(
        request.ticked("ofClient"),
        request.text("pathZone"),
        Set.copyOf(request.all("days")),
        request.text("workFrom"),
        request.text("workUntil"),
        request.text("always"),
        steps);
  }

  static EscalationPath path(Request request, Site site) {
    List<EscalationStep> steps = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String who = request.text("step" + i);
      if (who.isEmpty()) continue;
      boolean address = who.equals("ADDRESS");
      steps.add(
          new EscalationStep(
              address ? null : Typed.choice(Office.class, who, "steps"),
              address ? request.text("contact" + i) : "",
              (int) Typed.number(request.text("wait" + i), 0, 43_200, "steps"),
              severity(request.text("skipped" + i))));
    }
    return new EscalationPath(
        site.clientId(),
        request.ticked("ofClient") ? null : site.id(),
        hours(request),
        severity(request.text("always")),
        steps);
  }

  private static WorkingHours hours(Request request) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String day : request.all("days")) days.add(day(day));
    try {
      return new WorkingHours(
          ZoneId.of(request.text("pathZone")),
          days,
          LocalTime.parse(request.text("workFrom")),
          LocalTime.parse(request.text("workUntil")));
    } catch (DateTimeException e) {
      throw Refusal.invalid(
          "pathZone", "Write the time zone like Europe/Berlin and the hours like 09:00.");
    }
  }

  private static DayOfWeek day(String text) {
    for (DayOfWeek day : DayOfWeek.values())
      if (String.valueOf(day.getValue()).equals(text)) return day;
    throw Refusal.invalid("workDays", "Choose days of the list.");
  }

  private static @Nullable Severity severity(String text) {
    return text.isEmpty() ? null : Typed.choice(Severity.class, text, "steps");
  }
}
