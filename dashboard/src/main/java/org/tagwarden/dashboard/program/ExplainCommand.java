package org.tagwarden.dashboard.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tagwarden.dashboard.program.scan.Judgement;
import org.tagwarden.report.InvalidReportException;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private Judgements judgements;

  @Override
  public Integer call() throws IOException {
    Judgement judgement = judgements.of(read());
    if (html != null) write(judgement, html);
    Map<String, String> files = html == null ? Map.of() : Map.of("html", html.toString());
    return judgements.tell(judgement, files, spec.commandLine());
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
