package org.tagwarden.collector.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.Failure.Code;
import org.tagwarden.report.PageElement;
import org.tagwarden.report.ResourceType;

/** Headers, content policy, cookies, certificate, failing hosts. */
class SiteChecksTest {
  private final Check headers = new SecurityHeadersCheck();

  @Test
  void everyMissingHeaderIsAFailureOfItsOwn() {
    ExampleVisit bare = ExampleVisit.clean();
    for (String name :
        List.of(
            "Content-Security-Policy",
            "Strict-Transport-Security",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy")) {
      bare.without(name);
    }
    assertThat(headers.examine(bare.visited()))
        .extracting(Failure::subject)
        .containsExactly(
            "Content-Security-Policy",
            "Strict-Transport-Security",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy");
  }

  @Test
  void aMetaElementSetsPolicyAndReferrerToo() {
    Visited visited =
        ExampleVisit.clean()
            .without("Content-Security-Policy")
            .without("Referrer-Policy")
            .element(meta("http-equiv", "Content-Security-Policy", "script-src 'self'"))
            .element(meta("name", "referrer", "no-referrer"))
            .visited();
    assertThat(headers.examine(visited)).isEmpty();
  }

  @Test
  void frameAncestorsStandInForXFrameOptions() {
    assertThat(headers.examine(ExampleVisit.clean().without("X-Frame-Options").visited()))
        .isEmpty();
  }

  @Test
  void transportSecurityIsAskedOfSecurePagesOnlyAndForHalfAYear() {
    ExampleVisit plain = ExampleVisit.clean().page("http://www.shop.example/");
    assertThat(headers.examine(plain.without("Strict-Transport-Security").visited())).isEmpty();
    Visited brief =
        ExampleVisit.clean()
            .without("Strict-Transport-Security")
            .header("Strict-Transport-Security", "max-age=300")
            .visited();
    assertThat(headers.examine(brief)).extracting(Failure::severity).containsExactly(Severity.LOW);
  }

  @Test
  void aPolicyThatLetsAnyScriptInIsWeak() {
    assertThat(policy("script-src 'self' 'unsafe-inline'")).hasSize(1);
    assertThat(policy("default-src *")).hasSize(1);
    assertThat(policy("img-src 'self'")).hasSize(1);
    assertThat(policy("script-src https: 'unsafe-eval'"))
        .singleElement()
        .satisfies(
            f ->
                assertThat(f.evidence())
                    .contains(
                        "script-src allows any https: source.", "script-src has 'unsafe-eval'."));
  }

  @Test
  void aPolicyByNonceOrByHostIsStrong() {
    assertThat(policy("script-src 'nonce-r4nd' 'strict-dynamic' 'unsafe-inline' https:")).isEmpty();
    assertThat(policy("default-src 'self'; script-src 'self' cdn.shop.example")).isEmpty();
    assertThat(policy("script-src *, script-src 'self'")).isEmpty();
  }

  @Test
  void aPolicyThatNobodyCanReadIsWeakAndBreaksNothing() {
    assertThat(policy("scripts nur von uns – bitte; ;;,")).hasSize(1);
  }

  @Test
  void cookiesAreJudgedByTheirFlags() {
    assertThat(cookie("theme", true, false, "Lax", 1)).isEmpty();
    assertThat(cookie("theme", false, false, "Lax", 1)).containsExactly(Severity.LOW);
    assertThat(cookie("id", false, false, "None", 1)).containsExactly(Severity.MEDIUM);
    assertThat(cookie("PHPSESSID", true, true, "Lax", 1)).isEmpty();
    assertThat(cookie("PHPSESSID", true, false, "Lax", 1)).containsExactly(Severity.MEDIUM);
    assertThat(cookie("sid", false, true, "Lax", 1)).containsExactly(Severity.MEDIUM);
    assertThat(cookie("csrf_token", true, false, "Lax", 1)).isEmpty();
    assertThat(cookie("_hjSession_1", true, false, "Lax", null)).isEmpty();
  }

  @Test
  void generatedPartsOfACookiesNameAreNotPartOfTheSubject() {
    Visited visited =
        ExampleVisit.clean()
            .cookie(made("_hjSession_1234567", false, false, "Lax", null))
            .cookie(made("_hjSession_7654321", false, false, "Lax", null))
            .visited();
    assertThat(new CookieFlagsCheck().examine(visited)).hasSize(1);
  }

  @Test
  void certificatesAreJudgedByTheTimeLeft() {
    assertThat(certificate(Duration.ofDays(31), true)).isEmpty();
    assertThat(certificate(Duration.ofDays(29), true)).containsExactly(Severity.MEDIUM);
    assertThat(certificate(Duration.ofDays(6), true)).containsExactly(Severity.HIGH);
    assertThat(certificate(Duration.ofHours(-1), true)).containsExactly(Severity.CRITICAL);
    assertThat(certificate(Duration.ofDays(300), false)).containsExactly(Severity.CRITICAL);
  }

  @Test
  void aThirdPartyHostThatNeverAnswersIsReportedOnce() {
    for (Code code : List.of(Code.DNS, Code.REFUSED, Code.TIMEOUT, Code.TLS, Code.RESET)) {
      Visited visited =
          ExampleVisit.clean()
              .failed("https://gone.vendor.example/a.gif", ResourceType.IMAGE, code)
              .failed("https://gone.vendor.example/b.gif", ResourceType.IMAGE, code)
              .visited();
      assertThat(new FailingHostCheck().examine(visited))
          .extracting(Failure::subject)
          .containsExactly("gone.vendor.example");
    }
    Visited broken =
        ExampleVisit.clean()
            .status("https://ill.vendor.example/a.js", ResourceType.SCRIPT, 503)
            .visited();
    assertThat(new FailingHostCheck().examine(broken)).hasSize(1);
  }

  @Test
  void aHostThatAnswersSomethingOrWasCancelledOrIsTheSitesOwnIsNotReported() {
    Visited visited =
        ExampleVisit.clean()
            .failed("https://flaky.vendor.example/a.gif", ResourceType.IMAGE, Code.TIMEOUT)
            .request("https://flaky.vendor.example/b.gif", ResourceType.IMAGE)
            .failed("https://slow.vendor.example/a.gif", ResourceType.IMAGE, Code.CANCELLED)
            .failed("https://img.shop.example/a.gif", ResourceType.IMAGE, Code.DNS)
            .visited();
    assertThat(new FailingHostCheck().examine(visited)).isEmpty();
  }

  private static List<Failure> policy(String value) {
    return new ContentPolicyCheck()
        .examine(
            ExampleVisit.clean()
                .without("Content-Security-Policy")
                .header("Content-Security-Policy", value)
                .visited());
  }

  private static List<Severity> certificate(Duration left, boolean trusted) {
    Visited visited =
        ExampleVisit.clean().certificate(ExampleVisit.WHEN.plus(left), trusted).visited();
    return new CertificateCheck().examine(visited).stream().map(Failure::severity).toList();
  }

  private static List<Severity> cookie(
      String name, boolean secure, boolean httpOnly, String sameSite, @Nullable Integer request) {
    Visited visited =
        ExampleVisit.clean().cookie(made(name, secure, httpOnly, sameSite, request)).visited();
    return new CookieFlagsCheck().examine(visited).stream().map(Failure::severity).toList();
  }

  private static CapturedCookie made(
      String name, boolean secure, boolean httpOnly, String sameSite, @Nullable Integer request) {
    return new CapturedCookie(
        name,
        ".shop.example",
        "/",
        "00",
        secure,
        httpOnly,
        sameSite,
        false,
        null,
        request,
        null,
        ConsentPhase.BEFORE_CHOICE);
  }

  private static PageElement meta(String attribute, String name, String content) {
    return new PageElement("meta", null, Map.of(attribute, name, "content", content), "main");
  }
}
