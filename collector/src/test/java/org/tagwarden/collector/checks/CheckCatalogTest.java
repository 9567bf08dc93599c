package org.tagwarden.collector.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tagwarden.report.VisitOutcome;

class CheckCatalogTest {
  @Test
  void idsAreUniqueAndReadLikeIds() {
    assertThat(CheckCatalog.ALL)
        .extracting(Check::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
    assertThat(CheckCatalog.ALL).hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void aCleanVisitPassesEveryCheck() {
    Visited clean =
        ExampleVisit.clean()
            .script("https://www.shop.example/app.js", "boot();")
            .script("https://tags.approved.example/t.js", "tag();")
            .visited();
    Examination examination = CheckCatalog.examine(clean);
    assertThat(examination.results()).isEmpty();
    assertThat(examination.problems()).isEmpty();
    assertThat(examination.examined()).isEqualTo(CheckCatalog.ALL);
  }

  @TestFactory
  Stream<DynamicTest> everyExampleFailsItsOwnCheckOnceWithEvidenceAndRemedy() {
    return CheckCatalog.ALL.stream()
        .map(check -> DynamicTest.dynamicTest(check.id(), () -> assertExampleFails(check)));
  }

  private static void assertExampleFails(Check check) {
    List<Failure> failures = check.examine(check.example());
    assertThat(failures).hasSize(1);
    Failure failure = failures.get(0);
    assertThat(failure.severity()).isEqualTo(check.severity());
    assertThat(failure.summary()).endsWith(".");
    assertThat(failure.subject().split(" ")).anyMatch(failure.summary()::contains);
    assertThat(failure.evidence()).isNotEmpty().allMatch(line -> !line.isBlank());
    assertThat(failure.remedy()).endsWith(".");
    assertThat(check.whyItMatters()).endsWith(".");
  }

  @Test
  void aVisitThatFailedOrWasChallengedSaysNothingAboutItsSite() {
    for (VisitOutcome outcome : List.of(VisitOutcome.FAILED, VisitOutcome.CHALLENGED)) {
      Visited visited = ExampleVisit.clean().without("Content-Security-Policy").visited(outcome);
      Examination examination = CheckCatalog.examine(visited);
      assertThat(examination.results()).isEmpty();
      assertThat(examination.examined()).isEmpty();
    }
  }

  @Test
  void aVisitThatWasCutShortIsExamined() {
    Visited visited =
        ExampleVisit.clean().without("Referrer-Policy").visited(VisitOutcome.CUT_SHORT);
    assertThat(CheckCatalog.examine(visited).results()).hasSize(1);
  }

  @Test
  void aCheckThatBreaksHidesNoOthersResultAndIsNotCountedAsExamined() {
    Check broken = new BrokenExampleCheck();
    Check headers = new SecurityHeadersCheck();
    Examination examination =
        CheckCatalog.examine(
            ExampleVisit.clean().without("Referrer-Policy").visited(), List.of(broken, headers));
    assertThat(examination.results())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.check()).isSameAs(headers);
              assertThat(r.failure().subject()).isEqualTo("Referrer-Policy");
            });
    assertThat(examination.examined()).containsExactly(headers);
    assertThat(examination.problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.check()).isSameAs(broken);
              assertThat(p.cause()).hasMessage("a bug");
            });
  }

  private static final class BrokenExampleCheck implements Check {
    @Override
    public String id() {
      return "broken";
    }

    @Override
    public String title() {
      return "Broken";
    }

    @Override
    public String whyItMatters() {
      return "Never.";
    }

    @Override
    public Severity severity() {
      return Severity.LOW;
    }

    @Override
    public List<Failure> examine(Visited visited) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public Visited example() {
      return ExampleVisit.clean().visited();
    }
  }
}
