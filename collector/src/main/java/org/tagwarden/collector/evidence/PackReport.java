package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pack's report: one HTML file, without script or anything fetched, to be read and printed. */
final class PackReport {
  static final String NAME = "report.html";

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>%s</title>
      <style>
      %s</style>
      </head>
      <body>
      """;

  private static final String CONTENTS =
      """
      <ol class="toc">
      <li><a href="#scope">Scope and mechanism</a></li>
      <li><a href="#pages">Pages that were watched</a></li>
      <li><a href="#payment-scripts">Scripts of payment pages</a></li>
      <li><a href="#authorizations">Authorizations and tags</a></li>
      <li><a href="#changes">Changes and findings</a></li>
      <li><a href="#headers">Security headers</a></li>
      <li><a href="#alerts">Alerts</a></li>
      <li><a href="#runs">Runs and gaps</a></li>
      <li><a href="#audit">Who did what</a></li>
      <li><a href="#standards">Deployment standard</a></li>
      <li><a href="#limits">What this pack does not say</a></li>
      <li><a href="#verify">Files, and how to check them</a></li>
      </ol>
      """;

  private final Snapshot snapshot;
  private final PackScope scope;
  private final Tally tally;
  private final PackManifest.Head head;
  private final List<PackedFile> files;

  PackReport(Snapshot snapshot, Tally tally, PackManifest.Head head, List<PackedFile> files) {
    this.snapshot = snapshot;
    this.scope = snapshot.scope();
    this.tally = tally;
    this.head = head;
    this.files = files;
  }

  void write(OutputStream out) throws IOException {
    try (Writer writer = SheetFiles.writer(out)) {
      Html html = new Html(writer);
      String title = "Evidence pack: " + scope.site().name();
      html.raw(HEAD.formatted(Html.escape(title), styles().replace("FOOTER", footer(title))));
      cover(html);
      ReportWatch watch = new ReportWatch(html, snapshot, tally);
      ReportScripts scripts = new ReportScripts(html, snapshot, tally);
      ReportChanges changes = new ReportChanges(html, snapshot, tally);
      new ReportScope(html, snapshot, tally).scope();
      watch.pages();
      scripts.paymentScripts();
      scripts.authorizations();
      changes.changes();
      watch.headers();
      changes.alerts();
      watch.runs();
      changes.audit();
      ReportEnd end = new ReportEnd(html, snapshot, tally);
      end.standards();
      end.limits();
      end.verify(head, files);
      html.raw("</body>\n</html>\n");
    }
  }

  private static String styles() {
    try (InputStream stream = PackReport.class.getResourceAsStream("report.css")) {
      if (stream == null) throw new IllegalStateException("No report.css on the class path");
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css cannot be read", e);
    }
  }

  /** On every printed page, since pages get lost; as a style sheet writes strangers' names. */
  private String footer(String title) {
    String text = title + ", " + scope.period().from() + " to " + scope.period().to();
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              // A space after an escape would end it: it is escaped, too.
              if (Character.isLetterOrDigit(c) && c < 128) escaped.appendCodePoint(c);
              else escaped.append("\\%06x".formatted(c));
            });
    return escaped.toString();
  }

  private void cover(Html html) throws IOException {
    html.raw("<h1>" + Html.escape(scope.site().name()) + "</h1>\n");
    html.raw(
        "<p class=\"kind\">Evidence pack: third-party code, authorizations, changes and alerts<br>"
            + scope.period().from()
            + " to "
            + scope.period().to()
            + "</p>\n");
    html.facts(
        List.of(
            "Client",
            scope.site().clientName(),
            "Site",
            scope.site().baseUrl(),
            "Period",
            scope.period().from() + " 00:00 to " + scope.period().to() + " 24:00, UTC",
            "Made",
            Html.shown(scope.madeAt()) + " UTC by " + scope.madeBy(),
            "Signed with the key",
            scope.fingerprint(),
            "Times",
            "All times and days are UTC. Schedules name their own time zone."));
    for (Said line : summary()) html.note(line.tone(), line.sentence());
    removed(html);
    html.raw(CONTENTS);
  }

  private record Said(String tone, String sentence) {}

  /** The pack in a few sentences, each with its tone. */
  private List<Said> summary() {
    List<Said> lines = new ArrayList<>();
    lines.add(watched());
    if (tally.of("page payment") > 0) {
      lines.add(ruled("payment pages loaded", "script", "scripts", Sheets.PAYMENT_SCRIPTS));
    }
    if (tally.of(Sheets.TAGS) > 0) lines.add(ruled("the site ran", "tag", "tags", Sheets.TAGS));
    lines.add(changed());
    return lines;
  }

  private Said watched() {
    int runs = tally.of("run");
    int gaps = tally.of(Sheets.GAPS);
    int payment = tally.of("page payment");
    if (runs == 0) return new Said("bad", ReportWatch.NOTHING);
    String seen =
        tally.of("run good")
            + " of "
            + ReportWords.count(runs, "run", "runs")
            + " saw the site: "
            + ReportWords.count(tally.of(Sheets.VISITS), "visit", "visits")
            + " to "
            + ReportWords.count(tally.of(Sheets.PAGES), "page", "pages")
            + ", "
            + (payment == 0
                ? "no payment page"
                : ReportWords.count(payment, "payment page", "payment pages"))
            + " among them. ";
    String holes =
        gaps == 0
            ? "There is no gap."
            : (gaps == 1 ? "There is " : "There are ")
                + ReportWords.count(gaps, "gap", "gaps")
                + ", the longest of "
                + ReportWords.length(tally.longestGap())
                + "; "
                + tally.of("gap long")
                + " longer than seven days.";
    return new Said(gaps == 0 ? "good" : "bad", seen + holes);
  }

  private Said ruled(String who, String one, String many, Sheet sheet) {
    int all = tally.of(sheet);
    int missing = tally.notApproved(sheet);
    return new Said(
        missing == 0 ? "good" : "bad",
        Character.toUpperCase(who.charAt(0))
            + who.substring(1)
            + " "
            + ReportWords.count(all, one, many)
            + ": "
            + (all - missing)
            + " approved at the end of the period, "
            + missing
            + " not.");
  }

  private Said changed() {
    int open = tally.of("change OPEN") + tally.of("change ACKNOWLEDGED");
    return new Said(
        open + tally.of("finding OPEN") == 0 ? "good" : "warn",
        ReportWords.count(tally.of(Sheets.CHANGES), "change", "changes")
            + " found, "
            + open
            + " not decided when the pack was made; "
            + ReportWords.count(tally.of(Sheets.FINDINGS), "finding", "findings")
            + ", "
            + tally.of("finding OPEN")
            + " still open. "
            + ReportWords.count(tally.of("alert SENT"), "message was", "messages were")
            + " sent, "
            + tally.of("alert FAILED")
            + " failed.");
  }

  /** What retention took, and what lies before the site was known: silence would look like calm. */
  private void removed(Html html) throws IOException {
    if (scope.period().until().isAfter(scope.madeAt())) {
      html.note("warn", "The period had not ended when this pack was made.");
    }
    if (scope.site().createdAt().isAfter(scope.period().since())) {
      html.note(
          "",
          "The site is known since "
              + Html.shown(scope.site().createdAt())
              + " UTC: nothing is said of the time before.");
    }
    Instant midnight = scope.madeAt().truncatedTo(java.time.temporal.ChronoUnit.DAYS);
    gone(html, "Visits and runs", scope.retention().visitDays(), midnight);
    gone(html, "Changes and daily figures", scope.retention().curveDays(), midnight);
    Line kept = snapshot.one(RunQueries.KEPT);
    html.p(
        "The oldest run of this site that is still kept is of "
            + shownOr(kept.time("runs"))
            + ", the oldest visit of "
            + shownOr(kept.time("visits"))
            + ".");
  }

  private void gone(Html html, String what, int days, Instant midnight) throws IOException {
    Instant oldest = midnight.minus(java.time.Duration.ofDays(days));
    if (!scope.begin().isBefore(oldest)) return;
    html.note(
        "bad",
        what
            + " are kept for "
            + days
            + " days: what is from before "
            + oldest.toString().substring(0, 10)
            + " was removed before this pack was made, and is missing in it or incomplete.");
  }

  private static String shownOr(@Nullable Instant at) {
    return at == null ? "no time: there is none" : Html.shown(at) + " UTC";
  }
}
