package org.tagwarden.collector.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SiteScopeTest {
  private final SiteScope shop =
      new SiteScope("https://www.shop.co.uk/start", List.of("shop-cdn.com"));

  @Test
  void subdomainsOfTheSitesRegistrableDomainAreFirstParty() {
    assertThat(shop.partyOf("https://img.shop.co.uk/a.png")).isEqualTo(Party.FIRST);
    assertThat(shop.partyOf("wss://shop.co.uk:8443/live")).isEqualTo(Party.FIRST);
    assertThat(shop.partyOf("https://other.co.uk/a.png")).isEqualTo(Party.THIRD);
  }

  @Test
  void domainsThatTheOwnerNamedAreFirstParty() {
    assertThat(shop.partyOf("https://eu.shop-cdn.com/app.js")).isEqualTo(Party.FIRST);
  }

  @Test
  void tenantsOfASharedHosterAreStrangersToEachOther() {
    SiteScope tenant = new SiteScope("https://shop.github.io", List.of());
    assertThat(tenant.partyOf("https://shop.github.io/a.js")).isEqualTo(Party.FIRST);
    assertThat(tenant.partyOf("https://evil.github.io/a.js")).isEqualTo(Party.THIRD);
  }

  @Test
  void whatTheBrowserMadeItselfIsFirstParty() {
    assertThat(shop.partyOf("data:text/javascript,1")).isEqualTo(Party.FIRST);
    assertThat(shop.partyOf("blob:https://www.shop.co.uk/1")).isEqualTo(Party.FIRST);
    assertThat(shop.partyOf("about:blank")).isEqualTo(Party.FIRST);
  }

  @Test
  void addressesAndSingleNamesStandForThemselves() {
    SiteScope local = new SiteScope("http://127.0.0.1:8880/", List.of("localhost"));
    assertThat(local.partyOf("http://127.0.0.1:9999/a.js")).isEqualTo(Party.FIRST);
    assertThat(local.partyOf("http://localhost/a.js")).isEqualTo(Party.FIRST);
    assertThat(local.partyOf("http://127.0.0.2/a.js")).isEqualTo(Party.THIRD);
  }

  @Test
  void anUnlistedTopLevelCountsAsAPublicSuffix() {
    SiteScope shop = new SiteScope("https://www.shop.example/", List.of("shop.internal"));
    assertThat(shop.partyOf("https://static.shop.example/a.js")).isEqualTo(Party.FIRST);
    assertThat(shop.partyOf("https://static.other.example/a.js")).isEqualTo(Party.THIRD);
    assertThat(shop.partyOf("https://cdn.shop.internal/a.js")).isEqualTo(Party.FIRST);
    assertThat(shop.partyOf("https://shop.other.internal/a.js")).isEqualTo(Party.THIRD);
  }

  @Test
  void userNamesPortsAndCaseDoNotHideAHost() {
    assertThat(Hosts.of("https://www.shop.co.uk@EVIL.example:443/x")).isEqualTo("evil.example");
    assertThat(Hosts.of("https://[2001:db8::1]:8443/x")).isEqualTo("[2001:db8::1]");
    assertThat(Hosts.of("shop.example:8443")).isEqualTo("shop.example");
    assertThat(Hosts.of("/just/a/path")).isEmpty();
  }
}
