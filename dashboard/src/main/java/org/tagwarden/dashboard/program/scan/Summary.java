package org.tagwarden.dashboard.program.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tagwarden.collector.vendors.LoadMethod;
import org.tagwarden.dashboard.evidence.SeenWords;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.VisitOutcome;

/** What a scan saw, in words and columns for people. */
public final class Summary {
  private static final int WIDEST_CELL = 34;
  private static final int SUBJECTS_SHOWN = 5;
  private static final double KILO = 1000;

  private Summary() {}

  /** The lines to print. */
  public static List<String> of(Judgement judgement) {
    List<String> lines = new ArrayList<>();
    pages(judgement, lines);
    tags(judgement.tags(), lines);
    if (nothingSeen(judgement)) lines.addAll(List.of("", "Nothing was seen: no page answered"));
    else findings(judgement.findings(), lines);
    problems(judgement.problems(), lines);
    return lines;
  }

  private static void pages(Judgement judgement, List<String> lines) {
    boolean severalWays =
        judgement.visits().stream().map(v -> SeenWords.of(v.visit())).distinct().count() > 1;
    Table table =
        new Table(
            60,
            "PAGE",
            severalWays ? "SEEN AS" : "OUTCOME",
            "#REQUESTS",
            "#THIRD-PARTY",
            "#BYTES",
            "#LOAD");
    for (JudgedVisit judged : judgement.visits()) {
      PageVisit visit = judged.visit();
      boolean complete = visit.outcome() == VisitOutcome.COMPLETE;
      table.row(
          visit.page(),
          !severalWays
              ? word(visit.outcome())
              : SeenWords.of(visit) + (complete ? "" : ", " + word(visit.outcome())),
          visit.requests().size(),
          judged.recognition().tagKeyByRequest().size(),
          bytes(visit.requests().stream().mapToLong(Summary::size).sum()),
          visit.timings() == null || visit.timings().loadMs() < 0
              ? "-"
              : "%.0f ms".formatted(visit.timings().loadMs()));
    }
    lines.addAll(table.lines());
  }

  private static void tags(List<SeenTag> tags, List<String> lines) {
    lines.add("");
    long vendors = tags.stream().map(SeenTag::vendor).distinct().count();
    lines.add("%d tags of %d vendors".formatted(tags.size(), vendors));
    if (tags.isEmpty()) return;
    Table table =
        new Table(
            WIDEST_CELL,
            "CATEGORY",
            "VENDOR",
            "PRODUCT",
            "ACCOUNT",
            "LOADED",
            "BY",
            "#PAGES",
            "#REQUESTS",
            "#BYTES");
    for (SeenTag tag : tags) {
      table.row(
          tag.category().label(),
          tag.vendor(),
          tag.product().equals(tag.vendor()) ? "" : tag.product(),
          String.join(" ", tag.accountIds()),
          word(tag.loadMethod()),
          String.join(", ", tag.loadedBy()),
          tag.pages(),
          tag.requests(),
          bytes(tag.bytes()));
    }
    lines.addAll(table.lines());
  }

  private static boolean nothingSeen(Judgement judgement) {
    return judgement.findings().isEmpty()
        && judgement.visits().stream()
            .map(judged -> judged.visit().outcome())
            .noneMatch(o -> o == VisitOutcome.COMPLETE || o == VisitOutcome.CUT_SHORT);
  }

  private static void findings(List<SeenFinding> findings, List<String> lines) {
    lines.add("");
    if (findings.isEmpty()) {
      lines.add("No findings");
      return;
    }
    lines.add("%d findings".formatted(findings.size()));
    String check = "";
    int shown = 0;
    for (SeenFinding finding : findings) {
      boolean another = !finding.check().equals(check);
      if (another) {
        more(lines, shown);
        check = finding.check();
        shown = 0;
        lines.add("  %-8s  %s".formatted(finding.severity(), finding.title()));
      }
      if (++shown <= SUBJECTS_SHOWN) lines.add("            " + finding.summary());
    }
    more(lines, shown);
  }

  private static void more(List<String> lines, int shown) {
    if (shown > SUBJECTS_SHOWN)
      lines.add("            and %d more: see the report".formatted(shown - SUBJECTS_SHOWN));
  }

  private static void problems(List<Problem> problems, List<String> lines) {
    if (problems.isEmpty()) return;
    lines.add("");
    lines.add(
        (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
            + ": what could not be seen or done");
    for (Problem problem : problems) lines.add("  " + problem.message());
  }

  private static long size(CapturedRequest request) {
    return request.sizes().headerBytes() + request.sizes().wireBytes();
  }

  static String bytes(long bytes) {
    if (bytes < KILO) return bytes + " B";
    if (bytes < KILO * KILO) return String.format(Locale.ROOT, "%.1f kB", bytes / KILO);
    return String.format(Locale.ROOT, "%.1f MB", bytes / KILO / KILO);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String word(LoadMethod method) {
    return switch (method) {
      case HARD_CODED -> "hard-coded";
      case CONTAINER -> "container";
      case PIGGYBACK -> "piggyback";
      case UNKNOWN -> "unknown";
    };
  }
}
