package org.tagwarden.agent.join;

import java.util.List;
import org.tagwarden.agent.observe.BrowserRequest;
import org.tagwarden.agent.observe.CallRecord;
import org.tagwarden.agent.observe.Deed;
import org.tagwarden.agent.observe.Problems;
import org.tagwarden.agent.traffic.HangUps;

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
    for (Sighting seen : sightings) if (seen.browser() != null) streamed(seen.browser());
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

  /** A server whose answers only a browser without our proxy gets, as far as can be known. */
  void note(List<HangUps.HangUp> hangUps) {
    for (HangUps.HangUp hangUp : hangUps) {
      String told =
          switch (hangUp.offer()) {
            case HTTP_2 ->
                "It offers HTTP/2: a visitor's browser asks over that, and gets an answer that this"
                    + " report lacks, unless it is hung up on, too.";
            case UNKNOWN ->
                "Whether it offers HTTP/2 could not be asked; if so, a visitor's browser gets an"
                    + " answer that this report lacks.";
            case NO_HTTP_2 -> ""; // then it hangs up on everybody
          };
      if (!told.isEmpty())
        say(
            "http1-only",
            hangUp.host()
                + " hung up on every request in HTTP/1.1, which is all that the proxy speaks. "
                + told);
    }
  }

  private void say(String code, String message) {
    problems.note("proxy", "load", code, message);
  }
}
