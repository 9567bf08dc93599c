package org.tagwarden.collector.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tagwarden.collector.Refusal;
import org.tagwarden.report.Header;
import org.tagwarden.report.PageRules;
import org.tagwarden.report.SiteAccess;
import org.tagwarden.report.SiteAccess.BasicAuth;
import org.tagwarden.report.SiteAccess.PresetCookie;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.Visitor;

class VisitRulesTest {
  @Test
  void a_password_in_plain_text_is_refused_with_what_to_write_instead() {
    refused("basicPassword", () -> check(basic("hunter2")))
        .hasMessageContaining("${secret:NAME}")
        .hasMessageContaining("scanner")
        .hasMessageNotContaining("hunter2");
    allowed(() -> check(basic("${secret:SHOP_STAGING}")));
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer abc",
    "X-Api-Key, 1234",
    "X-Preview, eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx",
    "X-Session-Token, opensesame"
  })
  void a_header_that_looks_like_a_secret_is_refused(String name, String value) {
    refused("headers", () -> check(header(name, value))).hasMessageContaining("${secret:NAME}");
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer ${secret:TOKEN}",
    "X-Preview, yes",
    "X-Scanner, Tagwarden for it@shop.example"
  })
  void other_headers_are_allowed(String name, String value) {
    allowed(() -> check(header(name, value)));
  }

  @Test
  void headers_that_the_browser_writes_are_refused() {
    refused("headers", () -> check(header("Host", "other.example")));
    refused("headers", () -> check(header("X Y", "z")));
    refused("headers", () -> check(header("X-Y", "z\r\nX-Z: w")));
  }

  @Test
  void cookies_follow_the_same_rules() {
    refused("cookies", () -> check(cookie("sessionid", "4f3c2a")));
    refused("cookies", () -> check(cookie("a", "b; Domain=other.example")));
    allowed(() -> check(cookie("sessionid", "${secret:SESSION}")));
    allowed(() -> check(cookie("variant", "b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://p:1080", "http://p", "p:3128", "http://u:pw@p:3128"})
  void a_proxy_without_port_or_with_a_plain_password_is_refused(String proxy) {
    refused("upstreamProxy", () -> check(proxy(proxy)));
  }

  @Test
  void a_proxy_with_a_referred_password_is_allowed() {
    allowed(() -> check(proxy("http://proxy.example:3128")));
    allowed(() -> check(proxy("http://u:${secret:PROXY}@proxy.example:3128")));
  }

  @Test
  void a_reference_that_the_scanner_would_not_know_is_refused() {
    refused("headers", () -> check(header("X-Y", "${secret:A B}")));
    refused("headers", () -> check(header("X-Y", "${SECRET}")));
  }

  @Test
  void a_visitor_needs_a_locale_and_a_time_zone_that_exist() {
    refused("locale", () -> check(new Visitor("German", null, null, false)));
    refused("visitorTimeZone", () -> check(new Visitor(null, "Mars/Base", null, false)));
    refused("userAgentSuffix", () -> check(new Visitor(null, null, "a\nb", false)));
    allowed(() -> check(new Visitor("de-DE", "Europe/Berlin", "Tagwarden/1", true)));
  }

  @Test
  void patterns_are_trimmed_and_empty_ones_left_out() {
    PageRules rules = new PageRules(List.of(" */shop/* ", ""), List.of("*"), 3, true, 20);
    assertThat(VisitRules.patterns(rules))
        .isEqualTo(new PageRules(List.of("*/shop/*"), List.of("*"), 3, true, 20));
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
      String field, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  private static void allowed(ThrowingCallable call) {
    assertThatCode(call).doesNotThrowAnyException();
  }

  private static void check(SiteAccess access) {
    VisitRules.check(VisitOptions.DEFAULT.but().access(access).build());
  }

  private static void check(Visitor visitor) {
    VisitRules.check(VisitOptions.DEFAULT.but().visitor(visitor).build());
  }

  private static SiteAccess basic(String password) {
    return access(List.of(), new BasicAuth("preview", password), List.of(), null);
  }

  private static SiteAccess header(String name, String value) {
    return access(List.of(new Header(name, value)), null, List.of(), null);
  }

  private static SiteAccess cookie(String name, String value) {
    return access(List.of(), null, List.of(new PresetCookie(name, value, null)), null);
  }

  private static SiteAccess proxy(String proxy) {
    return access(List.of(), null, List.of(), proxy);
  }

  private static SiteAccess access(
      List<Header> headers,
      @Nullable BasicAuth auth,
      List<PresetCookie> cookies,
      @Nullable String proxy) {
    return new SiteAccess(headers, auth, cookies, proxy);
  }
}
