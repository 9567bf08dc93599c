package org.tagwarden.agent.join;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.BrowserRequest;
import org.tagwarden.agent.observe.CallRecord;
import org.tagwarden.agent.observe.Deed;
import org.tagwarden.agent.observe.Problems;
import org.tagwarden.report.Failure;

/**
 * What the page wanted to send past the proxy, or in a way that the proxy does not speak: nobody
 * could see it, so the report says that it is missing.
 */
final class BlindSpots {
  private final Problems problems;

  BlindSpots(Problems problems) {
    this.problems = problems;
  }

  void note(List<Sighting> sightings, List<CallRecord> calls, List<Deed> deeds) {
    for (Sighting seen : sightings) {
      if (seen.browser() != null) streamed(seen.browser());
      if (seen.exchange() != null) cutOff(seen.url(), seen.exchange().failure(), seen.status());
    }
    for (CallRecord call : calls)
      if (call.kind() == CallRecord.Kind.WEB_TRANSPORT)
        say(
            "web-transport-refused",
            "A script wanted a WebTransport connection to "
                + call.url()
                + ". It needs HTTP/3, which would pass the proxy by and is switched off: what it would"
                + " have carried is not in this report.");
    for (Deed deed : deeds)
      if (deed.kind().equals("PEER_CONNECTION"))
        say(
            "web-rtc-blocked",
            "A script of "
                + deed.origin()
                + " made a WebRTC connection. Its packets would pass the proxy by and are blocked:"
                + " what it would have sent, and to whom, is not in this report.");
  }

  private void streamed(BrowserRequest request) {
    String error = request.errorText;
    if (error == null || request.status != null) return;
    if (error.contains("ERR_ALPN_NEGOTIATION_FAILED") || error.contains("H2_OR_QUIC_REQUIRED"))
      say(
          "streaming-upload",
          "The upload to "
              + request.url
              + " was to be streamed, which needs HTTP/2; the proxy speaks HTTP/1.1, and the browser"
              + " gave up. A visitor's browser would have sent it.");
  }

  private void cutOff(String url, @Nullable Failure failure, @Nullable Integer status) {
    Place place = Place.of(url);
    if (failure == null || failure.code() != Failure.Code.RESET || status != null) return;
    if (place == null || !place.scheme().equals("https")) return;
    say(
        "http1-only",
        place.host()
            + " hung up on a request in HTTP/1.1, which is all that the proxy speaks. If this server"
            + " takes HTTP/2 only, a visitor's browser gets an answer that this report lacks.");
  }

  private void say(String code, String message) {
    problems.note("proxy", "load", code, message);
  }
}
