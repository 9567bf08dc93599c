package org.tagwarden.agent.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.playground.ExpectedRequest;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.InitiatorChain;
import org.tagwarden.report.PageVisit;

/**
 * What the reports of a scan say about who asked for what, against what the playground's pages are
 * known to do: kind, URL, function and worker of the initiator, and the whole chain.
 */
public final class Attribution {
  public final Recall.Share requests = new Recall.Share();
  public final List<String> wrong = new ArrayList<>();

  private Attribution() {}

  /** Judges every request of the pages that the playground knows about. */
  public static Attribution of(List<PageVisit> visits) {
    Attribution attribution = new Attribution();
    for (PageVisit visit : visits) {
      List<ExpectedRequest> expected = ExpectedRequest.of(visit.page());
      if (!expected.isEmpty()) attribution.judge(visit, expected);
    }
    return attribution;
  }

  private void judge(PageVisit visit, List<ExpectedRequest> expected) {
    InitiatorChain chains = new InitiatorChain(visit);
    for (CapturedRequest request : visit.requests()) {
      if (request.initiator().kind() == Initiator.Kind.NAVIGATION
          && request.url().equals(visit.page())) continue;
      List<ExpectedRequest> candidates =
          request.url().endsWith("/favicon.ico")
              ? List.of(favicon(visit, request))
              : expected.stream().filter(e -> e.means(request.method(), request.url())).toList();
      boolean right = candidates.stream().anyMatch(e -> agrees(e, request, chains, visit));
      requests.count(right);
      if (!right) wrong.add(complaint(visit, request, candidates, chains));
    }
  }

  private static ExpectedRequest favicon(PageVisit visit, CapturedRequest request) {
    String shown = visit.finalUrl();
    return new ExpectedRequest(
        "BROWSER",
        request.url(),
        shown,
        null,
        null,
        null,
        shown.equals(visit.page()) ? List.of(shown) : List.of(shown, "*"));
  }

  private static boolean agrees(
      ExpectedRequest expected, CapturedRequest request, InitiatorChain chains, PageVisit visit) {
    Initiator told = request.initiator();
    List<String> chain = chains.of(request).stream().map(CapturedRequest::url).toList();
    if (!told.kind().name().equals(expected.kind()) || chain.size() != expected.chain().size())
      return false;
    for (int i = 0; i < chain.size(); i++)
      if (!ExpectedRequest.matches(expected.chain().get(i), chain.get(i))) return false;
    return expected.isAskedBy(told.url(), visit.page())
        && (expected.function() == null || expected.function().equals(told.function()))
        && sameWorker(expected.worker(), request.worker());
  }

  private static boolean sameWorker(@Nullable String expected, @Nullable String told) {
    if (expected == null || told == null) return expected == null && told == null;
    return ExpectedRequest.matches(expected, told);
  }

  private static String complaint(
      PageVisit visit,
      CapturedRequest request,
      List<ExpectedRequest> candidates,
      InitiatorChain chains) {
    Initiator told = request.initiator();
    String expected =
        candidates.isEmpty()
            ? "nothing: no line of its .expected file speaks of it"
            : candidates.stream()
                .map(e -> e.kind() + " " + e.chain() + " " + e.function() + " " + e.worker())
                .toList()
                .toString();
    return visit.page()
        + ": "
        + request.method()
        + " "
        + request.url()
        + " is said to come by "
        + told.kind()
        + " "
        + told.url()
        + " "
        + chains.of(request).stream().map(CapturedRequest::url).toList()
        + " "
        + told.function()
        + " "
        + request.worker()
        + ", expected was "
        + expected;
  }
}
