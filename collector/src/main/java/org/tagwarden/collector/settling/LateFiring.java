package org.tagwarden.collector.settling;

import java.util.ArrayList;
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

  /** So near the end the scanner calls the settle time too short. */
  private static final int NEAR_MS = 500;

  private final PageVisit visit;
  private final long settleMs;
  private final List<Double> firsts;

  /**
   * @param settleMs how long the page was watched; later requests belong to leaving it
   * @param resource what a URL is but for its volatile parts; null for URLs that are not asked of a
   *     host
   */
  public LateFiring(PageVisit visit, long settleMs, Function<String, @Nullable String> resource) {
    this.visit = visit;
    this.settleMs = settleMs;
    boolean tells =
        visit.outcome() == VisitOutcome.COMPLETE
            && visit.timings() != null
            && visit.timings().loadMs() >= 0;
    this.firsts = tells ? firsts(visit, visit.timings().loadMs(), resource) : List.of();
  }

  /** When each resource was first asked for, counted from load or from the later choice. */
  private static List<Double> firsts(
      PageVisit visit, double load, Function<String, @Nullable String> resource) {
    double choice = visit.choice() == null ? Double.MAX_VALUE : visit.choice().atMs();
    Set<String> seen = new HashSet<>();
    List<Double> firsts = new ArrayList<>();
    for (CapturedRequest request : inOrder(visit.requests())) {
      String url = resource.apply(request.url());
      if (url == null || !seen.add(url)) continue;
      double from = request.startMs() >= choice ? Math.max(load, choice) : load;
      firsts.add(request.startMs() - from);
    }
    return firsts;
  }

  /**
   * Milliseconds after load, or after the visitor's choice for what followed that; 0 when nothing
   * came. Empty when the visit cannot tell: it was no whole one.
   */
  public OptionalInt latestMs() {
    if (firsts.isEmpty()) return OptionalInt.empty();
    double latest =
        firsts.stream().filter(at -> at <= settleMs).mapToDouble(at -> at).max().orElse(0);
    return OptionalInt.of((int) Math.ceil(Math.max(0, latest)));
  }

  /** Whether the scanner says that something fired too close to the end, and it was new. */
  public boolean wasShort() {
    return visit.problems().stream().anyMatch(problem -> problem.code().equals(SHORT))
        && firsts.stream().anyMatch(at -> at > settleMs - NEAR_MS);
  }

  private static List<CapturedRequest> inOrder(List<CapturedRequest> requests) {
    return requests.stream().sorted(Comparator.comparingDouble(CapturedRequest::startMs)).toList();
  }
}
