package org.tagwarden.dashboard.program;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.VendorCatalog;
import org.tagwarden.dashboard.ReportPage;
import org.tagwarden.dashboard.ScannedVisit;
import org.tagwarden.dashboard.program.scan.Judgement;
import org.tagwarden.dashboard.program.scan.Summary;
import org.tagwarden.dashboard.program.scan.SummaryJson;
import org.tagwarden.report.Problem;
import org.tagwarden.report.ScanReport;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * What {@code scan} and {@code explain} share: judging a report, and saying so, with the options
 * for it. A mixin.
 */
final class Judgements {
  private static final int FOUND = 1;
  private static final int PROBLEMS_TOLD = 3;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "End with 1 on findings of low, medium, high or critical and above.")
  private @Nullable Severity failOn;

  @Option(
      names = "--first-party",
      paramLabel = "DOMAIN",
      split = ",",
      description = "Further domains that are the site's own.")
  private List<String> firstParty = new ArrayList<>();

  boolean json() {
    return json;
  }

  Judgement of(ScanReport report) {
    return Judgement.of(report, new Recogniser(VendorCatalog.load(null)), firstParty);
  }

  /** Writes the report as a page that needs nothing else. */
  static void writePage(Judgement judgement, Path file) throws IOException {
    List<ScannedVisit> visits =
        judgement.visits().stream()
            .map(
                judged ->
                    new ScannedVisit(
                        judged.visit(), judged.recognition(), judged.examination().results()))
            .toList();
    Files.writeString(file, ReportPage.render(judgement.report(), visits), StandardCharsets.UTF_8);
  }

  /** Prints the summary and answers the exit code. */
  int tell(Judgement judgement, Map<String, String> files, CommandLine command) {
    PrintWriter out = command.getOut();
    if (json) out.println(SummaryJson.of(judgement, files));
    else {
      Summary.of(judgement).forEach(out::println);
      out.println();
      files.values().stream().sorted().forEach(file -> out.println("wrote " + file));
    }
    out.flush();
    if (judgement.sawNothing()) throw ProgramFailure.cannot(whyNothing(judgement));
    Severity worst = judgement.worst();
    return failOn != null && worst != null && worst.compareTo(failOn) >= 0 ? FOUND : 0;
  }

  private static String whyNothing(Judgement judgement) {
    List<Problem> problems = judgement.problems();
    return problems.isEmpty()
        ? "No page could be loaded, and the report does not say why."
        : problems.stream()
            .limit(PROBLEMS_TOLD)
            .map(Problem::message)
            .collect(Collectors.joining(" "));
  }
}
