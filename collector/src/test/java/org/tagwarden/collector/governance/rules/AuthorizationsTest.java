package org.tagwarden.collector.governance.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.governance.rules.Rules.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.governance.rules.Authorization.Term;
import org.tagwarden.collector.governance.rules.Subject.Kind;

class AuthorizationsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");
  private static final String SHA = "ab".repeat(32);
  private static final Scope SITE = Scope.site(1, 7);
  private static final Scope CLIENT = new Scope(1, null, Scope.Pages.ALL);
  private static final Scope PAYMENT = new Scope(1, 7, Scope.Pages.PAYMENT);

  private static final Occurrence SCRIPT =
      new Occurrence("Hotjar", "hotjar", "https://static.hotjar.com/c/hotjar-123.js?sv=7", SHA);

  @Test
  void nobodyDecidedAboutWhatNoAuthorizationIsAbout() {
    Authorizations all =
        Authorizations.of(
            List.of(rule(SITE, new Subject(Kind.PRODUCT, "other"), Verdict.APPROVED)));
    assertThat(all.rule(SCRIPT, false, NOW)).isEqualTo(Ruling.NONE);
    assertThat(all.rule(SCRIPT, false, NOW).verdict()).isNull();
  }

  @Test
  void theMoreSpecificSubjectDecidesInWhateverOrderTheyCome() {
    List<Authorization> fromGeneralToSpecial =
        List.of(
            rule(SITE, new Subject(Kind.VENDOR, "hotjar"), Verdict.APPROVED),
            rule(SITE, new Subject(Kind.PRODUCT, "hotjar"), Verdict.REFUSED),
            rule(SITE, new Subject(Kind.HOST, "*.hotjar.com"), Verdict.APPROVED),
            rule(SITE, new Subject(Kind.HOST, "static.hotjar.com"), Verdict.REFUSED),
            rule(SITE, new Subject(Kind.URL, "static.hotjar.com/c/"), Verdict.APPROVED),
            rule(SITE, new Subject(Kind.URL, "static.hotjar.com/c/hotjar-*.js"), Verdict.REFUSED),
            rule(SITE, Subject.script(SHA), Verdict.APPROVED));
    Random random = new Random(4);
    for (int known = 1; known <= fromGeneralToSpecial.size(); known++) {
      List<Authorization> some = new ArrayList<>(fromGeneralToSpecial.subList(0, known));
      Collections.shuffle(some, random);
      assertThat(Authorizations.of(some).rule(SCRIPT, false, NOW).deciding())
          .isEqualTo(fromGeneralToSpecial.get(known - 1));
    }
  }

  @Test
  void paymentPagesGoBeforeAllPagesAndTheSiteBeforeItsClient() {
    Subject product = new Subject(Kind.PRODUCT, "hotjar");
    Authorization client = rule(CLIENT, product, Verdict.APPROVED);
    Authorization site = rule(SITE, product, Verdict.REFUSED);
    Authorization clientsPayment =
        rule(new Scope(1, null, Scope.Pages.PAYMENT), product, Verdict.APPROVED);
    Authorization payment = rule(PAYMENT, product, Verdict.REFUSED);
    Authorizations all = Authorizations.of(List.of(client, payment, site, clientsPayment));

    assertThat(all.rule(SCRIPT, false, NOW).deciding()).isEqualTo(site);
    assertThat(all.rule(SCRIPT, true, NOW).deciding()).isEqualTo(payment);
    assertThat(
            Authorizations.of(List.of(client, site, clientsPayment))
                .rule(SCRIPT, true, NOW)
                .deciding())
        .isEqualTo(clientsPayment);
  }

  @Test
  void amongEqualsARefusalBeatsAnApproval() {
    Authorization approved =
        rule(SITE, new Subject(Kind.URL, "static.hotjar.com/c/*.js"), Verdict.APPROVED);
    Authorization equal =
        rule(SITE, new Subject(Kind.URL, "static.hotjar.com/c/h*js"), Verdict.REFUSED);
    Authorization wider =
        rule(SITE, new Subject(Kind.URL, "static.hotjar.com/c/*js"), Verdict.REFUSED);
    assertThat(approved.subject().specificity()).isEqualTo(equal.subject().specificity());
    assertThat(Authorizations.of(List.of(approved, equal)).rule(SCRIPT, false, NOW).refused())
        .isTrue();
    assertThat(Authorizations.of(List.of(wider, approved)).rule(SCRIPT, false, NOW).approved())
        .isTrue();
  }

  @Test
  void whatHasExpiredCountsNoMoreFromTheDayAfterItsLast() {
    Subject product = new Subject(Kind.PRODUCT, "hotjar");
    Authorization vendor = rule(SITE, new Subject(Kind.VENDOR, "Hotjar"), Verdict.REFUSED);
    Authorization forFebruary =
        rule(
            SITE,
            product,
            Verdict.APPROVED,
            new Term(LocalDate.of(2026, 2, 28), null),
            Envelope.OPEN);
    Authorizations alone = Authorizations.of(List.of(forFebruary));
    Instant lastMinute = Instant.parse("2026-02-28T23:59:59Z");

    assertThat(alone.rule(SCRIPT, false, lastMinute).approved()).isTrue();
    Ruling after = alone.rule(SCRIPT, false, lastMinute.plusSeconds(1));
    assertThat(after.approved()).isFalse();
    assertThat(after.approvalLapsed()).isTrue();
    assertThat(after.lapsed()).isEqualTo(forFebruary);

    Ruling behind = Authorizations.of(List.of(forFebruary, vendor)).rule(SCRIPT, false, NOW);
    assertThat(behind.refused()).isTrue();
    assertThat(behind.approvalLapsed()).isFalse();
  }

  @Test
  void anUnknownTagIsKnownByItsHostWhereverItsRequestsGo() {
    Occurrence beacon =
        new Occurrence(
            "tags.unheard.example",
            "host:tags.unheard.example",
            "https://collect.unheard.example/e",
            null);
    Authorization exact = rule(SITE, Subject.ofTag("host:tags.unheard.example"), Verdict.APPROVED);
    Authorization other =
        rule(SITE, new Subject(Kind.HOST, "collect.unheard.example"), Verdict.REFUSED);
    assertThat(Authorizations.of(List.of(exact)).rule(beacon, false, NOW).approved()).isTrue();
    assertThat(Authorizations.of(List.of(exact, other)).rule(beacon, false, NOW).refused())
        .isTrue();
    assertThat(
            Authorizations.of(List.of(exact))
                .rule(
                    new Occurrence("tags.unheard.example", "host:tags.unheard.example", null, null),
                    false,
                    NOW)
                .approved())
        .isTrue();
  }

  @Test
  void aDomainCoversItselfAndWhatIsBelowItButNoLookAlike() {
    Authorizations all =
        Authorizations.of(
            List.of(rule(SITE, new Subject(Kind.HOST, "*.hotjar.com"), Verdict.APPROVED)));
    assertThat(all.rule(at("https://hotjar.com/a.js"), false, NOW).approved()).isTrue();
    assertThat(all.rule(at("https://a.b.hotjar.com/a.js"), false, NOW).approved()).isTrue();
    assertThat(all.rule(at("https://nothotjar.com/a.js"), false, NOW).approved()).isFalse();
    assertThat(all.rule(at("https://hotjar.com.evil.example/a.js"), false, NOW).approved())
        .isFalse();
  }

  @Test
  void aUrlPatternLooksAtHostAndPathAndNotAtTheQuery() {
    Authorizations all =
        Authorizations.of(
            List.of(
                rule(
                    SITE,
                    new Subject(Kind.URL, "https://cdn.shared.example/npm/slider@11*/"),
                    Verdict.APPROVED)));
    assertThat(
            all.rule(at("https://cdn.shared.example/npm/slider@11.2/x.js?v=1"), false, NOW)
                .approved())
        .isTrue();
    assertThat(
            all.rule(at("https://cdn.shared.example/npm/slider@12.0/x.js"), false, NOW).approved())
        .isFalse();
    assertThat(
            all.rule(at("https://evil.example/?cdn.shared.example/npm/slider@11/"), false, NOW)
                .approved())
        .isFalse();
    assertThat(all.rule(at("https://cdn.shared.example/?/npm/slider@11/"), false, NOW).approved())
        .isFalse();
  }

  private static Occurrence at(String url) {
    return new Occurrence("V", "v", url, null);
  }
}
