package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.failure;
import static org.tagwarden.playground.content.Answers.page;
import static org.tagwarden.playground.content.Answers.pixel;
import static org.tagwarden.playground.content.Answers.script;

import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.Internet;

/** Hosts that are not what they seem, or not there at all. */
final class TortureHosts {
  static final List<String> PAGES =
      List.of(
          "failing-hosts",
          "host-cloaked",
          "host-http2-only",
          "host-ipv6",
          "host-refused",
          "host-unresolvable",
          "host-expired",
          "host-wrong-name");

  /** Listens on the IPv6 loopback address only. */
  static final String IPV6 = "ipv6.torture-tags.example";

  /** Nobody listens there. */
  static final String REFUSED = "refused.torture-tags.example";

  /** Shows a certificate that was issued for another name. */
  static final String WRONG_NAME = "wrong-name.torture-tags.example";

  /** A certificate of the past. */
  static final String EXPIRED = "expired.torture.example";

  /** A first-party name that leads to a vendor by way of a delivery network. */
  static final Map<String, String> ALIASES =
      Map.of(
          "metrics.torture.example", "torture-example.edge-network.example",
          "torture-example.edge-network.example", "torture.sc.omtrdc.net");

  private TortureHosts() {}

  static void addTo(Internet internet) {
    internet.host("busy.torture-tags.example").at("/*", failure(503, "Service Unavailable"));
    internet.host(EXPIRED).at("/*", page("<title>Expired</title>Expired."));
    internet.host(WRONG_NAME).at("/*", script("// Never read.\n"));
    internet.host("http2-only.torture-tags.example").at("/*", TortureHosts::http2Only);
    internet.host("metrics.torture.example").at("/hit.gif", pixel());
    internet.host(IPV6).at("/pixel.gif", pixel());
  }

  private static void http2Only(Exchange exchange) {
    if (exchange.request().version() == HttpVersion.HTTP_2)
      script("self.modern = true;\n").to(exchange);
    else exchange.cut();
  }
}
