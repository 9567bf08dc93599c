package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;

/** Tags that fire late, and what the visit says about its settle time. */
@Tag("browser")
class SettleTest {
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
  void aPageThatIsLeftWhileItsTagsStillFireSaysSo() {
    // Tags at 1 and 3 seconds: the first one falls into the last half second.
    PageVisit visit =
        Scans.visit(scan, "https://torture.example/late-tags", Scans.options(1_200, 1));
    assertThat(visit.problems())
        .filteredOn(problem -> problem.code().equals("settle-short"))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("settle time shorter than the latest firing", "the settle time is 1200 ms");
  }

  @Test
  void aPageWhoseLastTagFiredLongBeforeTheEndSaysNothing() {
    PageVisit visit =
        Scans.visit(scan, "https://torture.example/late-tags", Scans.options(9_000, 1));
    assertThat(visit.problems()).extracting(Problem::code).doesNotContain("settle-short");
  }
}
