package org.tagwarden.collector.vendors;

import java.util.List;

/**
 * What counts as the site itself: the registrable domain of its base URL and of the further domains
 * that its owner named.
 *
 * @param baseUrl the site's address, for example "https://shop.example"
 * @param firstParty further domains that are the site's own, for example "shop-cdn.example"
 */
public record SiteScope(String baseUrl, List<String> firstParty) {
  public SiteScope {
    if (baseUrl.isBlank()) throw new IllegalArgumentException("A site needs a base URL");
    firstParty = List.copyOf(firstParty);
  }

  /** Whose {@code url} is. What the browser made itself (data:, blob:) is the site's own. */
  public Party partyOf(String url) {
    String host = Hosts.of(url);
    return host.isEmpty() || ownsHost(host) ? Party.FIRST : Party.THIRD;
  }

  /** Whether that host is the site's own. */
  public boolean ownsHost(String host) {
    String domain = Hosts.registrableDomain(host);
    if (domain.equals(Hosts.registrableDomain(Hosts.of(baseUrl)))) return true;
    for (String own : firstParty) {
      if (domain.equals(Hosts.registrableDomain(Hosts.of(own)))) return true;
    }
    return false;
  }
}
