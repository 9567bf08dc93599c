package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.SiteScope;

/** Every sheet of a pack, a line each. */
final class Sheets {
  static final Sheet SETTINGS =
      new Sheet(
          "settings",
          "How the site is watched, as it is set when the pack is made.",
          Settings::lines);
  static final Sheet SCOPE =
      Sheet.sql(
          "scope",
          "Environment and how people pay, as a person wrote it down: every version that held in the"
              + " period.",
          ChangeSheetQueries.SCOPE);
  static final Sheet SETTING_HISTORY =
      new Sheet(
          "setting-history",
          "What was changed in the period about how the site is watched and who is told.",
          (snapshot, sink) -> {
            if (snapshot.scope().wholeClient())
              snapshot.each(ChangeSheetQueries.SETTING_HISTORY, sink);
          });
  static final Sheet STANDARDS =
      Sheet.sql(
          "standards",
          "The client's deployment standard: every version that held in the period, with its text.",
          ChangeSheetQueries.STANDARDS);
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
  static final Sheet PAYMENT_FRAMES =
      new Sheet(
          "payment-frames",
          "A document that a payment page showed in a frame, or went on to.",
          Sheets::frames);
  static final Sheet SCRIPTS =
      ruled(
          "scripts",
          "A version of a script that was seen anywhere on the site, and who allowed it.",
          ScriptQueries.SCRIPTS,
          false);
  static final Sheet HEADERS =
      new Sheet(
          "headers",
          "A security header of a page, or a cookie's flags: its baseline and its value at the"
              + " period's end.",
          HeldHeaders::lines);
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

  /** The meaning of every column: for those who were handed the pack and nothing else. */
  static final Sheet COLUMNS =
      new Sheet("columns", "What a column of these files means.", Columns::lines);

  static final List<Sheet> ALL =
      List.of(
          SCOPE,
          SETTINGS,
          SETTING_HISTORY,
          SCHEDULES,
          OWNERS,
          ALERT_RULES,
          ESCALATION,
          PAGES,
          PAYMENT_SCRIPTS,
          PAYMENT_FRAMES,
          SCRIPTS,
          TAGS,
          STANDARDS,
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
          AUDIT,
          COLUMNS);

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
    @Nullable PaymentTraces traces = payment ? PaymentTraces.of(snapshot) : null;
    SiteScope own = own(snapshot);
    snapshot.each(
        statement,
        line -> {
          line.put("party", party(own, line));
          if (traces != null) traces.tell(line, own);
          boolean script = line.values().containsKey("sha256");
          if (script) line.put("integrity", INTEGRITY.get(line.has("sha256")));
          sink.take(held.ruled(line, payment));
        });
  }

  private static SiteScope own(Snapshot snapshot) {
    return new SiteScope(snapshot.scope().site().baseUrl(), snapshot.scope().site().firstParty());
  }

  /** A vendor's vendor is a fourth party: another tag brought it, and not the site. */
  private static String party(SiteScope own, Line line) {
    if (line.text("load_method").equals("PIGGYBACK")) return "FOURTH";
    if (line.has("tag_key")) return "THIRD";
    return own.partyOf(line.text("script")).name();
  }

  private static void frames(Snapshot snapshot, LineSink sink) throws IOException {
    SiteScope own = own(snapshot);
    snapshot.each(
        ScriptQueries.PAYMENT_FRAMES,
        line -> sink.take(line.put("party", own.partyOf(line.text("document")).name())));
  }
}
