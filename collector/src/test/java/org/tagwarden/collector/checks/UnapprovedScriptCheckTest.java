package org.tagwarden.collector.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
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
    Visited visited = ExampleVisit.clean().script(URL, "soup();").visited();
    String hash = ExampleVisit.hex("SHA-256", "soup();");
    assertThat(check.examine(with(visited, new Decisions(Map.of(), Set.of(hash), Set.of()))))
        .isEmpty();
    Decisions refused =
        new Decisions(Map.of(KEY, Decisions.State.APPROVED), Set.of(), Set.of(hash));
    assertThat(check.examine(with(visited, refused))).hasSize(1);
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

  private static Visited with(Visited visited, Decisions decisions) {
    return new Visited(
        visited.visit(),
        visited.recognition(),
        decisions,
        visited.scriptBody(),
        visited.judgedAt());
  }
}
