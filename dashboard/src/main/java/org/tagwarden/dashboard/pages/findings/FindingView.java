package org.tagwarden.dashboard.pages.findings;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.alerts.FindingCare.Care;
import org.tagwarden.dashboard.pages.site.SiteFrame;
import org.tagwarden.dashboard.pages.visit.PagesView;

/** One finding with its evidence and what happened to it. */
public record FindingView(
    SiteFrame frame, FindingRow finding, List<FailingPage> pages, List<Change> changes, Care care) {

  private static final Set<String> DECIDED_ABOUT =
      Set.of("unapproved-script", "envelope-drift", "authorization-lapsed");

  /** Whether a decision about its tag answers it. */
  public boolean isForDecision() {
    return finding.tagId() != null && DECIDED_ABOUT.contains(finding.checkId());
  }

  /**
   * A page on which it fails.
   *
   * @param seen in which ways it fails there, each with the visit that shows it
   */
  public record FailingPage(String url, List<PagesView.SeenLine> seen) {}

  /**
   * A change of its state, and who was told.
   *
   * @param reason why it is resolved; "" when simply nothing shows it any more
   * @param lookedAgain what came of looking again, or that somebody does; "" when nobody had to
   */
  public record Change(
      String change,
      Instant at,
      @Nullable String scanId,
      String reason,
      String lookedAgain,
      List<String> alerts) {}
}
