package org.tagwarden.dashboard.pages.visit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tagwarden.dashboard.evidence.SeenWords;
import org.tagwarden.dashboard.evidence.VisitEvidence;
import org.tagwarden.dashboard.pages.site.SiteFrame;
import org.tagwarden.report.PageVisit;

/**
 * One visit of a page.
 *
 * @param payment whether the page is one where people pay, by any journey
 * @param seen in which ways the page is seen now
 * @param visits of the page, the newest first
 * @param tagIds ids of the site's tags by key, for links
 */
public record VisitView(
    SiteFrame frame,
    PageVisit visit,
    UUID scanId,
    boolean payment,
    VisitEvidence evidence,
    List<PagesView.SeenLine> seen,
    List<VisitLine> visits,
    Map<String, Integer> tagIds) {

  /** A visit of the page. */
  public record VisitLine(
      UUID id,
      Instant at,
      String outcome,
      String consent,
      String journey,
      int journeyPage,
      int requests,
      int problems) {
    public String words() {
      return SeenWords.of(consent, journey, journeyPage);
    }
  }
}
