package org.tagwarden.dashboard.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.dashboard.program.scan.Judgement;
import org.tagwarden.report.InvalidReportException;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a stored report again: the developer's loop for vendors and checks. */
@Command(
    name = "explain",
    description = "Recognise and check a stored report.json again.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A report.json that scan wrote.")
  private Path file;

  @Option(names = "--html", paramLabel = "FILE", description = "Write the report as a page, too.")
  private @Nullable Path html;

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

  @Override
  public Integer call() throws IOException {
    Judgement judgement = Judgements.of(read(), firstParty);
    if (html != null) write(judgement, html);
    Map<String, String> files = html == null ? Map.of() : Map.of("html", html.toString());
    return Judgements.tell(judgement, files, json, failOn, spec.commandLine());
  }

  private ScanReport read() {
    try {
      return ReportCodec.readReport(Files.readAllBytes(file));
    } catch (InvalidReportException e) {
      throw ProgramFailure.cannot(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw ProgramFailure.usage(
          file + (Files.exists(file) ? " cannot be read: " + e : " does not exist") + ".");
    }
  }

  private static void write(Judgement judgement, Path html) {
    Path aside = html.resolveSibling(html.getFileName() + ".writing");
    try {
      Judgements.writePage(judgement, aside);
      Files.move(aside, html, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw ProgramFailure.cannot(html + " cannot be written: choose another --html FILE.");
    }
  }
}
