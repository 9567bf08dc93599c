package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Every sheet of a pack, a line each. */
final class Sheets {
  static final Sheet SETTINGS =
      new Sheet(
          "settings",
          "How the site is watched, as it is set when the pack is made.",
          Settings::lines);
  static final Sheet SCHEDULES =
      Sheet.sql(
          "schedules",
          "When the site is scanned, in the schedule's own time zone.",
          RunQueries.SCHEDULES);
  static final Sheet OWNERS =
      Sheet.sql(
          "owners", "Who is responsible for the site and for its tags.", ChangeSheetQueries.OWNERS);
  static final Sheet ALERT_RULES =
      Sheet.sql(
          "alert-rules",
          "Who is told of what; none: the standard rule holds.",
          ChangeSheetQueries.ALERT_RULES);
  static final Sheet ESCALATION =
      Sheet.sql(
          "escalation", "Who is told next when nobody answers.", ChangeSheetQueries.ESCALATION);
  static final Sheet PAGES =
      Sheet.sql("pages", "A page that was visited in the period.", RunQueries.PAGES);
  static final Sheet RUNS =
      Sheet.sql(
          "runs", "Every run that was due in the period, also those that failed.", RunQueries.RUNS);
  static final Sheet GAPS =
      new Sheet(
          "gaps",
          "A time in which no run succeeded although one was due, or none for a week.",
          Gaps::lines);
  static final Sheet VISITS =
      Sheet.sql(
          "visits",
          "Every page visit of the period, with what could not be seen.",
          RunQueries.VISITS);
  static final Sheet AUTHORIZATIONS =
      new Sheet(
          "authorizations",
          "What was allowed or refused at some time of the period, by whom and why, as it last stood in it.",
          HeldAuthorizations::lines);
  static final Sheet AUTHORIZATION_HISTORY =
      Sheet.sql(
          "authorization-history",
          "Every change of these authorizations up to the period's end.",
          ScriptQueries.AUTHORIZATION_HISTORY);
  static final Sheet REQUESTS =
      Sheet.sql(
          "requests", "Tags that somebody asked for, and the answer.", ScriptQueries.REQUESTS);
  static final Sheet TAGS =
      ruled("tags", "A tag that was seen, and who allowed it.", ScriptQueries.TAGS, false);
  static final Sheet PAYMENT_SCRIPTS =
      ruled(
          "payment-scripts",
          "A script of a payment page, and who allowed it.",
          ScriptQueries.PAYMENT_SCRIPTS,
          true);
  static final Sheet SCRIPTS =
      ruled(
          "scripts",
          "A version of a script that was seen anywhere on the site, and who allowed it.",
          ScriptQueries.SCRIPTS,
          false);
  static final Sheet HEADERS =
      Sheet.sql(
          "headers",
          "A security header of a page: its baseline and its value when the pack is made.",
          ChangeSheetQueries.HEADERS);
  static final Sheet CHANGES =
      Sheet.sql(
          "changes",
          "A change that was found, who was told, and what was decided.",
          ChangeSheetQueries.CHANGES);
  static final Sheet FINDINGS =
      Sheet.sql(
          "findings",
          "A finding that was open at some time of the period.",
          ChangeSheetQueries.FINDINGS);
  static final Sheet FINDING_HISTORY =
      Sheet.sql(
          "finding-history",
          "A finding that opened, worsened, came back or ended.",
          ChangeSheetQueries.FINDING_HISTORY);
  static final Sheet ALERTS =
      Sheet.sql(
          "alerts", "A message, its delivery and who acknowledged it.", ChangeSheetQueries.ALERTS);
  static final Sheet AUDIT =
      new Sheet(
          "audit",
          "Who did what for this client in the period.",
          (snapshot, sink) -> {
            if (snapshot.scope().wholeClient()) snapshot.each(RunQueries.AUDIT, sink);
          });

  static final List<Sheet> ALL =
      List.of(
          SETTINGS,
          SCHEDULES,
          OWNERS,
          ALERT_RULES,
          ESCALATION,
          PAGES,
          PAYMENT_SCRIPTS,
          SCRIPTS,
          TAGS,
          AUTHORIZATIONS,
          AUTHORIZATION_HISTORY,
          REQUESTS,
          CHANGES,
          FINDINGS,
          FINDING_HISTORY,
          HEADERS,
          ALERTS,
          RUNS,
          GAPS,
          VISITS,
          AUDIT);

  /** How the integrity of a script is assured: the same for every one. */
  private static final Map<Boolean, String> INTEGRITY =
      Map.of(
          true,
              "SHA-256 of the received bytes at every visit; text and behaviour compared with the baseline",
          false, "behaviour compared with the baseline at every visit; the bytes did not reach us");

  private Sheets() {}

  private static Sheet ruled(String name, String about, String statement, boolean payment) {
    return new Sheet(name, about, (snapshot, sink) -> ruled(snapshot, sink, statement, payment));
  }

  private static void ruled(Snapshot snapshot, LineSink sink, String statement, boolean payment)
      throws IOException {
    HeldAuthorizations held = HeldAuthorizations.of(snapshot);
    snapshot.each(
        statement,
        line -> {
          boolean script = line.values().containsKey("sha256");
          if (script) line.put("integrity", INTEGRITY.get(line.has("sha256")));
          sink.take(held.ruled(line, payment));
        });
  }
}
