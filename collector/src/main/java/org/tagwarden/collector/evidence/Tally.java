package org.tagwarden.collector.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts while the sheets are written; a pack's first page is made of it. */
final class Tally {
  private final Map<String, Integer> counts = new HashMap<>();
  private Duration longest = Duration.ZERO;
  private @Nullable Instant firstRun;

  /** A line of this sheet was written. */
  void line(Sheet sheet, Line line) {
    add(sheet.name());
    switch (sheet.name()) {
      case "runs" -> run(line);
      case "gaps" -> gap(line);
      case "pages" -> page(line);
      case "visits" -> visit(line);
      case "tags", "scripts", "payment-scripts" -> ruled(sheet, line);
      case "changes" -> change(line);
      case "findings" -> add("finding " + line.text("state"));
      case "headers" -> header(line);
      case "alerts" -> alert(line);
      default -> {} // only counted
    }
  }

  private void run(Line line) {
    if (firstRun == null) firstRun = line.time("due_at");
    if (!Gaps.counts(line)) return;
    add("run");
    if (Gaps.good(line)) add("run good");
  }

  private void gap(Line line) {
    if (line.flag("longer_than_seven_days")) add("gap long");
    Duration length = Duration.between(line.when("from"), line.when("until"));
    if (length.compareTo(longest) > 0) longest = length;
  }

  private void page(Line line) {
    if (line.flag("payment_page")) add("page payment");
  }

  private void visit(Line line) {
    String outcome = line.text("outcome");
    if (!outcome.equals("COMPLETE")) add("visit not whole");
    if (outcome.equals("CHALLENGED")) add("visit challenged");
  }

  private void ruled(Sheet sheet, Line line) {
    add(sheet.name() + " " + line.text("verdict"));
  }

  private void change(Line line) {
    add("change " + line.text("decision"));
  }

  private void header(Line line) {
    if (!line.text("status").equals("AS BASELINE")) add("header open");
  }

  private void alert(Line line) {
    add("alert " + line.text("state"));
    if (line.has("acknowledged_at")) add("alert acknowledged");
  }

  private void add(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  int of(String what) {
    return counts.getOrDefault(what, 0);
  }

  int of(Sheet sheet) {
    return of(sheet.name());
  }

  /** Lines of the sheet whose verdict is not an approval. */
  int notApproved(Sheet sheet) {
    return of(sheet) - of(sheet.name() + " APPROVED");
  }

  /** The longest of the gaps; zero when there is none. */
  Duration longestGap() {
    return longest;
  }

  @Nullable Instant firstRun() {
    return firstRun;
  }
}
