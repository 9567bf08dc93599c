package org.tagwarden.collector.settling;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.VisitOutcome;

/**
 * The latest moment at which a page still asked for something new: what repeats (a heartbeat, a
 * poll) is no reason to watch longer, nor is what the page sends while it is left. Pure.
 */
public final class LateFiring {
  private static final String SHORT = "settle-short";

  private LateFiring() {}

  /**
   * Milliseconds after load, or after the visitor's choice for what followed that; 0 when nothing
   * came. Empty when the visit cannot tell: it was no whole one.
   *
   * @param settleMs how long the page was watched; later requests belong to leaving it
   * @param resource what a URL is but for its volatile parts; null for URLs that are not asked of a
   *     host
   */
  public static OptionalInt of(
      PageVisit visit, long settleMs, Function<String, @Nullable String> resource) {
    boolean whole = visit.outcome() == VisitOutcome.COMPLETE;
    if (!whole || visit.timings() == null || visit.timings().loadMs() < 0) {
      return OptionalInt.empty();
    }
    double load = visit.timings().loadMs();
    double choice = visit.choice() == null ? Double.MAX_VALUE : visit.choice().atMs();
    Set<String> seen = new HashSet<>();
    double latest = 0;
    for (CapturedRequest request : inOrder(visit.requests())) {
      String url = resource.apply(request.url());
      if (url == null || !seen.add(url)) continue;
      double after = request.startMs() - (request.startMs() >= choice ? choice : load);
      if (after > 0 && after <= settleMs) latest = Math.max(latest, after);
    }
    return OptionalInt.of((int) Math.ceil(latest));
  }

  /** Whether the scanner says that something fired too close to the end. */
  public static boolean wasShort(PageVisit visit) {
    return visit.problems().stream().anyMatch(problem -> problem.code().equals(SHORT));
  }

  private static List<CapturedRequest> inOrder(List<CapturedRequest> requests) {
    return requests.stream().sorted(Comparator.comparingDouble(CapturedRequest::startMs)).toList();
  }
}
