package org.tagwarden.collector.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Rules;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.report.Failure.Code;
import org.tagwarden.report.ResourceType;

class UnapprovedScriptCheckTest {
  private static final String URL = "https://tags.stranger.example/t.js?cb=1";
  private static final String KEY = "host:tags.stranger.example";
  private final Check check = new UnapprovedScriptCheck();

  @Test
  void anUndecidedScriptIsHighWithWhatItIsWhoLoadedItAndWhatItDid() {
    Visited visited =
        ExampleVisit.clean()
            .script(URL, "soup();")
            .requestBy(2, "https://collect.stranger.example/e", ResourceType.BEACON)
            .undecided(KEY)
            .visited();
    assertThat(check.examine(visited))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.subject()).isEqualTo("tags.stranger.example/t.js");
              assertThat(f.tagKey()).isEqualTo(KEY);
              assertThat(f.severity()).isEqualTo(Severity.HIGH);
              assertThat(f.evidence())
                  .contains("URL: " + URL)
                  .contains("SHA-256: " + ExampleVisit.hex("SHA-256", "soup();"))
                  .contains("Loaded by: the site itself (https://www.shop.example/)")
                  .contains("It contacted: collect.stranger.example");
            });
  }

  @Test
  void aRefusedScriptThatStillRunsIsCritical() {
    Visited visited = ExampleVisit.clean().script(URL, "soup();").refused(KEY).visited();
    assertThat(check.examine(visited))
        .extracting(Failure::severity)
        .containsExactly(Severity.CRITICAL);
  }

  @Test
  void aDecisionOnTheSingleScriptStandsAboveThatOnItsTag() {
    Visited visited = ExampleVisit.clean().script(URL, "soup();").undecided(KEY).visited();
    Subject script = Subject.script(ExampleVisit.hex("SHA-256", "soup();"));
    Subject tag = Subject.ofTag(KEY);
    assertThat(check.examine(with(visited, rule(script, Verdict.APPROVED)))).isEmpty();
    assertThat(
            check.examine(
                with(visited, rule(tag, Verdict.APPROVED), rule(script, Verdict.REFUSED))))
        .extracting(Failure::severity)
        .containsExactly(Severity.CRITICAL);
  }

  @Test
  void anApprovalOfTheVendorForAllSitesOfItsClientCounts() {
    Visited visited = ExampleVisit.clean().script(URL, "soup();").undecided(KEY).visited();
    Authorization everywhere =
        Rules.rule(
            new Scope(1, null, Scope.Pages.ALL),
            new Subject(Subject.Kind.VENDOR, "tags.stranger.example"),
            Verdict.APPROVED);
    assertThat(check.examine(with(visited, everywhere))).isEmpty();
  }

  @Test
  void aSharedHostIsSplitByUrlPatterns() {
    Visited visited =
        ExampleVisit.clean()
            .script("https://cdn.shared.example/npm/slider@11.0.2/slider.js", "slide();")
            .script("https://cdn.shared.example/gh/somebody/skimmer.js", "skim();")
            .undecided("host:cdn.shared.example")
            .visited();
    Subject slider = new Subject(Subject.Kind.URL, "cdn.shared.example/npm/slider@11*/");
    assertThat(check.examine(with(visited, rule(slider, Verdict.APPROVED))))
        .extracting(Failure::subject)
        .containsExactly("cdn.shared.example/gh/somebody/skimmer.js");
  }

  @Test
  void whatIsPendingCountsAsUnapprovedAndSaysWhoPutItOnHold() {
    Visited visited = ExampleVisit.clean().script(URL, "soup();").undecided(KEY).visited();
    assertThat(check.examine(with(visited, rule(Subject.ofTag(KEY), Verdict.PENDING))))
        .singleElement()
        .satisfies(
            f ->
                assertThat(f.evidence())
                    .contains(
                        "Decided: pending by Ida for host tags.stranger.example: Needed for sales."));
  }

  @Test
  void tenLoadsOfAScriptAreOneFailure() {
    ExampleVisit visit = ExampleVisit.clean().undecided(KEY);
    for (int i = 0; i < 10; i++) visit.script("https://tags.stranger.example/t.js?cb=" + i, "s();");
    assertThat(check.examine(visit.visited())).hasSize(1);
  }

  @Test
  void aScriptThatDidNotRunAnImageAndTheSitesOwnScriptAreNotReported() {
    Visited visited =
        ExampleVisit.clean()
            .failed("https://a.stranger.example/x.js", ResourceType.SCRIPT, Code.BLOCKED)
            .status("https://b.stranger.example/y.js", ResourceType.SCRIPT, 404)
            .status("https://c.stranger.example/z.js", ResourceType.SCRIPT, 302)
            .request("https://d.stranger.example/i.gif", ResourceType.IMAGE)
            .script("https://static.shop.example/own.js", "own();")
            .undecided("host:a.stranger.example")
            .undecided("host:b.stranger.example")
            .undecided("host:c.stranger.example")
            .undecided("host:d.stranger.example")
            .visited();
    assertThat(check.examine(visited)).isEmpty();
  }

  private static Authorization rule(Subject subject, Verdict verdict) {
    return Rules.rule(Scope.site(1, 1), subject, verdict);
  }

  private static Visited with(Visited visited, Authorization... authorizations) {
    return new Visited(
        visited.visit(),
        visited.recognition(),
        Authorizations.of(List.of(authorizations)),
        visited.scriptBody(),
        visited.judgedAt());
  }
}
