package org.tagwarden.agent.join;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tagwarden.agent.observe.Problems;
import org.tagwarden.agent.traffic.Exchange;

/** Hosts that offer newer protocols than the proxy speaks: one note for each visit. */
final class OfferedProtocols {
  private static final Pattern NEWER = Pattern.compile("(?i)(^|[,;\\s])h[23](-\\d+)?=");
  private static final int MOST_NAMES = 5;

  private OfferedProtocols() {}

  static void note(List<Sighting> sightings, Problems problems) {
    TreeSet<String> hosts = new TreeSet<>();
    for (Sighting seen : sightings) {
      Exchange exchange = seen.exchange();
      Place place = Place.of(seen.url());
      String offer = exchange == null ? null : exchange.header("alt-svc");
      if (place != null && offer != null && NEWER.matcher(offer).find()) hosts.add(place.host());
    }
    if (hosts.isEmpty()) return;
    String names = String.join(", ", hosts.stream().limit(MOST_NAMES).toList());
    int more = hosts.size() - MOST_NAMES;
    problems.note(
        "proxy",
        "load",
        "newer-protocol-offered",
        names
            + (more > 0 ? " and " + more + " more" : "")
            + " also speak HTTP/2 or HTTP/3. The scanner asked over HTTP/1.1: what was loaded is the"
            + " same, how quickly is not. Take speed from Lighthouse, which uses no proxy.");
  }
}
