package org.tagwarden.collector.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.checks.Check;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Examination;
import org.tagwarden.collector.checks.Failure;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.checks.Visited;

class FindingDiffTest {
  private static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");
  private static final int HERE = 1;
  private static final int ELSEWHERE = 2;
  private static final Check CHECK = new NamedCheck("some-check");

  @Test
  void a_failure_that_the_site_never_had_opens_a_finding() {
    FindingDiff diff =
        FindingDiff.of(List.of(), judged(true, failure("x", Severity.LOW)), FindingShowings.NONE);

    assertThat(diff.opened()).hasSize(1);
  }

  @Test
  void the_same_failure_again_changes_no_state() {
    FindingDiff diff =
        FindingDiff.of(
            List.of(open("x", Severity.LOW, HERE)),
            judged(true, failure("x", Severity.LOW)),
            FindingShowings.NONE);

    assertThat(diff.opened()).isEmpty();
    assertThat(diff.seen()).singleElement().matches(seen -> seen.change() == null);
    assertThat(diff.gone()).isEmpty();
  }

  @Test
  void a_higher_severity_worsens_it_and_a_lower_one_leaves_it() {
    FindingDiff worse =
        FindingDiff.of(
            List.of(open("x", Severity.LOW, HERE)),
            judged(true, failure("x", Severity.HIGH)),
            FindingShowings.NONE);
    FindingDiff milder =
        FindingDiff.of(
            List.of(open("x", Severity.HIGH, HERE)),
            judged(true, failure("x", Severity.LOW)),
            FindingShowings.NONE);

    assertThat(worse.seen())
        .singleElement()
        .matches(s -> s.change() == ChangeKind.WORSENED && s.severity() == Severity.HIGH);
    assertThat(milder.seen())
        .singleElement()
        .matches(s -> s.change() == null && s.severity() == Severity.HIGH)
        .as("it was another scan that said more")
        .matches(FindingDiff.Seen::newest);
  }

  @Test
  void what_the_graver_page_of_a_scan_says_stays_when_a_milder_one_follows() {
    KnownFinding grave = open("x", Severity.HIGH, ELSEWHERE);
    KnownFinding minuteAgo =
        new KnownFinding(
            grave.id(),
            grave.checkId(),
            grave.subject(),
            grave.severity(),
            true,
            grave.states(),
            NOW.minus(Duration.ofMinutes(1)),
            null,
            true);

    FindingDiff milder =
        FindingDiff.of(
            List.of(minuteAgo), judged(true, failure("x", Severity.LOW)), FindingShowings.NONE);
    FindingDiff same =
        FindingDiff.of(
            List.of(minuteAgo), judged(true, failure("x", Severity.HIGH)), FindingShowings.NONE);

    assertThat(milder.seen()).singleElement().matches(s -> !s.newest());
    assertThat(same.seen()).singleElement().matches(FindingDiff.Seen::newest);
  }

  @Test
  void a_page_that_lost_it_is_taken_off_and_the_last_one_resolves_it() {
    FindingDiff one =
        FindingDiff.of(
            List.of(open("x", Severity.LOW, HERE, ELSEWHERE)), judged(true), FindingShowings.NONE);
    FindingDiff last =
        FindingDiff.of(List.of(open("x", Severity.LOW, HERE)), judged(true), FindingShowings.NONE);

    assertThat(one.gone()).singleElement().matches(gone -> !gone.resolved());
    assertThat(last.gone()).singleElement().matches(FindingDiff.Gone::resolved);
  }

  @Test
  void a_page_without_it_says_nothing_about_other_pages() {
    FindingDiff diff =
        FindingDiff.of(
            List.of(open("x", Severity.LOW, ELSEWHERE)), judged(true), FindingShowings.NONE);

    assertThat(diff.gone()).isEmpty();
  }

  @Test
  void a_visit_that_was_cut_short_resolves_nothing() {
    FindingDiff diff =
        FindingDiff.of(List.of(open("x", Severity.LOW, HERE)), judged(false), FindingShowings.NONE);

    assertThat(diff.gone()).isEmpty();
  }

