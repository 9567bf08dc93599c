package org.tagwarden.collector.governance.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.governance.rules.Activity.FourthParty;
import org.tagwarden.collector.governance.rules.Drift.Property;
import org.tagwarden.report.ConsentState;

class DriftTest {
  private static final String PAGE = "https://shop.example/cart?step=2";

  private static final Activity SEEN =
      activity(
          Map.of("static.hotjar.com", "GET https://static.hotjar.com/c.js at 10 ms"),
          Map.of("_hjSession_*", Duration.ofMinutes(30).plusSeconds(2)),
          Map.of(ConsentState.ACCEPT, "GET https://static.hotjar.com/c.js at 10 ms"),
          40_000,
          4,
          Map.of(Behaviour.STORAGE, List.of("Local of https://shop.example: _hj")));

  private static final Envelope FITS = AsSeen.of(List.of(SEEN), 40);

  @Test
  void whatWasSeenNeverDriftsFromWhatWasApprovedAsSeen() {
    assertThat(drifts(FITS, SEEN)).isEmpty();
    assertThat(FITS.hosts()).containsExactly("*.hotjar.com");
    assertThat(FITS.cookies()).containsExactly(Map.entry("_hjSession_*", Duration.ofHours(1)));
    assertThat(FITS.consents()).containsExactly(ConsentState.ACCEPT);
    assertThat(FITS.pages()).containsExactly("/cart");
    assertThat(FITS.mostBytes()).isEqualTo(80_000);
    assertThat(FITS.mostRequests()).isEqualTo(8);
    assertThat(FITS.behaviours()).containsExactly(Behaviour.STORAGE);
  }

  @Test
  void pagesAreNotLimitedWhereTheTagRunsOnMostOfThem() {
    assertThat(AsSeen.of(List.of(SEEN), 2).pages()).isNull();
  }

  @Test
  void anEnvelopeWithoutPartsLimitsNothing() {
    assertThat(drifts(Envelope.OPEN, SEEN)).isEmpty();
    assertThat(Envelope.OPEN.isOpen()).isTrue();
  }

  @Test
  void aNewHostIsOneDriftThatNamesItWithWhatIsAllowedAndWhatWasSeen() {
    Map<String, String> hosts = new LinkedHashMap<>(SEEN.hosts());
    hosts.put("x.example", "POST https://x.example/e at 900 ms");
    Activity seen = activity(hosts, SEEN.cookies(), SEEN.consents(), 40_000, 4, SEEN.behaviours());
    assertThat(drifts(FITS, seen))
        .containsExactly(
            new Drift(
                Property.HOSTS,
                "now contacts x.example",
                "*.hotjar.com",
                List.of("POST https://x.example/e at 900 ms"),
                List.of("x.example")));
  }

  @Test
  void eachPropertyThatIsLeftIsADriftOfItsOwn() {
    Activity wild =
        new Activity(
            Map.of("x.example", "GET https://x.example/ at 1 ms"),
            Map.of(new FourthParty("adnet", "Ad net", "Ad net", "ads.example"), "It loaded Ad net"),
            Map.of("uid", Duration.ofDays(30), "_hjSession_*", Duration.ofDays(400)),
            Map.of(ConsentState.NONE, "GET https://x.example/ at 1 ms"),
            "https://shop.example/other",
            900_000,
            90,
            Map.of(
                Behaviour.FORM_READING, List.of("Field read: card-number"),
                Behaviour.FINGERPRINTING, List.of("Canvas read"),
                Behaviour.DEVICE, List.of("Clipboard")));
    assertThat(drifts(FITS, wild))
        .extracting(Drift::property)
        .containsExactlyInAnyOrder(
            Property.HOSTS,
            Property.FOURTH_PARTIES,
            Property.COOKIES,
            Property.COOKIE_LIFETIME,
            Property.CONSENT,
            Property.PAGES,
            Property.BYTES,
            Property.REQUESTS,
            Property.FORM_READING,
            Property.FINGERPRINTING,
            Property.DEVICE);
    assertThat(drifts(FITS, wild))
        .extracting(Drift::says)
        .contains(
            "now brings in Ad net",
            "now sets the cookie uid",
            "now keeps the cookie _hjSession_* for 400 days",
            "now fires before any choice",
            "now runs on /other",
            "now moves 900 kB on a visit",
            "now sends 90 requests on a visit",
            "now reads form fields");
  }

  @Test
  void aFourthPartyMayBeAllowedByItsKeyItsVendorOrItsHost() {
    FourthParty other = new FourthParty("adnet", "Ad Net Inc.", "Ad net", "px.ads.example");
    for (String allowed : List.of("adnet", "ad net inc.", "px.ads.example", "*.ads.example")) {
      assertThat(brings(allowed).allowsFourthParty(other)).as(allowed).isTrue();
    }
    assertThat(brings("other").allowsFourthParty(other)).isFalse();
  }

  @Test
  void whatIsWrongWithAnEnvelopeIsSaidWithItsField() {
    assertThatThrownBy(() -> hosts("https://x.example/path"))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.field()).isEqualTo("hosts"))
        .hasMessageContaining("is no host");
    assertThatThrownBy(() -> Lifetime.parse("a year")).hasMessageContaining("write session, 30m");
    assertThat(Lifetime.parse("session")).isZero();
    for (String life : List.of("session", "90s", "30m", "12h", "365d")) {
      assertThat(Lifetime.text(Lifetime.parse(life))).isEqualTo(life);
    }
  }

  private static List<Drift> drifts(Envelope envelope, Activity activity) {
    return Drift.of(envelope, activity, other -> true);
  }

  private static Envelope brings(String entry) {
    return new Envelope(null, Set.of(entry), null, null, null, null, null, null);
  }

  private static Envelope hosts(String host) {
    return new Envelope(Set.of(host), null, null, null, null, null, null, null);
  }

  private static Activity activity(
      Map<String, String> hosts,
      Map<String, Duration> cookies,
      Map<ConsentState, String> consents,
      long bytes,
      int requests,
      Map<Behaviour, List<String>> behaviours) {
    return new Activity(hosts, Map.of(), cookies, consents, PAGE, bytes, requests, behaviours);
  }
}
