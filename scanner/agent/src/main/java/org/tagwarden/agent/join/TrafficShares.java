package org.tagwarden.agent.join;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tagwarden.agent.observe.BrowserRequest;
import org.tagwarden.agent.traffic.Exchange;
import org.tagwarden.agent.traffic.TrafficLog;
import org.tagwarden.report.Header;

/**
 * Shares out what passed one port among the pages that were shown one after the other behind it. A
 * request that the browser told of goes where the browser says; one that only the proxy saw goes by
 * its time, and a farewell of the page before by its referrer, too.
 */
public final class TrafficShares {
  /** How long after the next page was shown farewells of the page before may still come. */
  private static final long FAREWELL_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

  /**
   * A page in its turn.
   *
   * @param url the document's
   * @param startNanos when it was asked for
   * @param shownNanos when its document took the place of the one before
   * @param leftNanos when it was left
   * @param requests what the browser told of on it
   */
  public record Page(
      String url,
      long startNanos,
      long shownNanos,
      long leftNanos,
      List<BrowserRequest> requests) {}

  private TrafficShares() {}

  /** One log for each page, in their order. */
  public static List<TrafficLog> of(TrafficLog traffic, List<Page> pages) {
    Map<String, Deque<Exchange>> free = new LinkedHashMap<>();
    for (Exchange exchange : traffic.exchanges())
      free.computeIfAbsent(
              Matching.key(exchange.method(), exchange.url()), key -> new ArrayDeque<>())
          .add(exchange);
    List<List<Exchange>> shares = new ArrayList<>();
    for (Page page : pages) shares.add(told(page, free));
    for (Deque<Exchange> left : free.values())
      for (Exchange exchange : left) shares.get(pageOf(exchange, pages)).add(exchange);
    List<TrafficLog> logs = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      long from = i == 0 ? Long.MIN_VALUE : pages.get(i).startNanos();
      long to = i + 1 < pages.size() ? pages.get(i + 1).startNanos() : Long.MAX_VALUE;
      logs.add(traffic.part(shares.get(i), from, to));
    }
    return logs;
  }

  /** Those of the page that the network, not the cache, has answered; a failed try goes along. */
  private static List<Exchange> told(Page page, Map<String, Deque<Exchange>> free) {
    List<Exchange> own = new ArrayList<>();
    for (BrowserRequest request : page.requests()) {
      if (request.fromCache || request.fromServiceWorker) continue;
      Deque<Exchange> queue = free.get(Matching.key(request.method, request.url));
      if (queue == null) continue;
      Exchange next = queue.poll();
      while (next != null && next.status() == null && request.status != null && !queue.isEmpty()) {
        own.add(next);
        next = queue.poll();
      }
      if (next != null) own.add(next);
    }
    return own;
  }

  private static int pageOf(Exchange exchange, List<Page> pages) {
    int at = pages.size() - 1;
    while (at > 0 && exchange.startNanos() < pages.get(at).startNanos()) at--;
    if (at == 0) return 0;
    Page now = pages.get(at);
    long farewellsUntil = Math.min(now.shownNanos() + FAREWELL_NANOS, now.leftNanos());
    boolean soon = exchange.startNanos() < farewellsUntil;
    return soon && !sentBy(exchange, now.url()) ? at - 1 : at;
  }

  /** Whether its referrer is this very page; many say their origin only, which says nothing. */
  private static boolean sentBy(Exchange exchange, String url) {
    for (Header header : exchange.requestHeaders())
      if (header.name().equalsIgnoreCase("Referer"))
        return Place.withoutFragment(header.value()).equals(Place.withoutFragment(url));
    return false;
  }
}
