package org.tagwarden.agent.join;

import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.BrowserRequest;
import org.tagwarden.agent.traffic.Exchange;
import org.tagwarden.report.Failure;

/**
 * Why a request has no complete response. The proxy's word counts first: behind a proxy, all
 * failures to connect look alike to the browser.
 */
final class Failures {
  private Failures() {}

  static @Nullable Failure of(Sighting seen) {
    if (seen.connectFailure() != null) return seen.connectFailure().failure();
    Exchange exchange = seen.exchange();
    BrowserRequest browser = seen.browser();
    if (browser != null && rule(browser) != null)
      return new Failure(
          Failure.Code.BLOCKED, "The browser refused " + browser.url + ": " + rule(browser) + ".");
    if (exchange != null) {
      if (exchange.failure() != null || exchange.status() != null) return exchange.failure();
      return new Failure(
          Failure.Code.CANCELLED, "The visit ended before " + exchange.url() + " was answered.");
    }
    return browser == null || browser.errorText == null
        ? null
        : byBrowser(browser, browser.errorText);
  }

  private static @Nullable String rule(BrowserRequest request) {
    if (request.blockedReason != null && !request.blockedReason.isEmpty())
      return request.blockedReason;
    if (request.corsError != null && !request.corsError.isEmpty()) return request.corsError;
    String error = request.errorText;
    return error != null && error.startsWith("net::ERR_BLOCKED_BY_") ? error.substring(5) : null;
  }

  private static Failure byBrowser(BrowserRequest request, String error) {
    Failure.Code code = code(request, error);
    String what = error.isEmpty() ? "no reason was given" : error;
    return new Failure(code, "The browser gave up on " + request.url + " (" + what + ").");
  }

  private static Failure.Code code(BrowserRequest request, String error) {
    if (request.cancelled || error.contains("ERR_ABORTED")) return Failure.Code.CANCELLED;
    if (error.contains("NAME_NOT_RESOLVED")) return Failure.Code.DNS;
    if (error.contains("REFUSED")) return Failure.Code.REFUSED;
    if (error.contains("TIMED_OUT")) return Failure.Code.TIMEOUT;
    if (error.contains("ERR_CERT") || error.contains("ERR_SSL")) return Failure.Code.TLS;
    if (error.contains("RESET") || error.contains("EMPTY_RESPONSE") || error.contains("CLOSED"))
      return Failure.Code.RESET;
    return Failure.Code.OTHER;
  }
}
