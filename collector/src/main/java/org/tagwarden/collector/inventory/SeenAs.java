package org.tagwarden.collector.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.PageVisit;

/**
 * In which way a page was seen: in a consent state, by itself or as a page of a journey. What a
 * page carries is kept for each of these, so that what fires only after "accept all" does not come
 * and go with every other visit.
 *
 * @param journey its name; "" for a page visited by itself
 * @param journeyPage which page of the journey; 0 for a page visited by itself
 * @param choiceMade whether the consent banner was answered
 * @param payment whether the journey marked it as a page where people pay
 * @param earlyTags keys of the tags that asked for something before any choice
 */
public record SeenAs(
    ConsentState consent,
    String journey,
    int journeyPage,
    boolean choiceMade,
    boolean payment,
    Set<String> earlyTags) {
  public SeenAs {
    earlyTags = Set.copyOf(earlyTags);
  }

  /**
   * @param tagKeyByRequest the tag of each request, by the request's id
   */
  public static SeenAs of(PageVisit visit, Map<Integer, String> tagKeyByRequest) {
    JourneyRun journey = visit.journey();
    return new SeenAs(
        visit.consent(),
        journey == null ? "" : journey.name(),
        journey == null ? 0 : journey.page(),
        visit.choice() != null,
        journey != null && journey.paymentPage(),
        early(visit.requests(), tagKeyByRequest));
  }

  private static Set<String> early(
      List<CapturedRequest> requests, Map<Integer, String> tagKeyByRequest) {
    Set<String> keys = new HashSet<>();
    for (CapturedRequest request : requests) {
      String key = tagKeyByRequest.get(request.id());
      if (key != null && request.phase() == ConsentPhase.BEFORE_CHOICE) keys.add(key);
    }
    return keys;
  }

  /** Whether the visitor chose something, so that a visit without a choice saw another page. */
  boolean wantsChoice() {
    return consent == ConsentState.ACCEPT || consent == ConsentState.REJECT;
  }
}
