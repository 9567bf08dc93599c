package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.evidence.Html.Safe;

/** Pages, their headers, and when they were looked at, and when not. */
final class ReportWatch {
  /** Learned is not allowed: an auditor has to tell them apart. */
  static final String BASELINE =
      "The baseline is what a page showed in its first visits, and what somebody accepted since.";

  /** Silence must not look like calm. */
  static final String NOTHING =
      "No run was due in this period: nothing was watched, and nothing here speaks for the site then.";

  private static final int MOST_RUNS = 400;

  private final Html html;
  private final Snapshot snapshot;
  private final Tally tally;

  ReportWatch(Html html, Snapshot snapshot, Tally tally) {
    this.html = html;
    this.snapshot = snapshot;
    this.tally = tally;
  }

  void pages() throws IOException {
    html.heading("pages", "2. Pages that were watched");
    if (tally.of("page payment") == 0) {
      html.note(
          "warn",
          "No page was marked as a payment page in this period. Pages are marked by the journey"
              + " that leads to them; without one, nothing in this pack speaks for payment pages.");
    }
    ReportTable.of(
            Sheets.PAGES,
            line ->
                new Safe[] {
                  Html.both(
                      Html.code(line.text("page")),
                      line.flag("payment_page") ? Html.mark("", "Payment page") : Safe.NONE),
                  Html.text(line.number("visits")),
                  Html.text(line.number("complete")),
                  notWhole(line),
                  Html.text(choices(line)),
                  Html.both(Html.time(line, "first_visit"), Html.time(line, "last_visit"))
                },
            "35 Page",
            "8 Visits",
            "8 Whole",
            "18 Not whole",
            "Banner choices",
            "16 First and last visit")
        .write(html, snapshot, "No page was visited in this period.");
  }

  private static String choices(Line line) {
    return String.join(
        ", ", line.list("consent_states").stream().map(ReportWords::choice).toList());
  }

  private static Safe notWhole(Line line) {
    int cut = line.number("cut_short");
    int failed = line.number("failed");
    int challenged = line.number("challenged");
    if (cut + failed + challenged == 0) return Html.text("0");
    List<String> parts = new ArrayList<>();
    if (cut > 0) parts.add(cut + " cut short");
    if (failed > 0) parts.add(failed + " failed");
    if (challenged > 0) parts.add(challenged + " challenged");
    return Html.text(String.join(", ", parts));
  }

  void headers() throws IOException {
    html.heading("headers", "6. Security headers");
    html.p(
        "Values at the end of the period; nonces and hashes are left out. What changed within it is"
            + " among the changes. Shown are payment pages and cookies, and pages where a header"
            + " changed or differs from its baseline; where there is no payment page, every page. "
            + BASELINE);
    boolean payment = tally.of("page payment") > 0;
    ReportTable.of(
            Sheets.HEADERS,
            line ->
                new Safe[] {
                  Html.text(line.text("header")),
                  Html.both(
                      Html.code(line.text("baseline")),
                      line.has("accepted_by")
                          ? Html.text("accepted by " + line.text("accepted_by"))
                          : Safe.NONE),
                  line.text("status").equals("OPEN")
                      ? Html.code(line.text("current"))
                      : Html.text("the same"),
                  Html.both(
                      line.text("status").equals("OPEN")
                          ? Html.mark("bad", ReportWords.words(line.text("result")))
                          : Html.text(ReportWords.words(line.text("result"))),
                      Html.time(line, "last_changed"))
                },
            "25 Header",
            "30 Baseline",
            "At the period's end",
            "16 Result, last changed")
        .by("page")
        .only(
            line ->
                !payment
                    || line.flag("payment_page")
                    || line.text("page").equals("every page")
                    || line.number("changed_in_period") > 0
                    || !line.text("status").equals("AS BASELINE"))
        .write(html, snapshot, "No headers were known in this period.");
  }

  void runs() throws IOException {
    html.heading("runs", "8. Runs and gaps");
    gaps();
    html.small("Runs");
    html.p(
        tally.of("run")
            + " runs were due in the period (without those that only looked again at one change or"
            + " measured speed); "
            + tally.of("run good")
            + " of them saw the site. The file data/runs.csv holds every one.");
    boolean all = tally.of(Sheets.RUNS) <= MOST_RUNS;
    if (!all) html.p("There are many runs: shown are those that did not succeed.");
    ReportTable.of(
            Sheets.RUNS,
            line ->
                new Safe[] {
                  Html.time(line, "due_at"),
                  Html.text(what(line)),
                  result(line),
                  Html.both(Html.time(line, "started_at"), Html.time(line, "finished_at")),
                  Html.text(
                      line.number("visits") + ", " + line.number("failed_visits") + " failed"),
                  Html.text(line.has("problem") ? line.text("problem") : line.text("last_problem"))
                },
            "16 Due",
            "16 What",
            "16 Result",
            "16 Begun, ended",
            "12 Visits",
            "Problem")
        .only(line -> all || !Gaps.good(line))
        .write(html, snapshot, all ? "No run is known of this period." : "Every run succeeded.");
  }

  private void gaps() throws IOException {
    boolean none = tally.of(Sheets.GAPS) == 0;
    if (tally.of("run") == 0) {
      html.note("bad", NOTHING);
    } else if (none) {
      html.note(
          "good",
          "No gap: every run that was due in the period succeeded, and none was further than seven"
              + " days from the one before.");
    }
    if (none) return;
    html.p(
        "A gap is a time from one good run to the next in which a run that was due did not succeed"
            + " or began late, or which is longer than seven days.");
    ReportTable.of(
            Sheets.GAPS,
            line ->
                new Safe[] {
                  Html.time(line, "from"),
                  Html.time(line, "until"),
                  length(line),
                  Html.text(line.text("what"))
                },
            "16 From",
            "16 Until",
            "10 Length",
            "What happened")
        .write(html, snapshot, "");
  }

  private static Safe length(Line line) {
    Duration length = Duration.between(line.when("from"), line.when("until"));
    String words = ReportWords.length(length);
    return line.flag("longer_than_seven_days") ? Html.mark("bad", words) : Html.text(words);
  }

  private static String what(Line line) {
    String kind = line.text("kind").equals("VISITS") ? "Visits" : "Lighthouse";
    return switch (line.text("cause")) {
      case "SCHEDULE" -> kind + ", as scheduled";
      case "CATCH_UP" -> kind + ", scheduled, begun late";
      case "CONFIRM" -> kind + ", to confirm a change";
      default ->
          kind + ", by hand" + (line.has("requested_by") ? ": " + line.text("requested_by") : "");
    };
  }

  private static Safe result(Line line) {
    String result = line.text("result");
    String tone = result.equals("DONE") ? "good" : Gaps.good(line) ? "warn" : "bad";
    return Html.mark(tone, ReportWords.words(result));
  }
}
