package org.tagwarden.collector.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.governance.rules.Authorization.Term;
import org.tagwarden.collector.governance.rules.Behaviour;
import org.tagwarden.collector.governance.rules.Drift.Property;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.ScriptBehaviour;

class EnvelopeDriftCheckTest {
  private static final String SCRIPT = "https://replay.recorder.example/r.js";
  private final Check check = new EnvelopeDriftCheck();

  @Test
  void namesTheHostThatTheAuthorizationDoesNotAllow() {
    assertThat(check.examine(check.example()))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.subject()).isEqualTo("recorder hosts");
              assertThat(f.tagKey()).isEqualTo("recorder");
              assertThat(f.severity()).isEqualTo(Severity.HIGH);
              assertThat(f.summary())
                  .isEqualTo(
                      "Session recorder now contacts collect.stranger.example, which its authorization"
                          + " does not allow.");
              assertThat(f.evidence())
                  .contains("Allowed: *.recorder.example")
                  .anyMatch(line -> line.startsWith("Seen: GET https://collect.stranger.example/e"))
                  .contains("Authorized: product recorder, by Ida on 2026-03-02");
            });
  }

  @Test
  void aTagInsideItsEnvelopeAndOneWithoutLimitsAreLeftAlone() {
    Visited inside =
        EnvelopeDriftCheck.example(Set.of("*.recorder.example"), Set.of())
            .script(SCRIPT, "record();")
            .requestBy(2, "https://in.recorder.example/e", ResourceType.BEACON)
            .visited();
    assertThat(check.examine(inside)).isEmpty();
    Visited open =
        EnvelopeDriftCheck.example(null, null)
            .script(SCRIPT, "record();")
            .requestBy(2, "https://collect.stranger.example/e", ResourceType.BEACON)
            .visited();
    assertThat(check.examine(open)).isEmpty();
  }

  @Test
  void fieldsThatAreReadAreTheBehaviourAndNotAnythingElse() {
    Visited reads =
        EnvelopeDriftCheck.example(Set.of("*.recorder.example"), Set.of(Behaviour.STORAGE))
            .script(SCRIPT, "record();")
            .behaviour(ScriptBehaviour.Kind.FIELD_READ, "input name=email", SCRIPT)
            .behaviour(ScriptBehaviour.Kind.KEY_LISTENER, "keydown", SCRIPT)
            .behaviour(ScriptBehaviour.Kind.COOKIE_READ, "", SCRIPT)
            .visited();
    assertThat(check.examine(reads))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.subject()).isEqualTo("recorder form reading");
              assertThat(f.summary()).startsWith("Session recorder now reads form fields, ");
            });
  }

  @Test
  void firingWithoutConsentIsADriftWhereTheAuthorizationAsksForIt() {
    Envelope afterAccept =
        new Envelope(null, null, null, Set.of(ConsentState.ACCEPT), null, null, null, null);
    ExampleVisit early =
        ExampleVisit.clean()
            .tag("ads.network.example", "network", "Ad network", Category.ADVERTISING, "n-1")
            .authorized("network", afterAccept)
            .request("https://ads.network.example/a.gif", ResourceType.IMAGE)
            .choice(ConsentState.ACCEPT)
            .request("https://ads.network.example/b.gif", ResourceType.IMAGE);
    assertThat(check.examine(early.visited()))
        .extracting(Failure::summary)
        .containsExactly(
            "Ad network now fires before any choice, which its authorization does not allow.");
  }

  @Test
  void aTagThatNobodyApprovedIsNotToldTwiceAsAFourthPartyOfAnother() {
    Visited visited =
        ExampleVisit.clean()
            .tag("replay.recorder.example", "recorder", "Session recorder", Category.OTHER, "r")
            .authorized(
                "recorder",
                new Envelope(
                    Set.of("*.recorder.example"), Set.of(), null, null, null, null, null, null))
            .undecided("host:cdn.stranger.example")
            .script(SCRIPT, "record();")
            .requestBy(2, "https://cdn.stranger.example/x.js", ResourceType.SCRIPT)
            .visited();
    assertThat(new UnapprovedScriptCheck().examine(visited)).hasSize(1);
    assertThat(check.examine(visited)).isEmpty();
  }

  @Test
  void whatIsWorseOnPaymentPagesIsSaidSo() {
    for (Property property : Property.values()) {
      assertThat(EnvelopeDriftCheck.severity(property, true))
          .as(property.name())
          .isGreaterThan(EnvelopeDriftCheck.severity(property, false));
    }
    assertThat(EnvelopeDriftCheck.severity(Property.FORM_READING, true))
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void anExpiredApprovalIsOneFindingAndNotAnUnapprovedScriptBesides() {
    Check lapsed = new LapsedAuthorizationCheck();
    Visited expired = lapsed.example();
    assertThat(lapsed.examine(expired))
        .extracting(Failure::summary)
        .containsExactly(
            "The authorization of Ad network expired on 2026-02-28, and it still runs.");
    assertThat(new UnapprovedScriptCheck().examine(expired)).isEmpty();
  }

  @Test
  void anOverdueReviewIsALowFindingUntilSomebodyHasLooked() {
    Check lapsed = new LapsedAuthorizationCheck();
    assertThat(lapsed.examine(reviewBy(LocalDate.of(2026, 3, 1))))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.severity()).isEqualTo(Severity.LOW);
              assertThat(f.summary()).contains("was to be reviewed by 2026-03-01");
            });
    // The examples are visited on 2 March.
    assertThat(ExampleVisit.WHEN).isEqualTo(Instant.parse("2026-03-02T06:00:00Z"));
    assertThat(lapsed.examine(reviewBy(LocalDate.of(2026, 3, 2)))).isEmpty();
  }

  private static Visited reviewBy(LocalDate day) {
    return ExampleVisit.clean()
        .tag("ads.network.example", "network", "Ad network", Category.ADVERTISING, "n-1")
        .script("https://ads.network.example/n.js", "ads();")
        .authorized("network", new Term(null, day))
        .visited();
  }
}
