package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.util.Locale;
import org.tagwarden.collector.evidence.Html.Safe;

/** What ran, who allowed it and why. */
final class ReportScripts {
  private final Html html;
  private final Snapshot snapshot;
  private final Tally tally;

  ReportScripts(Html html, Snapshot snapshot, Tally tally) {
    this.html = html;
    this.snapshot = snapshot;
    this.tally = tally;
  }

  void paymentScripts() throws IOException {
    html.heading("payment-scripts", "3. Scripts of payment pages");
    int scripts = tally.of(Sheets.PAYMENT_SCRIPTS);
    if (scripts > 0) {
      int missing = tally.notApproved(Sheets.PAYMENT_SCRIPTS);
      html.note(
          missing == 0 ? "good" : "bad",
          missing == 0
              ? "Every one of the " + scripts + " scripts was approved at the end of the period."
              : missing
                  + " of "
                  + scripts
                  + " scripts were not approved at the end of the period.");
      html.p(
          "Integrity: the SHA-256 of the bytes that the browser received is taken at every visit;"
              + " text and behaviour are compared with the baseline. "
              + ReportWatch.BASELINE
              + " Scripts without an address stand in the page's own text or were inserted by another script; they"
              + " are listed as of the page's newest visit.");
    }
    ReportTable.of(
            Sheets.PAYMENT_SCRIPTS,
            line ->
                new Safe[] {
                  Html.both(script(line), Html.text(about(line))),
                  Html.both(
                      ReportWords.tag(line),
                      Html.text(
                          ReportWords.words(line.text("party"))
                              + " party"
                              + (line.has("loader") ? ", by " + line.text("loader") : ""))),
                  Html.both(ReportWords.verdict(line), Html.text(line.text("justification"))),
                  ReportWords.decided(line),
                  Html.both(Html.time(line, "first_seen"), Html.time(line, "last_seen"))
                },
            "35 Script, and what started it",
            "14 Whose",
            "Authorization and reason",
            "16 Decided by",
            "16 First, last seen")
        .by("page")
        .write(html, snapshot, "No script of a payment page was seen in this period.");
  }

  private static Safe script(Line line) {
    if (line.has("script")) return Html.code(line.text("script"));
    boolean inserted = line.text("kind").equals("EVALUATED");
    return Html.text(inserted ? "Text that another script inserted" : "Text in the document");
  }

  private static String lower(String constant) {
    return constant.toLowerCase(Locale.ROOT);
  }

  /** "External, SHA-256 ab12..., 2 versions. Started by ...". */
  private static String about(Line line) {
    StringBuilder text = new StringBuilder(ReportWords.words(line.text("kind")));
    if (line.has("sha256")) {
      text.append(", SHA-256 ").append(line.text("sha256"), 0, 16).append('…');
    }
    if (line.has("text_state")) text.append(", ").append(lower(line.text("text_state")));
    if (line.number("versions") > 1) {
      text.append(", ").append(line.number("versions")).append(" versions");
    }
    String frame = line.text("frame");
    if (!frame.isEmpty() && !frame.equals("the page")) text.append(", in the frame ").append(frame);
    String chain = line.text("initiator_chain").replace(line.text("page"), "the page");
    if (!chain.isEmpty()) text.append(". Started by ").append(chain);
    return text.toString();
  }

  void authorizations() throws IOException {
    html.heading("authorizations", "4. Authorizations and tags");
    html.p(
        "What was allowed or refused at some time of the period, as it last stood in it. The"
            + " history of each is in data/authorization-history.csv.");
    ReportTable.of(
            Sheets.AUTHORIZATIONS,
            line ->
                new Safe[] {
                  Html.both(
                      Html.text(line.text("subject")),
                      Html.text(line.text("subject_kind") + ", " + where(line))),
                  state(line),
                  Html.both(
                      Html.text(line.text("justification")),
                      Html.text(ReportWords.words(line.text("reason")))),
                  ReportWords.by(line, "justified_by", "", "justified_at"),
                  ReportWords.decided(line),
                  Html.both(
                      line.has("expires_on")
                          ? Html.text("until " + line.text("expires_on"))
                          : Html.text("no end"),
                      line.has("limits") ? Html.text("within limits") : Safe.NONE)
                },
            "20 About",
            "12 Decision",
            "Justification",
            "16 Written by",
            "16 Decided by",
            "10 Term")
        .write(html, snapshot, "Nothing was decided for this site up to the end of the period.");
    html.p("What the client has written down about what may be deployed stands in section 10.");
    html.small("Tags that were seen");
    int missing = tally.notApproved(Sheets.TAGS);
    if (tally.of(Sheets.TAGS) > 0)
      html.note(
          missing == 0 ? "good" : "warn",
          missing == 0
              ? "All " + tally.of(Sheets.TAGS) + " tags were approved at the end of the period."
              : missing
                  + " of "
                  + tally.of(Sheets.TAGS)
                  + " tags were not approved at the end of the period.");
    ReportTable.of(
            Sheets.TAGS,
            line ->
                new Safe[] {
                  ReportWords.tag(line),
                  Html.text(ReportWords.words(line.text("category"))),
                  Html.both(
                      Html.text(ReportWords.words(line.text("load_method"))),
                      Html.text(line.text("loader"))),
                  Html.both(ReportWords.verdict(line), Html.text(line.text("justification"))),
                  ReportWords.decided(line),
                  Html.both(Html.time(line, "first_seen"), Html.time(line, "last_seen"))
                },
            "18 Tag",
            "12 Job",
            "12 How it came",
            "Authorization and reason",
            "16 Decided by",
            "16 First, last seen")
        .write(html, snapshot, "No tag was seen in this period.");
    html.p(
        tally.of(Sheets.SCRIPTS)
            + " versions of scripts were seen on the whole site; data/scripts.csv names each with its"
            + " SHA-256, its tag and its authorization.");
  }

  private static String where(Line line) {
    String pages = line.text("pages").equals("payment") ? "payment pages of " : "";
    return pages + (line.text("scope").equals("site") ? "this site" : "every site of the client");
  }

  private static Safe state(Line line) {
    Safe verdict = ReportWords.verdict(line);
    return switch (line.text("state")) {
      case "WITHDRAWN" ->
          Html.both(
              Html.mark("warn", "Withdrawn"),
              ReportWords.by(line, "withdrawn_by", "", "withdrawn_at"));
      case "EXPIRED" -> Html.both(Html.mark("bad", "Expired"), verdict);
      default -> verdict;
    };
  }
}
