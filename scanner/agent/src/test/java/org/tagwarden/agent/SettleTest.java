package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tagwarden.fixtures.TestSideBySide;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.VisitOptions;

/** Tags that fire late, and what the visit says about its settle time. */
@Tag("browser")
class SettleTest {
  @RegisterExtension static final SharedScan there = new SharedScan();

  @TestSideBySide
  void aPageThatIsLeftWhileItsTagsStillFireSaysSo() {
    // The first tag falls into the last half second.
    PageVisit visit = visit(1_200);
    assertThat(visit.problems())
        .filteredOn(problem -> problem.code().equals("settle-short"))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("settle time shorter than the latest firing", "the settle time is 1200 ms");
  }

  @TestSideBySide
  void aTagThatComesThreeSecondsLateIsSeenInTheUsualTime() {
    assertThat(visit(VisitOptions.DEFAULT.settleMs()).requests())
        .anySatisfy(r -> assertThat(r.startMs()).isGreaterThan(2_900));
  }

  @TestSideBySide
  void aPageWhoseLastTagFiredLongBeforeTheEndSaysNothing() {
    assertThat(visit(7_000).problems()).extracting(Problem::code).doesNotContain("settle-short");
  }

  /** Of a page with tags at one and at three seconds. */
  private static PageVisit visit(long settleMs) {
    return there.visit("https://torture.example/late-tags", Scans.options(settleMs, 1));
  }
}
