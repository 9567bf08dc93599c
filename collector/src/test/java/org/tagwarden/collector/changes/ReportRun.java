package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.TestDatabase.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;

/** Reports of a real scanner, taken in as those of one site whose tags are approved. */
public final class ReportRun {
  private static final List<String> TAGS =
      List.of(
          "host:cdn.restless-tags.example",
          "host:cdn.rare-tags.example",
          "host:cdn.steady-tags.example");

  private final TestSite site;

  /** A site at the address of this report. */
  public ReportRun(TestDatabase db, ScanReport first) {
    site = TestSite.create(db, Clock.systemUTC());
    URI page = URI.create(first.visits().get(0).page());
    site.run(
        "UPDATE site SET base_url = $2 WHERE id = $1", site.id(), page.resolve("/").toString());
    for (String tag : TAGS) site.decide(DecisionSubject.tag(tag), DecisionState.APPROVED);
  }

  /** Takes a report in; answers the findings that it opened. */
  public List<String> take(ScanReport report) {
    List<String> before = opened();
    ScanReport own =
        ScanReport.of(
            site.scan(), null, report.scanner(), report.visits(), report.bodies(), report.images());
    await(site.intake().accept(own, "scanner-1"));
    List<String> after = opened();
    return after.subList(before.size(), after.size());
  }

  /**
   * Takes the visits of a folder in, in the order of their names, made after one change.
   *
   * @param folder with the file {@code expected}: what was changed, the check, what it names
   */
  public TellingOfOne change(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    for (ScanReport report : reports(folder)) found.addAll(take(report));
    List<String> expected = Files.readAllLines(folder.resolve("expected"));
    return TellingOfOne.of(expected.get(0), expected.get(1), expected.get(2), found);
  }

  /** The scan reports of a folder, in the order of their names. */
  public static List<ScanReport> reports(Path folder) throws IOException {
    List<ScanReport> reports = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(one -> one.toString().endsWith(".json")).sorted().toList()) {
        reports.add(ReportCodec.readReport(Files.readAllBytes(file)));
      }
    }
    return reports;
  }

  private List<String> opened() {
    return site.texts(
        """
        SELECT f.check_id || ' ' || f.severity || ' ' || f.subject || ': ' || f.summary
        FROM finding_change c JOIN finding f ON f.id = c.finding_id
        WHERE c.change <> 'RESOLVED' AND f.site_id = $1 ORDER BY c.id
        """,
        site.id());
  }
}
