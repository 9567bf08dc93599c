package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.failure;
import static org.tagwarden.playground.content.Answers.json;
import static org.tagwarden.playground.content.Answers.nothing;
import static org.tagwarden.playground.content.Answers.pixel;
import static org.tagwarden.playground.content.Answers.pixelWithCookie;
import static org.tagwarden.playground.content.Answers.redirect;

import org.tagwarden.playground.net.Internet;

/** Third parties that no catalogue knows, and one that hides behind a first-party name. */
final class UnknownVendors {
  private UnknownVendors() {}

  static void addTo(Internet internet) {
    // The shop's: a size adviser, a stock counter, and what Criteo's stand-in brings along.
    internet.host("cdn.shoefit-adviser.example");
    internet.host("api.shoefit-adviser.example").at("/v1/sizes", json("{\"sizes\":[41,42,43]}"));
    internet.host("live.stockpulse.example").at("/beat", nothing());
    internet
        .host("sync.adlattice.example")
        .at("/match", redirect(302, "https://px.mirrormetric.example/p.gif?from=adlattice"));
    internet.host("px.mirrormetric.example").at("/p.gif", pixelWithCookie("mm=stand-in-mirror"));
    // A vendor's collector behind a DNS alias of the shop.
    internet.host("metrics.nordlys-shoes.example").at("/b/ss/*", pixelWithCookie("s_vi=stand-in"));

    // The insurer's: one that listens to form fields, and a seal.
    internet.host("cdn.claimsight.example");
    internet.host("in.claimsight.example").at("/v2/fields", nothing());
    internet.host("seal.trustbeacon.example").at("/view", pixel());

    internet
        .host("widget.ratingwheel.example")
        .at("/*", failure(503, "Service Unavailable")); // a third party that is down

    // The newspaper's: a paywall, and weather over http.
    internet.host("wall.readgate.example").at("/v1/meter", json("{\"left\":3}"));
    internet.host("widgets.wetterkiste.example").at("/now", json("{\"celsius\":7}"));
    internet.host("t.quantaleaf.example").at("/t.gif", pixel());
  }
}
