package org.tagwarden.agent.join;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.BrowserRequest;
import org.tagwarden.agent.traffic.Exchange;
import org.tagwarden.agent.traffic.TrafficLog;
import org.tagwarden.report.Observer;

/**
 * One request as seen by the proxy, the browser, or both.
 *
 * @param startMs offset from the visit's start
 * @param connectFailure for a request that never left because its tunnel could not be made
 */
record Sighting(
    @Nullable Exchange exchange,
    @Nullable BrowserRequest browser,
    TrafficLog.@Nullable ConnectFailure connectFailure,
    boolean tunnelled,
    double startMs) {

  String url() {
    if (browser != null) return browser.url;
    if (exchange != null) return exchange.url();
    if (connectFailure == null) throw new IllegalStateException("A sighting of nothing");
    int port = connectFailure.port();
    return "https://" + connectFailure.host() + (port == 443 ? "" : ":" + port) + "/";
  }

  String method() {
    if (browser != null) return browser.method;
    return exchange != null ? exchange.method() : "CONNECT";
  }

  @Nullable Integer status() {
    if (exchange != null && exchange.status() != null) return exchange.status();
    boolean shown = browser != null && browser.status != null && browser.status > 0;
    return shown && browser != null ? browser.status : null;
  }

  Set<Observer> seenBy() {
    Set<Observer> seen = EnumSet.noneOf(Observer.class);
    if (exchange != null || tunnelled || browser == null) seen.add(Observer.PROXY);
    if (browser != null) seen.add(Observer.BROWSER);
    return seen;
  }

  /** The first request header of that name, whoever saw it. */
  @Nullable String requestHeader(String name) {
    var headers =
        exchange != null
            ? exchange.requestHeaders()
            : browser == null ? null : browser.requestHeaders;
    if (headers == null) return null;
    for (var header : headers) if (header.name().equalsIgnoreCase(name)) return header.value();
    return null;
  }

  @Nullable String responseHeader(String name) {
    if (exchange != null) return exchange.header(name);
    if (browser == null) return null;
    for (var header : browser.responseHeaders)
      if (header.name().equalsIgnoreCase(name)) return header.value();
    return null;
  }
}