  @Test
  void a_check_that_broke_resolves_nothing() {
    Judgement broken =
        new Judgement(
            1,
            1,
            HERE,
            UUID.randomUUID(),
            NOW,
            NOW,
            new Examination(List.of(), List.of(), List.of()),
            Map.of(),
            true,
            null);

    assertThat(
            FindingDiff.of(List.of(open("x", Severity.LOW, HERE)), broken, FindingShowings.NONE)
                .gone())
        .isEmpty();
  }

  @Test
  void a_resolved_finding_that_is_back_is_reopened() {
    KnownFinding resolved = resolved("x", NOW.minus(Duration.ofDays(2)));

    FindingDiff diff =
        FindingDiff.of(
            List.of(resolved), judged(true, failure("x", Severity.MEDIUM)), FindingShowings.NONE);

    assertThat(diff.seen())
        .singleElement()
        .matches(s -> s.change() == ChangeKind.REOPENED && s.severity() == Severity.MEDIUM);
  }

  @Test
  void what_is_known_to_come_and_go_is_back_without_a_word() {
    KnownFinding resolved = resolved("x", NOW.minus(Duration.ofDays(2)));

    FindingDiff diff =
        FindingDiff.of(
            List.of(resolved),
            judged(true, failure("x", Severity.MEDIUM)),
            new FindingShowings(Set.of(), Set.of(resolved.id())));

    assertThat(diff.seen()).singleElement().matches(s -> s.change() == null);
  }

  @Test
  void a_visit_that_leaves_it_open_resolves_nothing() {
    KnownFinding open = open("x", Severity.LOW, HERE);

    FindingDiff diff =
        FindingDiff.of(
            List.of(open), judged(true), new FindingShowings(Set.of(open.id()), Set.of()));

    assertThat(diff.gone()).isEmpty();
  }

  @Test
  void a_late_report_does_not_bring_back_what_was_resolved_after_it() {
    KnownFinding resolved = resolved("x", NOW.plus(Duration.ofMinutes(5)));

    FindingDiff diff =
        FindingDiff.of(
            List.of(resolved), judged(false, failure("x", Severity.LOW)), FindingShowings.NONE);

    assertThat(diff.seen()).isEmpty();
    assertThat(diff.opened()).isEmpty();
  }

  private static KnownFinding open(String subject, Severity severity, Integer... pages) {
    Instant seen = NOW.minus(Duration.ofDays(1));
    return new KnownFinding(
        7, CHECK.id(), subject, severity, true, Set.of(pages), seen, null, true);
  }

  private static KnownFinding resolved(String subject, Instant at) {
    Instant seen = NOW.minus(Duration.ofDays(3));
    return new KnownFinding(7, CHECK.id(), subject, Severity.LOW, false, Set.of(), seen, at, true);
  }

  private static Failure failure(String subject, Severity severity) {
    return new Failure(subject, null, severity, "s", List.of("e"), "r");
  }

  private static Judgement judged(boolean mayResolve, Failure... failures) {
    List<CheckResult> results =
        List.of(failures).stream().map(failure -> new CheckResult(CHECK, failure)).toList();
    return new Judgement(
        1,
        1,
        HERE,
        UUID.randomUUID(),
        NOW,
        NOW,
        new Examination(List.of(CHECK), results, List.of()),
        Map.of(),
        mayResolve,
        null);
  }

  /** Stands for any check: the ledger only asks for its name. */
  private record NamedCheck(String id) implements Check {
    @Override
    public String title() {
      return id;
    }

    @Override
    public String whyItMatters() {
      return id;
    }

    @Override
    public Severity severity() {
      return Severity.LOW;
    }

    @Override
    public List<Failure> examine(Visited visited) {
      return List.of();
    }

    @Override
    public Visited example() {
      throw new UnsupportedOperationException("no example");
    }
  }
}
