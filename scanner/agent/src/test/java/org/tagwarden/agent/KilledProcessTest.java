package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.tagwarden.fixtures.TestSideBySide;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.VisitOutcome;

/** kill -9 of everything that takes part in a visit, in its midst. */
@Tag("browser")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class KilledProcessTest {
  private static final String PAGES = "https://torture.example/late-tags?visit=";
  private static final String NEIGHBOUR = "https://hostile.example/harmless";

  /** The playground's log; the pages of most tests have an address of their own in it. */
  private static final String LOG = "the playground's log";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static @TempDir Path folder;
  private static Playground playground;
  private final int number = NUMBER.incrementAndGet();
  private final String page = PAGES + number;
  private final Path data = folder.resolve("scanner-" + number);
  private final SiteScan scan = new SiteScan(Scans.settings(data, playground));

  @BeforeAll
  static void start() throws Exception {
    playground = Playground.start(PlaygroundSettings.anyPorts(folder));
  }

  @AfterAll
  static void stop() {
    playground.close();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    scan.close();
    assertThat(programs(line -> line.contains(data + "/"))).isEmpty();
    Path profiles = data.resolve("profiles");
    if (Files.exists(profiles)) assertThat(profiles).isEmptyDirectory();
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void aVisitWhoseBrowserIsKilledIsDoneAgainInAnother() {
    CompletableFuture<PageVisit> visit = visiting(page, 2_000);
    awaitAsked(page, 1);
    kill(programs(browser()));

    PageVisit done = visit.join();
    assertThat(done.outcome()).isEqualTo(VisitOutcome.COMPLETE);
    assertThat(codes(done)).containsExactly("visited-again");
    assertThat(asked(page)).isEqualTo(2);
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void aBrowserThatIsKilledTwiceIsAProblemOfTheVisitAndTheNextOneGoesWell() {
    CompletableFuture<PageVisit> visit = visiting(page, 5_000);
    awaitAsked(page, 1);
    kill(programs(browser()));
    awaitAsked(page, 2);
    kill(programs(browser()));

    PageVisit done = visit.join();
    assertThat(done.outcome()).isIn(VisitOutcome.FAILED, VisitOutcome.CUT_SHORT);
    assertThat(codes(done)).containsExactly("visited-again", "browser-crashed");
    assertThat(done.requests()).isNotEmpty();
    assertThat(visiting(NEIGHBOUR, 300).join().outcome()).isEqualTo(VisitOutcome.COMPLETE);
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void aKilledDriverIsNotMissedByTheVisit() {
    CompletableFuture<PageVisit> visit = visiting(page, 2_000);
    awaitAsked(page, 1);
    kill(programs(line -> line.contains("chromedriver") && line.contains(data + "/")));

    PageVisit done = visit.join();
    assertThat(done.outcome()).isEqualTo(VisitOutcome.COMPLETE);
    assertThat(codes(done)).isEmpty();
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void aVisitWhoseNetworkProcessIsKilledIsDoneAgain() {
    CompletableFuture<PageVisit> visit = visiting(page, 2_000);
    awaitAsked(page, 1);
    kill(partsOfTheBrowser("--utility-sub-type=network.mojom.NetworkService"));

    PageVisit done = visit.join();
    assertThat(codes(done)).containsExactly("visited-again");
    assertThat(done.outcome()).isEqualTo(VisitOutcome.COMPLETE);
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void aKilledGpuProcessIsReplacedByTheBrowser() {
    CompletableFuture<PageVisit> visit = visiting(page, 2_000);
    awaitAsked(page, 1);
    kill(partsOfTheBrowser("--type=gpu-process"));

    assertThat(visit.join().outcome()).isEqualTo(VisitOutcome.COMPLETE);
  }

  @Test
  @ResourceLock(LOG)
  void aKilledTabCostsItsVisitOnly() {
    playground.clearLog();
    CompletableFuture<PageVisit> neighbour = visiting(NEIGHBOUR, 6_000);
    awaitAsked(NEIGHBOUR, 1);
    awaitAsked("https://hostile.example/seen.gif?from=script", 1);
    Set<Long> before = new HashSet<>();
    partsOfTheBrowser("--type=renderer").forEach(p -> before.add(p.pid()));
    CompletableFuture<PageVisit> visit = visiting(page, 8_000);
    awaitAsked("https://cdn.torture-tags.example/late.js?after=1000", 1);
    List<ProcessHandle> tabs =
        partsOfTheBrowser("--type=renderer").stream()
            .filter(p -> !before.contains(p.pid()))
            .toList();
    kill(tabs);

    PageVisit done = visit.join();
    assertThat(done.outcome()).isEqualTo(VisitOutcome.CUT_SHORT);
    assertThat(codes(done)).containsExactly("tab-crashed");
    PageVisit beside = neighbour.join();
    assertThat(beside.outcome()).isEqualTo(VisitOutcome.COMPLETE);
    assertThat(codes(beside)).isEmpty();
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void theBrowserLearnsNothingOfTheScannersEnvironmentThatItDoesNotNeed() throws Exception {
    CompletableFuture<PageVisit> visit = visiting(page, 1_000);
    awaitAsked(page, 1);
    Path environment = Path.of("/proc/" + programs(browser()).get(0).pid() + "/environ");
    List<String> known =
        List.of(Files.readString(environment, StandardCharsets.ISO_8859_1).split("\0", -1));
    visit.join();

    List<String> needed =
        List.of(
            "PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "FONTCONFIG_FILE");
    List<String> ofTheShell = List.of("PWD", "OLDPWD", "SHLVL", "_");
    assertThat(known).anyMatch(entry -> entry.startsWith("PATH="));
    System.getenv()
        .forEach(
            (name, value) -> {
              if (!needed.contains(name) && !ofTheShell.contains(name) && !value.isEmpty())
                assertThat(known.contains(name + "=" + value)).as(name).isFalse();
            });
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void aKilledScannerTakesItsBrowserAlongAndLeavesNoProfile() throws Exception {
    Path own = folder.resolve("killed-scanner");
    Process scanner = scannerProgram(own);
    try {
      while (asked(page) == 0) {
        assertThat(scanner.isAlive()).as(said(own)).isTrue();
        pause();
      }
      List<ProcessHandle> started = scanner.descendants().toList();
      assertThat(started).hasSizeGreaterThan(5);
      scanner.destroyForcibly(); // kill -9
      for (ProcessHandle process : started) process.onExit().get(20, TimeUnit.SECONDS);
    } finally {
      scanner.destroyForcibly();
    }
    try (Stream<Path> profiles = Files.list(own.resolve("profiles"))) {
      assertThat(profiles).isEmpty();
    }
  }

  private Process scannerProgram(Path own) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "capture",
                page,
                "--settle-ms=30000",
                "--out=" + folder,
                "--data=" + own,
                "--cacert=" + playground.caCertificate()));
    playground.connectTo().forEach(to -> command.add("--connect-to=" + to));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(own.resolveSibling("killed-scanner.log").toFile())
        .start();
  }

  private static String said(Path own) throws IOException {
    return Files.readString(own.resolveSibling("killed-scanner.log"));
  }

  private CompletableFuture<PageVisit> visiting(String url, long settleMs) {
    return CompletableFuture.supplyAsync(() -> Scans.visit(scan, url, Scans.options(settleMs, 1)));
  }

  private static long asked(String url) {
    return playground.log().stream().filter(r -> r.url().equals(url)).count();
  }

  private static void awaitAsked(String url, int times) {
    while (asked(url) < times) pause();
  }

  /** The request log tells nobody when it grows. */
  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException("The test was stopped", e);
    }
  }

  private static void kill(List<ProcessHandle> processes) {
    assertThat(processes).isNotEmpty();
    processes.forEach(ProcessHandle::destroyForcibly);
  }

  private Predicate<String> browser() {
    return line -> line.contains("--user-data-dir=" + data + "/") && !line.contains("--type=");
  }

  private List<ProcessHandle> partsOfTheBrowser(String flag) {
    return programs(browser()).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(p -> commandLine(p).contains(flag))
        .toList();
  }

  private static List<ProcessHandle> programs(Predicate<String> commandLine) {
    return ProcessHandle.allProcesses().filter(p -> commandLine.test(commandLine(p))).toList();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      Path file = Path.of("/proc/" + process.pid() + "/cmdline");
      return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (IOException e) {
      return ""; // ended meanwhile
    }
  }

  /** But for late firings, which the page is made of: on a busy machine they come later still. */
  private static List<String> codes(PageVisit visit) {
    return visit.problems().stream()
        .map(Problem::code)
        .filter(code -> !code.equals(LateFiring.CODE))
        .toList();
  }
}
