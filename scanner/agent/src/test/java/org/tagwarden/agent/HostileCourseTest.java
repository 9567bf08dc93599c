package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.VisitOutcome;

/**
 * A short endurance run over pages that mean harm, three side by side, and a harmless page beside
 * them all the time. The long one is {@code scripts/bench endurance}.
 */
@Tag("browser")
class HostileCourseTest {
  private static final String SITE = "https://hostile.example/";
  private static final long TIMEOUT_MS = 8_000;

  /** On two busy cores; a visit that nothing bounds would last until its page tires. */
  private static final long LONGEST_MS = TIMEOUT_MS + 20_000;

  /** Pages that cannot be visited to the end, and what the visit says of it. */
  private static final List<String> TROUBLE =
      List.of(
          "spin-early",
          "spin-late",
          "spin-microtasks",
          "dialogs-endless",
          "popups-endless",
          "redirect-endless",
          "redirect-growing",
          "endless-download",
          "endless-page",
          "scripts-flood",
          "sync-xhr",
          "never-answered",
          "never");

  /** Pages that may come to rest in time, or may not. */
  private static final List<String> BURDEN =
      List.of(
          "workers-flood",
          "frames-deep",
          "spin-frame",
          "console-flood",
          "debugger-flood",
          "stream-endless");

  private static @TempDir Path folder;
  private static Playground playground;
  private static SiteScan scan;

  @BeforeAll
  static void start() throws Exception {
    playground = Playground.start(PlaygroundSettings.anyPorts(folder));
    scan = new SiteScan(Scans.settings(folder.resolve("scanner"), playground));
  }

  @AfterAll
  static void stop() {
    scan.close();
    playground.close();
  }

  @Test
  void everyHostileVisitEndsInTimeSaysWhatHappenedAndLeavesItsNeighboursAlone() {
    List<String> pages =
        Stream.concat(TROUBLE.stream(), BURDEN.stream()).map(p -> SITE + p).toList();
    CompletableFuture<List<VisitResult>> hostile =
        CompletableFuture.supplyAsync(
            () ->
                Scans.scan(
                    scan,
                    new PageSet(PageSet.Kind.LIST, pages, pages.size()),
                    Scans.options(300, 3, TIMEOUT_MS)));
    int neighbours = 0;
    for (; !hostile.isDone(); neighbours++) {
      PageVisit beside = Scans.visit(scan, SITE + "harmless", Scans.options(300, 1, 60_000));
      assertThat(beside.outcome()).as(problems(beside)).isEqualTo(VisitOutcome.COMPLETE);
      assertThat(beside.requests())
          .extracting(CapturedRequest::url)
          .contains(SITE + "seen.gif?from=script");
    }
    assertThat(neighbours).isGreaterThan(3);
    List<PageVisit> visits = hostile.join().stream().map(VisitResult::visit).toList();
    assertThat(visits).extracting(PageVisit::page).containsExactlyInAnyOrderElementsOf(pages);
    assertThat(visits)
        .allSatisfy(
            visit ->
                assertThat(visit.durationMs())
                    .as(visit.page() + " " + problems(visit))
                    .isLessThan(LONGEST_MS));
    assertThat(visits)
        .filteredOn(visit -> TROUBLE.contains(visit.page().substring(SITE.length())))
        .allSatisfy(visit -> assertThat(visit.problems()).as(visit.page()).isNotEmpty());
  }

  private static String problems(PageVisit visit) {
    return visit.problems().stream().map(Problem::message).toList().toString();
  }
}
