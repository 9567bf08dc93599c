package org.tagwarden.dashboard.pages.tag;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.intake.RecognisedVisit;
import org.tagwarden.dashboard.evidence.Kept;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.InitiatorChain;
import org.tagwarden.report.PageVisit;

/**
 * What one visit showed of a tag. Pure.
 *
 * @param initiators what triggered its first request, nearest first, down to the document
 */
public record TagEvidence(
    String page,
    java.time.Instant at,
    List<Request> requests,
    int more,
    List<String> initiators,
    List<Cookie> cookies) {
  private static final int MOST_REQUESTS = 12;

  /** One of its requests. */
  public record Request(String method, String url, String type, String status, long bytes) {}

  /** A cookie on one of its hosts, or set by one of its scripts. */
  public record Cookie(String name, String domain, String flags, String life) {}

  /** Null when the tag asked for nothing there. */
  static @Nullable TagEvidence of(RecognisedVisit recognised, String tagKey) {
    PageVisit visit = recognised.visit();
    Map<Integer, String> keys = recognised.recognition().tagKeyByRequest();
    List<CapturedRequest> own =
        visit.requests().stream().filter(r -> tagKey.equals(keys.get(r.id()))).toList();
    if (own.isEmpty()) return null;
    return new TagEvidence(
        visit.page(),
        visit.startedAt(),
        own.stream().limit(MOST_REQUESTS).map(TagEvidence::request).toList(),
        Math.max(0, own.size() - MOST_REQUESTS),
        initiators(visit, own.get(0)),
        cookies(visit, own));
  }

  private static List<String> initiators(PageVisit visit, CapturedRequest first) {
    List<String> steps = new ArrayList<>();
    String at = first.initiator().line() > 0 ? ", line " + first.initiator().line() : "";
    for (CapturedRequest step : new InitiatorChain(visit).of(first)) {
      steps.add(step.url() + (steps.isEmpty() ? at : ""));
    }
    return steps;
  }

  private static List<Cookie> cookies(PageVisit visit, List<CapturedRequest> own) {
    Set<String> urls = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (CapturedRequest request : own) {
      urls.add(request.url());
      ids.add(request.id());
    }
    List<Cookie> cookies = new ArrayList<>();
    for (CapturedCookie cookie : visit.cookies()) {
      boolean byScript = cookie.script() != null && urls.contains(cookie.script());
      boolean byHeader = cookie.requestId() != null && ids.contains(cookie.requestId());
      if (byScript || byHeader) cookies.add(cookie(visit, cookie));
    }
    return cookies;
  }

  private static Cookie cookie(PageVisit visit, CapturedCookie cookie) {
    return new Cookie(
        cookie.name(),
        cookie.domain(),
        Kept.flags(cookie),
        Kept.life(visit.startedAt(), cookie.expires()));
  }

  private static Request request(CapturedRequest request) {
    return new Request(
        request.method(),
        request.url(),
        request.type().name(),
        request.status() == null ? "failed" : String.valueOf(request.status()),
        request.sizes().headerBytes() + request.sizes().wireBytes());
  }
}
