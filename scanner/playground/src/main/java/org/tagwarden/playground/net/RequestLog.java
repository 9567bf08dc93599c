package org.tagwarden.playground.net;

import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.tagwarden.playground.ServedRequest;

/**
 * What was asked for, oldest first. A request is in the log from its arrival; its answer is filled
 * in later. The oldest entries go when it is full, since the demo runs for days.
 */
public final class RequestLog {
  private static final int CAPACITY = 50_000;
  private static final List<String> HEADERS_THAT_MATTER =
      List.of(
          "referer",
          "origin",
          "cookie",
          "content-type",
          "accept-encoding",
          "accept-language",
          "sec-ch-ua",
          "sec-ch-ua-mobile",
          "sec-ch-ua-platform",
          "user-agent",
          "sec-fetch-dest",
          "sec-fetch-mode",
          "sec-fetch-site",
          "sec-gpc",
          "service-worker",
          "access-control-request-method",
          "via",
          "authorization",
          "proxy-authorization",
          "x-scanner-key",
          "signature-agent",
          "signature-input",
          "signature");

  private final Clock clock;
  private final ArrayDeque<AtomicReference<ServedRequest>> entries = new ArrayDeque<>();

  public RequestLog(Clock clock) {
    this.clock = clock;
  }

  /** Notes the arrival. The entry returned takes the answer. */
  AtomicReference<ServedRequest> arrived(HttpServerRequest request, String host) {
    String authority = request.getHeader("Host");
    if (authority == null) authority = host; // HTTP/2 says :authority instead
    Map<String, String> headers = new HashMap<>();
    for (String name : HEADERS_THAT_MATTER) {
      String value = request.getHeader(name);
      if (value != null) headers.put(name, value);
    }
    var entry =
        new AtomicReference<>(
            new ServedRequest(
                clock.instant(),
                request.method().name(),
                request.scheme() + "://" + authority + request.uri(),
                host,
                kind(request),
                headers,
                0,
                null,
                0));
    synchronized (entries) {
      if (entries.size() >= CAPACITY) entries.removeFirst();
      entries.addLast(entry);
    }
    return entry;
  }

  /** Everything so far, oldest first. */
  public List<ServedRequest> entries() {
    synchronized (entries) {
      List<ServedRequest> copy = new ArrayList<>(entries.size());
      for (AtomicReference<ServedRequest> entry : entries) copy.add(entry.get());
      return copy;
    }
  }

  /** Forgets everything. */
  public void clear() {
    synchronized (entries) {
      entries.clear();
    }
  }

  private static String kind(HttpServerRequest request) {
    String upgrade = request.getHeader("Upgrade");
    if (upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("websocket")) {
      return "websocket";
    }
    if (request.getHeader("Access-Control-Request-Method") != null) return "preflight";
    String dest = request.getHeader("Sec-Fetch-Dest");
    return dest == null ? "" : dest;
  }
}
