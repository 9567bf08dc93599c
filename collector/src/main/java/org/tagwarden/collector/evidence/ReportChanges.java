package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.tagwarden.collector.evidence.Html.Safe;

/** What changed, who was told and who did what. */
final class ReportChanges {
  private final Html html;
  private final Snapshot snapshot;
  private final Tally tally;

  ReportChanges(Html html, Snapshot snapshot, Tally tally) {
    this.html = html;
    this.snapshot = snapshot;
    this.tally = tally;
  }

  void changes() throws IOException {
    html.heading("changes", "5. Changes and findings");
    html.p(
        "Scripts, tags, hosts, frames, cookies and headers that came, changed or went. A change"
            + " that calls for a decision is a finding; others are noted, with the reason why.");
    ReportTable.of(
            Sheets.CHANGES,
            line ->
                new Safe[] {
                  Html.both(Html.time(line, "at"), Html.code(line.text("page"))),
                  Html.both(
                      Html.text(
                          ReportWords.words(line.text("what"))
                              + " "
                              + line.text("kind").toLowerCase(Locale.ROOT)),
                      Html.text(line.text("subject"))),
                  Html.both(before(line), Html.text(line.text("after"))),
                  Html.both(
                      ReportWords.severity(line.text("severity")),
                      Html.text(line.has("summary") ? line.text("summary") : line.text("note"))),
                  told(line),
                  decision(line)
                },
            "16 When, page",
            "20 What",
            "18 Before, after",
            "Meaning",
            "10 Told",
            "18 Decision")
        .write(html, snapshot, "No change was found in this period.");
    html.small("Findings");
    ReportTable.of(
            Sheets.FINDINGS,
            line ->
                new Safe[] {
                  ReportWords.severity(line.text("severity")),
                  Html.both(Html.text(line.text("summary")), Html.text(line.text("check"))),
                  Html.time(line, "opened_at"),
                  finding(line),
                  Html.text(because(line))
                },
            "10 Severity",
            "35 Finding",
            "16 Opened",
            "18 State",
            "Who and why")
        .write(html, snapshot, "No finding was open in this period.");
  }

  private static Safe before(Line line) {
    return line.has("before")
        ? new Safe("<del>" + Html.text(line.text("before")).html() + "</del>")
        : Safe.NONE;
  }

  private static Safe told(Line line) {
    if (!line.has("finding")) return Safe.NONE;
    int told = line.number("told");
    if (told == 0) return Html.text("nobody yet");
    return Html.both(
        Html.text(ReportWords.count(told, "message", "messages")), Html.time(line, "first_told"));
  }

  private static Safe decision(Line line) {
    String decision = line.text("decision");
    Safe word =
        switch (decision) {
          case "ACCEPTED", "APPROVED" -> Html.mark("good", ReportWords.words(decision));
          case "OPEN" -> Html.mark("bad", "Open");
          case "REFUSED" -> Html.mark("bad", "Refused");
          case "NOTED" -> Html.text("Noted");
          default -> Html.mark("warn", ReportWords.words(decision));
        };
    String who = line.has("decided_by") ? line.text("decided_by") : "";
    String when = line.has("decided_at") ? Html.shown(line.when("decided_at")) : "";
    String why = line.text("decided_because");
    String more = String.join(", ", Stream.of(who, when).filter(s -> !s.isEmpty()).toList());
    return Html.both(word, Html.text(why.isEmpty() ? more : more + ": " + why));
  }

  private static Safe finding(Line line) {
    if (line.text("state").equals("RESOLVED")) {
      return Html.both(Html.mark("good", "Resolved"), Html.time(line, "resolved_at"));
    }
    if (line.has("muted_at")) {
      return Html.both(Html.mark("warn", "Muted"), Html.text("until " + line.text("muted_until")));
    }
    return Html.mark("bad", "Open");
  }

  private static String because(Line line) {
    StringBuilder text = new StringBuilder();
    if (line.has("accepted_by")) {
      text.append("Accepted by ").append(line.text("accepted_by")).append(": ");
      text.append(line.text("accepted_because")).append(' ');
    }
    if (line.has("acknowledged_by")) {
      text.append("Acknowledged by ").append(line.text("acknowledged_by")).append(". ");
    }
    if (line.has("muted_by")) {
      text.append("Muted by ").append(line.text("muted_by")).append(": ");
      text.append(line.text("muted_because"));
    }
    return text.toString().strip();
  }

  void alerts() throws IOException {
    html.heading("alerts", "7. Alerts");
    int acknowledged = tally.of("alert acknowledged");
    html.p(
        ReportWords.count(tally.of("alert SENT"), "message was", "messages were")
            + " handed to a mail server or another service, "
            + tally.of("alert FAILED")
            + " could not be delivered, "
            + (tally.of("alert WAITING") + tally.of("alert SENDING"))
            + " still waited when the pack was made. "
            + (acknowledged == 0
                ? "Nobody acknowledged what they tell of."
                : "Findings of "
                    + ReportWords.count(acknowledged, "message", "messages")
                    + " were acknowledged."));
    ReportTable.of(
            Sheets.ALERTS,
            line ->
                new Safe[] {
                  Html.time(line, "created_at"),
                  Html.both(Html.text(line.text("recipient")), Html.text(line.text("channel"))),
                  Html.both(
                      ReportWords.severity(line.text("severity")),
                      Html.text(line.values().get("summaries"))),
                  delivery(line),
                  ReportWords.by(line, "acknowledged_by", "", "acknowledged_at")
                },
            "16 Written",
            "20 To",
            "About",
            "16 Delivery",
            "16 Acknowledged")
        .write(html, snapshot, "No message was sent in this period.");
  }

  private static Safe delivery(Line line) {
    return switch (line.text("state")) {
      case "SENT" -> Html.both(Html.mark("good", "Sent"), Html.time(line, "sent_at"));
      case "FAILED" -> Html.both(Html.mark("bad", "Failed"), Html.text(line.text("last_problem")));
      default -> Html.both(Html.mark("warn", "Waiting"), Html.text(line.text("last_problem")));
    };
  }

  void audit() throws IOException {
    html.heading("audit", "9. Who did what");
    if (!snapshot.scope().wholeClient()) {
      html.note(
          "warn",
          "The audit log is left out: this pack was made with a token for one site, and the log"
              + " tells of all of the client's sites.");
      return;
    }
    html.p(
        "The audit log's entries about this client. Each carries a SHA-256 over its text and the"
            + " hash of the entry before it; audit/entries.jsonl holds texts and hashes, and the"
            + " verifier computes them again.");
    ReportTable.of(
            Sheets.AUDIT,
            line ->
                new Safe[] {
                  Html.text(line.text("entry")),
                  Html.time(line, "at"),
                  Html.both(Html.text(line.text("who")), Html.text(line.text("address"))),
                  Html.both(
                      Html.text(ReportWords.words(line.text("action"))),
                      Html.text(line.text("subject"))),
                  ReportWords.members(line),
                  Html.code(line.text("hash").substring(0, 12))
                },
            "8 Entry",
            "16 When",
            "18 Who, from where",
            "22 What",
            "Before, after",
            "12 Hash")
        .write(html, snapshot, "No entry is known of this period.");
  }
}
