package org.tagwarden.dashboard.pages.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.InitiatorChain;
import org.tagwarden.report.PageVisit;

/**
 * What one visit showed of a tag, by its hosts. Pure.
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

  static @Nullable TagEvidence of(PageVisit visit, List<String> hosts) {
    List<CapturedRequest> own =
        visit.requests().stream().filter(request -> isOn(request.url(), hosts)).toList();
    if (own.isEmpty()) return null;
    return new TagEvidence(
        visit.page(),
        visit.startedAt(),
        own.stream().limit(MOST_REQUESTS).map(TagEvidence::request).toList(),
        Math.max(0, own.size() - MOST_REQUESTS),
        initiators(visit, own.get(0)),
        cookies(visit, own, hosts));
  }

  private static List<String> initiators(PageVisit visit, CapturedRequest first) {
    List<String> steps = new ArrayList<>();
    String at = first.initiator().line() > 0 ? ", line " + first.initiator().line() : "";
    for (CapturedRequest step : new InitiatorChain(visit).of(first)) {
      steps.add(step.url() + (steps.isEmpty() ? at : ""));
    }
    return steps;
  }

  private static List<Cookie> cookies(
      PageVisit visit, List<CapturedRequest> own, List<String> hosts) {
    List<Cookie> cookies = new ArrayList<>();
    for (CapturedCookie cookie : visit.cookies()) {
      String script = cookie.script();
      boolean byScript = script != null && isOn(script, hosts);
      boolean byHeader =
          own.stream()
              .anyMatch(request -> Integer.valueOf(request.id()).equals(cookie.requestId()));
      if (byScript || byHeader) cookies.add(cookie(visit, cookie));
    }
    return cookies;
  }

  private static Cookie cookie(PageVisit visit, CapturedCookie cookie) {
    List<String> flags = new ArrayList<>();
    if (cookie.secure()) flags.add("Secure");
    if (cookie.httpOnly()) flags.add("HttpOnly");
    if (cookie.sameSite() != null) flags.add("SameSite=" + cookie.sameSite());
    if (cookie.partitioned()) flags.add("Partitioned");
    String life = "Session";
    if (cookie.expires() != null) {
      long days = java.time.Duration.between(visit.startedAt(), cookie.expires()).toDays();
      life = days == 1 ? "1 day" : days + " days";
    }
    return new Cookie(cookie.name(), cookie.domain(), String.join(", ", flags), life);
  }

  private static Request request(CapturedRequest request) {
    return new Request(
        request.method(),
        request.url(),
        request.type().name(),
        request.status() == null ? "failed" : String.valueOf(request.status()),
        request.sizes().headerBytes() + request.sizes().wireBytes());
  }

  static boolean isOn(String url, List<String> hosts) {
    try {
      String host = java.net.URI.create(url).getHost();
      return host != null && hosts.contains(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false; // data:, blob: or broken: on nobody's host
    }
  }
}
