package org.tagwarden.agent.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who belongs to a site and is given what lets the scanner in, and through which proxy. */
class SiteHostsTest {
  @ParameterizedTest
  @CsvSource({
    "https://www.shop.co.uk/, shop.co.uk, true",
    "https://www.shop.co.uk/, img.shop.co.uk, true",
    "https://www.shop.co.uk/, other.co.uk, false",
    "https://www.shop.co.uk/, notshop.co.uk, false",
    "https://mine.github.io/, yours.github.io, false",
    "https://www.shop.example/, IMG.Shop.example, true",
    "https://localhost/, localhost, true",
    "https://localhost/, evil.localhost, false",
    "https://192.0.2.7/, 192.0.2.7, true",
    "https://192.0.2.7/, 1.192.0.2.7, false"
  })
  void aSiteIsItsRegistrableDomain(String page, String host, boolean own) {
    assertThat(SiteHosts.of(page).own(host, true)).isEqualTo(own);
  }

  @Test
  void whatLetsTheScannerInIsNotSentInClearForAPageThatCameSecurely() {
    assertThat(SiteHosts.of("https://shop.example/").own("shop.example", false)).isFalse();
    assertThat(SiteHosts.of("http://shop.example/").own("shop.example", false)).isTrue();
    assertThat(SiteHosts.of("http://shop.example/").own("shop.example", true)).isTrue();
  }

  @Test
  void anUpstreamProxyIsReadWithWhoGoesThrough() {
    UpstreamProxy proxy = UpstreamProxy.parse("http://me:p@ss:wo rd@proxy.example:8080");
    assertThat(proxy.host()).isEqualTo("proxy.example");
    assertThat(proxy.port()).isEqualTo(8080);
    assertThat(proxy.user()).isEqualTo("me");
    assertThat(proxy.password()).isEqualTo("p@ss:wo rd");
    assertThat(proxy.toString()).isEqualTo("proxy.example:8080");
    assertThat(UpstreamProxy.parse("http://proxy.example").port()).isEqualTo(3128);
  }

  @Test
  void anUpstreamProxyThatCannotBeReadIsRefusedWithoutItsPassword() {
    assertThatThrownBy(() -> UpstreamProxy.parse("socks5://me:hidden@proxy.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://proxy.example.com:3128")
        .hasMessageNotContaining("hidden");
  }
}
