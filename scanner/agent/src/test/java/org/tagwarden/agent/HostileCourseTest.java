package org.tagwarden.agent;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.agent.traffic.OwnPorts;
import org.tagwarden.agent.traffic.TrafficLimits;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Observer;
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

  private static final String COURSE = "https://torture.example/";
  private static final String CDN = "https://cdn.torture-tags.example/";

  /**
   * How the visit of a page ends that fights its visitor.
   *
   * @param codes of its problems
   * @param request that it has sent all the same
   */
  private record Ending(VisitOutcome outcome, List<String> codes, String request) {}

  private static final Map<String, Ending> ENDINGS =
      Map.ofEntries(
          cutShort("never-idle", "settle-cap", CDN + "poll"),
          cutShort(
              "host-never-answering", "load-cap", "https://silent.torture-tags.example/tag.js"),
          complete("script-50-mb", "script-unreadable", CDN + "50-mb.js"),
          entry(
              COURSE + "endless-redirect",
              new Ending(
                  VisitOutcome.FAILED,
                  List.of("navigation-failed"),
                  COURSE + "endless-redirect?15")),
          complete("endless-redirect-pixel", "", "https://a.torture-tags.example/endless?15"),
          cutShort("spinning", "page-spins", COURSE + "spinning"),
          cutShort("tab-crash", "tab-crashed", COURSE + "tab-crash"),
          complete("popups", "popup-closed", COURSE + "own.json?popup-4"),
          complete("dialogs", "dialog-dismissed", CDN + "api?after-dialogs"),
          complete("permissions", "", CDN + "api?after-permissions"),
          complete("downloads", "", COURSE + "big.bin?4"),
          complete("navigates-away", "", "https://frames.torture-tags.example/inner?navigated"));

  /** Those that only the visit's cap ends. */
  private static final List<String> ENDLESS =
      List.of(COURSE + "never-idle", COURSE + "host-never-answering", COURSE + "spinning");

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
    assertThat(browserLogs())
        .isNotEmpty()
        .allSatisfy(log -> assertThat(log.length()).as("no page writes it").isLessThan(100_000));
  }

  private static List<File> browserLogs() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.endsWith("chromedriver.log")).map(Path::toFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyPageThatFightsItsVisitorEndsAsItShouldAndTheNextVisitGoesWell() {
    assertThat(playground.hostileUrls()).containsExactlyInAnyOrderElementsOf(ENDINGS.keySet());
    List<String> patient = new ArrayList<>(ENDINGS.keySet());
    patient.removeAll(ENDLESS);

    List<PageVisit> visits = new ArrayList<>(visit(ENDLESS, 10_000));
    visits.addAll(visit(patient, 30_000));
    assertThat(visits).extracting(PageVisit::page).hasSameElementsAs(ENDINGS.keySet());
    assertThat(visits).allSatisfy(HostileCourseTest::endsAsItShould);
    assertThat(Scans.visit(scan, SITE + "harmless", Scans.options(300, 1)).problems()).isEmpty();
  }

  private static List<PageVisit> visit(List<String> pages, long timeoutMs) {
    PageSet set = new PageSet(PageSet.Kind.LIST, pages, pages.size());
    List<VisitResult> results = Scans.scan(scan, set, Scans.options(2_000, 4, timeoutMs));
    results.forEach(r -> assertThat(r.visit().durationMs()).isLessThan(timeoutMs + 20_000));
    return results.stream().map(VisitResult::visit).toList();
  }

  private static void endsAsItShould(PageVisit visit) {
    Ending ending = ENDINGS.get(visit.page());
    String said = visit.page() + " " + problems(visit);
    assertThat(visit.outcome()).as(said).isEqualTo(ending.outcome);
    assertThat(visit.problems()).as(said).extracting(Problem::code).containsAll(ending.codes);
    if (ending.codes.isEmpty())
      assertThat(visit.problems()).as(said).extracting(Problem::code).isSubsetOf(LateFiring.CODE);
    assertThat(visit.requests())
        .as(visit.page())
        .extracting(CapturedRequest::url)
        .contains(ending.request);
  }

  @Test
  void aPageThatSendsMoreThanAVisitMayBringIsTurnedAwayAndTheVisitSaysSo() {
    ScannerSettings settings = Scans.settings(folder.resolve("limited"), playground);
    TrafficLimits limits = new TrafficLimits(100, 100, 1 << 20, 1 << 20);
    try (SiteScan limited = new SiteScan(settings, OwnPorts.withoutServer(), limits)) {
      PageVisit visit = Scans.visit(limited, SITE + "requests-flood", Scans.options(300, 1, 4_000));
      assertThat(visit.problems()).extracting(Problem::code).contains("too-many-requests");
      assertThat(visit.requests())
          .filteredOn(r -> r.seenBy().contains(Observer.PROXY))
          .hasSize(100);
    }
  }

  private static Map.Entry<String, Ending> complete(String page, String code, String request) {
    return entry(
        COURSE + page,
        new Ending(VisitOutcome.COMPLETE, code.isEmpty() ? List.of() : List.of(code), request));
  }

  private static Map.Entry<String, Ending> cutShort(String page, String code, String request) {
    return entry(COURSE + page, new Ending(VisitOutcome.CUT_SHORT, List.of(code), request));
  }

  private static String problems(PageVisit visit) {
    return visit.problems().stream().map(Problem::message).toList().toString();
  }
}
