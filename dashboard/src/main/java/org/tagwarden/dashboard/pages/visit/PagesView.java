package org.tagwarden.dashboard.pages.visit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.dashboard.evidence.SeenWords;
import org.tagwarden.dashboard.pages.site.SiteFrame;

/**
 * The pages of a site.
 *
 * @param more whether there are further pages that the filter would have to name
 */
public record PagesView(SiteFrame frame, String search, List<PageLine> pages, boolean more) {

  /**
   * A page.
   *
   * @param seen in which ways it is seen now
   * @param visit its newest visit; null when none is kept
   */
  public record PageLine(
      String url,
      boolean payment,
      int tags,
      int findings,
      List<SeenLine> seen,
      @Nullable UUID visit,
      @Nullable String outcome,
      int problems,
      @Nullable Instant visitedAt) {}

  /** A way in which a page is seen, with the visit that shows it. */
  public record SeenLine(
      String consent, String journey, int journeyPage, boolean choiceMade, UUID visit) {
    /** "Accept all", or "Buy shoes, page 2". */
    public String words() {
      return SeenWords.of(consent, journey, journeyPage);
    }
  }
}
