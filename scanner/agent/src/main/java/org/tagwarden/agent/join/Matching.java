package org.tagwarden.agent.join;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.BrowserRequest;
import org.tagwarden.agent.traffic.Exchange;
import org.tagwarden.agent.traffic.TrafficLog;

/**
 * Finds which request of the browser is which exchange of the proxy: same method, same URL without
 * fragment, first in, first out. Requests that a service worker or the cache answered come last, so
 * that the worker's own fetch gets the exchange.
 */
final class Matching {
  private final TrafficLog traffic;
  private final long startNanos;
  private final long startEpochMs;
  private final Map<String, Deque<Exchange>> free = new LinkedHashMap<>();
  private final Map<BrowserRequest, Exchange> pairs = new HashMap<>();
  private final Set<String> paired = new HashSet<>();

  Matching(TrafficLog traffic, long startNanos, long startEpochMs) {
    this.traffic = traffic;
    this.startNanos = startNanos;
    this.startEpochMs = startEpochMs;
  }

  /** All requests in order of their start. */
  List<Sighting> match(List<BrowserRequest> requests) {
    for (Exchange exchange : traffic.exchanges())
      free.computeIfAbsent(key(exchange.method(), exchange.url()), k -> new ArrayDeque<>())
          .add(exchange);
    pair(requests, r -> !r.fromCache && !r.fromServiceWorker);
    pair(requests, r -> r.fromCache && !r.fromServiceWorker);
    List<Sighting> sightings = new ArrayList<>();
    Set<String> explained = new HashSet<>();
    for (BrowserRequest request : requests) sightings.add(sighting(request, explained));
    for (Map.Entry<String, Deque<Exchange>> left : free.entrySet())
      for (Exchange exchange : left.getValue())
        if (!isRetriedTwin(left.getKey(), exchange))
          sightings.add(new Sighting(exchange, null, null, false, millis(exchange.startNanos())));
    for (TrafficLog.ConnectFailure failure : traffic.connectFailures())
      if (!explained.contains(failure.host() + ':' + failure.port()))
        sightings.add(new Sighting(null, null, failure, false, millis(failure.nanos())));
    sightings.sort(Comparator.comparingDouble(Sighting::startMs));
    return sightings;
  }

  private void pair(
      List<BrowserRequest> requests, java.util.function.Predicate<BrowserRequest> which) {
    for (BrowserRequest request : requests) {
      if (!which.test(request) || pairs.containsKey(request)) continue;
      String key = key(request.method, request.url);
      Exchange exchange = next(free.get(key), request);
      if (exchange == null) continue;
      pairs.put(request, exchange);
      paired.add(key);
    }
  }

  /** Chromium repeats a request whose kept-alive connection broke: the last try is the answer. */
  private static @Nullable Exchange next(@Nullable Deque<Exchange> queue, BrowserRequest request) {
    if (queue == null) return null;
    Exchange first = queue.poll();
    while (first != null && first.status() == null && request.status != null && !queue.isEmpty())
      first = queue.poll();
    return first;
  }

  private boolean isRetriedTwin(String key, Exchange exchange) {
    return paired.contains(key) && exchange.failure() != null && exchange.status() == null;
  }

  private Sighting sighting(BrowserRequest request, Set<String> explained) {
    Exchange exchange = pairs.get(request);
    double start = Math.max(0, request.wallTime * 1000 - startEpochMs);
    Place place = Place.of(request.url);
    TrafficLog.ConnectFailure failure = null;
    boolean tunnelled = false;
    if (exchange == null && place != null) {
      boolean byTunnel = !place.scheme().equals("http");
      if (byTunnel && request.status == null)
        failure = traffic.connectFailure(place.host(), place.port());
      if (failure != null) explained.add(failure.host() + ':' + failure.port());
      tunnelled = place.scheme().equals("ws") && traffic.tunnelled(place.host(), place.port());
    }
    return new Sighting(exchange, request, failure, tunnelled, start);
  }

  private double millis(long nanos) {
    return Math.max(0, (nanos - startNanos) / 1e6);
  }

  static String key(String method, String url) {
    return method + ' ' + Place.withoutFragment(url);
  }
}
