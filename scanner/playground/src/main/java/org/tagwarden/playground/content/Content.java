package org.tagwarden.playground.content;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.tagwarden.playground.net.CertificateAuthority;
import org.tagwarden.playground.net.Internet;

/** Everything the playground holds. A new site or vendor is a folder of files and a line here. */
public final class Content {
  private Content() {}

  /** The whole internet, ready to be served. */
  public static Internet of(Clock clock) {
    Internet internet = new Internet();
    ClientSites.addTo(internet);
    TagVendors.addTo(internet);
    UnknownVendors.addTo(internet);
    TorturePages.addTo(internet, clock);
    return internet;
  }

  /** Every page worth a visit. */
  public static List<String> urls() {
    return Stream.concat(ClientSites.urls().stream(), TorturePages.urls().stream()).toList();
  }

  /** The front pages of the client sites. */
  public static List<String> siteUrls() {
    return ClientSites.frontPages();
  }

  /** Certificates that are not like the others. */
  public static void oddCertificates(CertificateAuthority authority, Instant now) {
    Instant lastYear = now.minus(Duration.ofDays(365));
    authority.certify("expired.torture.example", lastYear, now.minus(Duration.ofDays(3)));
    authority.certify("www.morgenpost-city.example", lastYear, now.plus(Duration.ofDays(9)));
  }
}
