package org.tagwarden.playground.content;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tagwarden.playground.net.CertificateAuthority;
import org.tagwarden.playground.net.Internet;

/** Everything the playground holds. A new site or vendor is a folder of files and a line here. */
public final class Content {
  private Content() {}

  /** The whole internet, ready to be served. */
  public static Internet whole() {
    Internet internet = new Internet();
    ClientSites.addTo(internet);
    TagVendors.addTo(internet);
    UnknownVendors.addTo(internet);
    TortureCourse.addTo(internet);
    HostilePages.addTo(internet);
    ConsentPages.addTo(internet);
    EvidencePages.addTo(internet);
    LookPages.addTo(internet);
    GuardedPages.addTo(internet);
    RestlessPages.addTo(internet);
    return internet;
  }

  /** Every page worth a visit. */
  public static List<String> urls() {
    return Stream.concat(ClientSites.urls().stream(), TortureCourse.urls().stream()).toList();
  }

  /** Pages whose visit is expensive, or that fight their visitor. */
  public static List<String> hostileUrls() {
    return TortureCourse.hostileUrls();
  }

  /** Host names that have no certificate of their own, and show another's. */
  public static Set<String> uncertified() {
    return Set.of(TortureHosts.WRONG_NAME);
  }

  /** Host names that nobody listens at. */
  public static List<String> refused() {
    return List.of(TortureHosts.REFUSED);
  }

  /** What a host is an alias of (CNAME), by host. */
  public static Map<String, String> aliases() {
    Map<String, String> aliases = new HashMap<>(TortureHosts.ALIASES);
    aliases.putAll(ClientSites.ALIASES);
    return aliases;
  }

  /** Host names that only an IPv6 address leads to. */
  public static List<String> ipv6() {
    return List.of(TortureHosts.IPV6);
  }

  /** Pages that would hang, starve, flood or rob a careless scanner. */
  public static List<String> attackUrls() {
    return HostilePages.urls();
  }

  /** The front pages of the client sites. */
  public static List<String> siteUrls() {
    return ClientSites.frontPages();
  }

  /** Certificates that are not like the others. */
  public static void oddCertificates(CertificateAuthority authority, Instant now) {
    Instant lastYear = now.minus(Duration.ofDays(365));
    authority.certify(TortureHosts.EXPIRED, lastYear, now.minus(Duration.ofDays(3)));
    authority.certify("www.morgenpost-city.example", lastYear, now.plus(Duration.ofDays(9)));
  }
}
