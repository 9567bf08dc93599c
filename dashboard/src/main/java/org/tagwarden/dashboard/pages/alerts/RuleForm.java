package org.tagwarden.dashboard.pages.alerts;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.alerts.AlertKind;
import org.tagwarden.collector.alerts.AlertRule;
import org.tagwarden.collector.alerts.AlertRules;
import org.tagwarden.collector.alerts.Destination;
import org.tagwarden.collector.alerts.QuietHours;
import org.tagwarden.collector.alerts.Rhythm;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.Typed;

/** The form of a rule. */
record RuleForm(int clientId, AlertRule rule) {
  private static final List<String> FIELDS =
      List.of(
          "scope",
          "least",
          "tell",
          "rhythm",
          "day",
          "time",
          "quietFrom",
          "quietUntil",
          "timeZone",
          "version",
          "OPENED",
          "WORSENED",
          "RESOLVED",
          "destinationName",
          "destinationClient",
          "channel",
          "address",
          "signing");

  static Map<String, String> typed(Request request, Map<String, String> problems) {
    Map<String, String> typed = new LinkedHashMap<>();
    if (problems.isEmpty()) return typed;
    for (String field : FIELDS) typed.put(field, request.text(field));
    typed.put("check", String.join(" ", request.all("check")));
    return typed;
  }

  /** What a rule says, as its form would be typed. */
  static Map<String, String> of(AlertRules.Listed listed) {
    AlertRule rule = listed.rule();
    Map<String, String> typed = new LinkedHashMap<>();
    Integer site = rule.siteId();
    typed.put("scope", listed.clientId() + (site == null ? "" : "/" + site));
    typed.put("least", rule.least().name());
    typed.put("check", String.join(" ", rule.checks()));
    for (ChangeKind kind : rule.changes()) typed.put(kind.name(), "yes");
    Destination destination = rule.destination();
    typed.put("tell", destination == null ? rule.tell().name() : String.valueOf(destination.id()));
    typed.put("rhythm", rule.rhythm().kind().name());
    typed.put("day", String.valueOf(rule.rhythm().day().getValue()));
    typed.put("time", rule.rhythm().time().toString());
    typed.put("timeZone", rule.rhythm().zone().getId());
    QuietHours quiet = rule.quiet();
    typed.put("quietFrom", quiet == null ? "" : quiet.from().toString());
    typed.put("quietUntil", quiet == null ? "" : quiet.until().toString());
    typed.put("version", String.valueOf(listed.version()));
    return typed;
  }

  static RuleForm of(Request request, List<Destination> reached) {
    String[] scope = request.text("scope").split("/");
    AlertKind kind = Typed.choice(AlertKind.class, request.text("rhythm"), "rhythm");
    if (!RulesView.RHYTHMS.containsKey(kind.name()))
      throw Refusal.invalid("rhythm", "Choose one of the list.");
    ZoneId zone = zone(request.text("timeZone"));
    Rhythm rhythm =
        new Rhythm(
            kind,
            DayOfWeek.of(request.number("day", 1, 7, 1)),
            kind == AlertKind.NOW ? LocalTime.of(8, 0) : time(request.text("time"), "time"),
            zone);
    Destination destination = destination(request.text("tell"), reached);
    return new RuleForm(
        number(scope[0]),
        new AlertRule(
            0,
            scope.length < 2 ? null : number(scope[1]),
            Typed.choice(Severity.class, request.text("least"), "least"),
            checks(request.all("check")),
            changes(request),
            destination != null
                ? AlertRule.Tell.DESTINATION
                : Typed.choice(AlertRule.Tell.class, request.text("tell"), "tell"),
            destination,
            rhythm,
            quiet(request, zone)));
  }

  private static Set<String> checks(List<String> ids) {
    Set<String> checks = new HashSet<>();
    for (String id : ids) {
      if (id.isEmpty()) continue;
      if (!RulesView.checks().containsKey(id))
        throw Refusal.invalid("check", "Choose one of the list.");
      checks.add(id);
    }
    return checks;
  }

  private static Set<ChangeKind> changes(Request request) {
    Set<ChangeKind> changes = new HashSet<>();
    for (ChangeKind kind : List.of(ChangeKind.OPENED, ChangeKind.WORSENED, ChangeKind.RESOLVED)) {
      if (request.ticked(kind.name())) changes.add(kind);
    }
    return changes;
  }

  private static @Nullable Destination destination(String tell, List<Destination> reached) {
    for (Destination one : reached) if (String.valueOf(one.id()).equals(tell)) return one;
    return null;
  }

  private static @Nullable QuietHours quiet(Request request, ZoneId zone) {
    String from = request.text("quietFrom");
    String until = request.text("quietUntil");
    if (from.isEmpty() && until.isEmpty()) return null;
    LocalTime begin = time(from, "quietFrom");
    LocalTime end = time(until, "quietUntil");
    if (begin.equals(end))
      throw Refusal.invalid("quietUntil", "Quiet hours cannot last the whole day.");
    return new QuietHours(begin, end, zone);
  }

  private static LocalTime time(String text, String field) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw Refusal.invalid(field, "Write a time like 08:00.");
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw Refusal.invalid("timeZone", "This is no time zone: write it like Europe/Berlin.");
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Refusal.invalid("scope", "Choose one of the list.");
    }
  }
}
