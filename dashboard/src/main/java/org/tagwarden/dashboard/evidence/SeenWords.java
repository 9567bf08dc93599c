package org.tagwarden.dashboard.evidence;

import java.util.Locale;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.PageVisit;

/** In which way a page was seen, in words. */
public final class SeenWords {
  private SeenWords() {}

  /** In which way this visit saw its page. */
  public static String of(PageVisit visit) {
    JourneyRun journey = visit.journey();
    return of(
        visit.consent().name(),
        journey == null ? "" : journey.name(),
        journey == null ? 0 : journey.page());
  }

  /** "Accept all", or "Buy shoes, page 2". */
  public static String of(String consent, String journey, int journeyPage) {
    String answer = VisitEvidence.words(ConsentState.valueOf(consent));
    if (journey.isEmpty()) return answer;
    String plain = journey + ", page " + journeyPage;
    return consent.equals("NONE") ? plain : plain + " (" + answer.toLowerCase(Locale.ROOT) + ")";
  }
}
