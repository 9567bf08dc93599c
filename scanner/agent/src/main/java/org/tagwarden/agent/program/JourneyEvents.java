package org.tagwarden.agent.program;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.tagwarden.agent.ScanListener;
import org.tagwarden.agent.VisitResult;
import org.tagwarden.agent.har.HarWriter;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;
import org.tagwarden.report.ScannerIdentity;

/** Tells people how a journey goes, a line for each step, and keeps what was seen. */
final class JourneyEvents implements ScanListener {
  private final PrintWriter screen;
  private final List<PageVisit> visits = new ArrayList<>();
  private final Map<String, String> bodies = new HashMap<>();
  private final Map<String, String> images = new HashMap<>();
  private boolean failed;

  JourneyEvents(PrintWriter screen) {
    this.screen = screen;
  }

  @Override
  public void pagesFound(List<String> urls) {}

  @Override
  public synchronized void visitStarted(String journey) {
    screen.println(journey);
    screen.flush();
  }

  @Override
  public synchronized void stepTaken(JourneyRun.StepRun step) {
    String how =
        switch (step.result()) {
          case DONE -> "done   " + seconds(step);
          case FAILED -> "FAILED " + seconds(step);
          case NOT_REACHED -> "not reached";
        };
    screen.printf(Locale.ROOT, "%4d  %-16s  %s%n", step.number(), how, step.step());
    if (step.reason() != null) screen.printf(Locale.ROOT, "%24s%s%n", "", step.reason());
    failed |= step.result() == JourneyRun.Result.FAILED;
    screen.flush();
  }

  @Override
  public synchronized void visited(VisitResult result) {
    visits.add(result.visit());
    bodies.putAll(result.bodies());
    images.putAll(result.images());
  }

  /** Whether a step failed. */
  synchronized boolean failed() {
    return failed;
  }

  /** Writes the report, the archive and the pictures, and says so. */
  synchronized void write(Path folder, UUID scanId, ScannerIdentity scanner) throws IOException {
    ScanReport report = ScanReport.of(scanId, null, scanner, visits, bodies, images);
    List<String> written = new ArrayList<>(List.of("report.json", "page.har"));
    Files.write(folder.resolve("report.json"), ReportCodec.write(report));
    Files.write(folder.resolve("page.har"), HarWriter.write(report));
    for (PageVisit visit : visits)
      if (visit.journey() != null) written.addAll(pictures(folder, visit.journey().steps()));
    screen.println();
    for (PageVisit visit : visits)
      screen.printf(
          Locale.ROOT,
          "%-12s %4d requests  %s%s%n",
          visit.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          visit.requests().size(),
          visit.finalUrl(),
          visit.journey() != null && visit.journey().paymentPage() ? "  (payment page)" : "");
    screen.println("Written to " + folder + ": " + String.join(", ", written));
    screen.flush();
  }

  private List<String> pictures(Path folder, List<JourneyRun.StepRun> steps) throws IOException {
    List<String> written = new ArrayList<>();
    for (JourneyRun.StepRun step : steps) {
      String image = step.screenshotSha256() == null ? null : images.get(step.screenshotSha256());
      if (image == null) continue;
      String name = "step-" + step.number() + ".webp";
      Files.write(folder.resolve(name), Base64.getDecoder().decode(image));
      written.add(name);
    }
    return written;
  }

  private static String seconds(JourneyRun.StepRun step) {
    return String.format(Locale.ROOT, "%5.1f s", step.durationMs() / 1_000);
  }
}
