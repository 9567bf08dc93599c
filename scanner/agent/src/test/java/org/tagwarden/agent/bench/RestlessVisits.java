package org.tagwarden.agent.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.tagwarden.agent.ScanListener;
import org.tagwarden.agent.ScanOrder;
import org.tagwarden.agent.ScannerSettings;
import org.tagwarden.agent.Scans;
import org.tagwarden.agent.SiteScan;
import org.tagwarden.agent.VisitResult;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.playground.content.RestlessChange;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;
import org.tagwarden.report.VisitOptions;

/**
 * Visits the page that never changes and is never twice the same, again and again, with a real
 * browser; then changes one property of it after the other and visits it again. Each visit is a
 * report in a folder, for the collector's NoiseBench: {@code quiet}, and one for each change, with
 * what is expected.
 */
public final class RestlessVisits {
  private static final String SITE = "https://www.restless.example";

  /** A tag that is gone takes some visits to be sure of; and nothing may be told twice. */
  private static final int VISITS_A_CHANGE = 3;

  private static final long SETTLE_MS = 800;
  private static final long TIMEOUT_MS = 20_000;

  private RestlessVisits() {}

  /**
   * @param arguments the folder, and how many visits
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int visits = Integer.parseInt(arguments[1]);
    Path temp = Files.createTempDirectory("tagwarden-bench");
    try (Playground playground = Playground.start(PlaygroundSettings.anyPorts(temp));
        SiteScan scan = new SiteScan(settings(temp.resolve("scanner"), playground))) {
      visit(scan, SITE + "/", folder.resolve("quiet"), visits);
      for (RestlessChange change : RestlessChange.values()) {
        visit(scan, SITE + change.path(), temp.resolve("published"), 1);
        Path own = folder.resolve(String.format(Locale.ROOT, "change-%02d", change.ordinal() + 1));
        visit(scan, SITE + "/", own, VISITS_A_CHANGE);
        Files.write(own.resolve("expected"), expected(change));
      }
    }
    System.exit(0);
  }

  private static void visit(SiteScan scan, String page, Path folder, int times) throws IOException {
    Files.createDirectories(folder);
    VisitOptions options = Scans.options(SETTLE_MS, 1, TIMEOUT_MS);
    PageSet pages = new PageSet(PageSet.Kind.LIST, List.of(page), 1);
    for (int i = 0; i < times; i++) {
      Path file = folder.resolve(String.format(Locale.ROOT, "visit-%03d.json", i));
      scan.scan(new ScanOrder(UUID.randomUUID(), pages, options), new Writer(scan, file));
    }
  }

  private static List<String> expected(RestlessChange change) {
    return List.of(change.what(), change.check(), change.names());
  }

  private record Writer(SiteScan scan, Path file) implements ScanListener {
    @Override
    public void pagesFound(List<String> urls) {}

    @Override
    public void visitStarted(String url) {}

    @Override
    public void visited(VisitResult result) {
      ScanReport report =
          ScanReport.of(
              UUID.randomUUID(),
              null,
              scan.identity(),
              List.of(result.visit()),
              result.bodies(),
              result.images());
      try {
        Files.write(file, ReportCodec.write(report));
      } catch (IOException e) {
        throw new UncheckedIOException("Could not write " + file, e);
      }
    }
  }

  private static ScannerSettings settings(Path data, Playground playground) {
    return Scans.settings(data, Scans.mappings(playground), playground.caCertificate(), 1);
  }
}
