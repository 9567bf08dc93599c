package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.playground.ServedRequest;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.VisitOutcome;

/** Pages that look for the traces of other visits, and that try to fill the scanner's disk. */
@Tag("browser")
class HostileStorageTest {
  private static final String ALL =
      "cookie+localStorage+indexedDB+caches+files+serviceWorker+sharedWorker";

  private static @TempDir Path folder;
  private static Playground playground;
  private static Path data;
  private static SiteScan scan;

  @BeforeAll
  static void start() throws Exception {
    playground = Playground.start(PlaygroundSettings.anyPorts(folder));
    data = folder.resolve("scanner");
    scan = new SiteScan(Scans.settings(data, playground));
  }

  @AfterAll
  static void stop() {
    scan.close();
    playground.close();
  }

  @Test
  void noVisitSeesAnythingOfAnotherWhetherBesideItOrBefore() {
    String page = "https://hostile.example/isolation";
    CompletableFuture<PageVisit> beside =
        CompletableFuture.supplyAsync(() -> Scans.visit(scan, page, Scans.options(4_000, 1)));
    Scans.visit(scan, page, Scans.options(4_000, 1));
    beside.join();
    Scans.visit(scan, page, Scans.options(4_000, 1));

    assertThat(found("who=outer")).hasSize(3).containsOnly("who=outer&traces=&heard=1");
    assertThat(found("who=inner"))
        .as("a frame of the same visit sees all, so that there was something to see")
        .hasSize(3)
        .containsOnly("who=inner&traces=" + ALL);
    assertThat(asked("/stamp.js")).as("once a visit: each has a cache of its own").hasSize(3);
  }

  @Test
  void aPageThatWritesWhereverItCanDoesNotFillTheDisk() throws Exception {
    Scans.visit(scan, "https://hostile.example/harmless", Scans.options(300, 1));
    long before = bytes(data);
    CompletableFuture<PageVisit> visit =
        CompletableFuture.supplyAsync(
            () ->
                Scans.visit(
                    scan, "https://hostile.example/disk-flood", Scans.options(6_000, 1, 14_000)));
    long most = 0;
    while (!visit.isDone()) {
      most = Math.max(most, bytes(data) + deleted());
      Thread.sleep(100);
    }
    assertThat(megabytesWritten()).as("what the page believes to have written").isGreaterThan(100);
    assertThat(most - before).as("bytes on the disk meanwhile").isLessThan(32L << 20);
    assertThat(bytes(data) - before).as("bytes on the disk afterwards").isLessThan(8L << 20);
    assertThat(
            Scans.visit(scan, "https://hostile.example/harmless", Scans.options(300, 1)).outcome())
        .isEqualTo(VisitOutcome.COMPLETE);
  }

  @Test
  void aBrowserThatFillsTheDiskAllTheSameIsEndedAndItsVisitDoneAgain() throws Exception {
    playground.clearLog();
    CompletableFuture<PageVisit> visit =
        CompletableFuture.supplyAsync(
            () -> Scans.visit(scan, "https://hostile.example/harmless", Scans.options(3_000, 1)));
    while (asked("/harmless").isEmpty()) Thread.sleep(20); // the log tells nobody when it grows
    Process flood = fileWithoutName(profile().resolve("flood"), "3G");

    assertThat(visit.join().problems()).extracting(Problem::code).containsExactly("visited-again");
    assertThat(visit.join().outcome()).isEqualTo(VisitOutcome.COMPLETE);
    assertThat(flood.waitFor(1, TimeUnit.SECONDS)).as("who wrote was ended").isTrue();
  }

  private static Path profile() throws IOException {
    try (Stream<Path> profiles = Files.list(data.resolve("profiles"))) {
      return profiles.findFirst().orElseThrow();
    }
  }

  /** As Chromium's processes have them: open, and gone from the folder. The file is all holes. */
  private static Process fileWithoutName(Path file, String size) throws IOException {
    String script = "exec 3>\"$0\"; rm \"$0\"; truncate -s $1 /proc/self/fd/3; read wait";
    return new ProcessBuilder("sh", "-c", script, file.toString(), size).start();
  }

  /** The sum of the last figures that the page told. */
  private static int megabytesWritten() {
    List<String> told = asked("/flooded");
    int sum = 0;
    for (String part : told.get(told.size() - 1).split("[?&]", -1))
      if (part.matches("[a-zA-Z+]+=\\d+")) sum += Integer.parseInt(part.replaceAll("\\D", ""));
    return sum;
  }

  private static List<String> found(String who) {
    return asked("/found?" + who).stream().map(url -> url.substring(url.indexOf('?') + 1)).toList();
  }

  private static List<String> asked(String path) {
    return playground.log().stream()
        .map(ServedRequest::url)
        .filter(url -> url.startsWith("https://hostile.example" + path))
        .toList();
  }

  private static long bytes(Path in) {
    try (Stream<Path> files = Files.walk(in)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0; // a file went meanwhile: the next look counts
    }
  }

  /** Files of the browser that have no name any more, and take room all the same. */
  private static long deleted() {
    long bytes = 0;
    for (ProcessHandle process : ProcessHandle.current().descendants().toList())
      try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
        for (Path file : files.toList()) bytes += deleted(file);
      } catch (IOException | UncheckedIOException e) {
        continue; // ended meanwhile
      }
    return bytes;
  }

  private static long deleted(Path file) throws IOException {
    String target = Files.exists(file) ? Files.readSymbolicLink(file).toString() : "";
    boolean onDisk = target.endsWith("(deleted)") && !target.startsWith("/memfd:");
    return onDisk ? Files.size(file) : 0;
  }
}
