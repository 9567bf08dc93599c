package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.TestDatabase.await;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.ScanReport;

/** Reports of a real scanner, taken in as those of one site whose tags are approved. */
public final class ReportRun {
  private static final List<String> TAGS =
      List.of("host:cdn.restless-tags.example", "host:cdn.rare-tags.example");

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
