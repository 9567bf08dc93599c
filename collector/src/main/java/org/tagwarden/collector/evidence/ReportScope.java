package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tagwarden.collector.evidence.Html.Safe;

/** What the pack is about: the site, how people pay there, how it is watched and who is told. */
final class ReportScope {
  private final Html html;
  private final Snapshot snapshot;
  private final Tally tally;

  ReportScope(Html html, Snapshot snapshot, Tally tally) {
    this.html = html;
    this.snapshot = snapshot;
    this.tally = tally;
  }

  void scope() throws IOException {
    html.heading("scope", "1. Scope and mechanism");
    html.p(
        "A browser visits the site from outside, as a visitor would, through a recording proxy: it"
            + " sees scripts and headers as a visitor's browser received them. These are the"
            + " settings when the pack was made; who changed them in the period stands in section 9.");
    List<String> settings = new ArrayList<>();
    Sheets.SETTINGS
        .source()
        .each(snapshot, line -> settings.addAll(List.of(line.text("setting"), line.text("value"))));
    html.facts(settings);
    payment();
    settingHistory();
    html.small("Schedule");
    ReportTable.of(
            Sheets.SCHEDULES,
            line ->
                new Safe[] {
                  Html.text(ReportWords.words(line.text("kind"))),
                  Html.both(Html.code(line.text("cron")), Html.text(line.text("time_zone"))),
                  Html.text(line.flag("enabled") ? "On" : "Off"),
                  Html.time(line, "next_run_at")
                },
            "What",
            "When (minute, hour, day, month, weekday)",
            "State",
            "Next run")
        .write(html, snapshot, "No schedule is set: the site is scanned by hand only.");
    html.small("Who is responsible and who is told");
    ReportTable.of(
            Sheets.OWNERS,
            line ->
                new Safe[] {
                  Html.text(line.text("of")),
                  Html.text(line.text("duty") + " " + line.text("rank").toLowerCase(Locale.ROOT)),
                  Html.both(Html.text(line.text("name")), Html.text(line.text("email"))),
                  Html.text(line.text("review_on"))
                },
            "Of",
            "As",
            "Who",
            "To be confirmed by")
        .write(html, snapshot, "Nobody is entered as responsible for the site.");
    ReportTable.of(
            Sheets.ALERT_RULES,
            line ->
                new Safe[] {
                  Html.text(line.text("scope")),
                  Html.both(
                      Html.text(
                          "from "
                              + ReportWords.words(line.text("least_severity"))
                                  .toLowerCase(Locale.ROOT)),
                      Html.text(line.values().get("checks"))),
                  Html.text(line.values().get("changes")),
                  Html.both(
                      Html.text(ReportWords.words(line.text("tell"))),
                      Html.text(line.text("destination"))),
                  Html.text(ReportWords.words(line.text("rhythm")))
                },
            "For",
            "Severity, checks",
            "When it",
            "Tells",
            "Rhythm")
        .write(
            html,
            snapshot,
            "No alert rules of its own: the standard rule tells the addresses above of new, worse"
                + " and resolved findings.");
  }

  private void payment() throws IOException {
    html.small("Environment, and how people pay");
    ReportTable.of(
            Sheets.SCOPE,
            line ->
                new Safe[] {
                  Html.text(Environment.valueOf(line.text("environment")).sentence()),
                  Html.text(PaymentEmbedding.valueOf(line.text("payment")).sentence()),
                  Html.text(line.text("note")),
                  ReportWords.by(line, "by", "", "at")
                },
            "20 Environment",
            "25 Payment",
            "Further words",
            "16 Written by")
        .write(html, snapshot, "Nobody wrote this down before the period's end.");
    ReportTable.of(
            Sheets.PAYMENT_FRAMES,
            line ->
                new Safe[] {
                  Html.code(line.text("page")),
                  Html.both(Html.code(line.text("document")), Html.text(party(line))),
                  Html.text(line.number("visits")),
                  Html.both(Html.time(line, "first_seen"), Html.time(line, "last_seen"))
                },
            "30 Payment page",
            "Document in a frame, or where it went on to",
            "8 Visits",
            "16 First, last seen")
        .write(
            html,
            snapshot,
            tally.of("page payment") == 0
                ? ""
                : "No payment page showed a frame or went on to another page.");
  }

  private static String party(Line line) {
    return line.text("party").equals("FIRST")
        ? "the site's own"
        : line.text("host") + ", not the site's own";
  }

  private void settingHistory() throws IOException {
    if (!snapshot.scope().wholeClient()) return;
    html.small("Changes of these settings in the period");
    ReportTable.of(
            Sheets.SETTING_HISTORY,
            line ->
                new Safe[] {
                  Html.time(line, "at"),
                  Html.text(line.text("who")),
                  Html.both(
                      Html.text(ReportWords.words(line.text("action"))),
                      Html.text(line.text("subject"))),
                  ReportWords.members(line)
                },
            "16 When",
            "18 Who",
            "25 What",
            "Before, after")
        .write(html, snapshot, "None.");
  }
}
