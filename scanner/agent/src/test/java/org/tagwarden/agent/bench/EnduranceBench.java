package org.tagwarden.agent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.tagwarden.agent.ScanListener;
import org.tagwarden.agent.ScanOrder;
import org.tagwarden.agent.ScannerSettings;
import org.tagwarden.agent.Scans;
import org.tagwarden.agent.SiteScan;
import org.tagwarden.agent.VisitResult;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.VisitOutcome;

/**
 * Very many visits in a row of every page of the playground, the hostile ones among them: nothing
 * may leak, memory stays flat, and every visit ends by its deadline. Ends with status 1 if not.
 */
public final class EnduranceBench {
  private static final int MOST_SIDE_BY_SIDE = 8;
  private static final int MEASURES = 10;
  private static final long SETTLE_MS = 300;
  private static final long TIMEOUT_MS = 10_000;
  private static final Duration LONGEST_VISIT = Duration.ofSeconds(30);

  private final Playground playground;
  private final SiteScan scan;
  private final Path data;
  private final int together;
  private final Map<String, Long> started = new ConcurrentHashMap<>();
  private final List<Visited> visits = Collections.synchronizedList(new ArrayList<>());

  /** What is kept of a visit: the visits themselves would be what grows. */
  private record Visited(
      String url, long wallMs, VisitOutcome outcome, int requests, String problems) {
    static Visited of(PageVisit visit, long wallMs) {
      List<String> codes = visit.problems().stream().map(Problem::code).distinct().toList();
      return new Visited(
          visit.page(), wallMs, visit.outcome(), visit.requests().size(), String.join(" ", codes));
    }
  }

  private EnduranceBench(Playground playground, SiteScan scan, Path data, int together) {
    this.together = together;
    this.playground = playground;
    this.scan = scan;
    this.data = data;
  }

  /**
   * @param arguments visits, a word that the pages' addresses hold, and visits side by side
   */
  public static void main(String[] arguments) throws IOException {
    int visits = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
    String only = arguments.length > 1 ? arguments[1] : "";
    int together = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4;
    ScheduledExecutorService end = endInTime(visits);
    Path folder = Files.createTempDirectory("tagwarden-bench");
    Path data = folder.resolve("scanner");
    boolean sturdy;
    try (Playground playground = Playground.start(PlaygroundSettings.anyPorts(folder));
        SiteScan scan = new SiteScan(settings(data, playground))) {
      sturdy = new EnduranceBench(playground, scan, data, together).run(visits, only);
    }
    long left = ProcessHandle.current().descendants().count();
    if (left > 0) print("%d processes are left after the end", left);
    end.shutdownNow();
    System.exit(sturdy && left == 0 ? 0 : 1);
  }

  private static ScheduledExecutorService endInTime(int visits) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    timer.schedule(
        () -> {
          print("Not done in time: given up");
          ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
          Runtime.getRuntime().halt(1);
        },
        300 + visits * LONGEST_VISIT.toSeconds(),
        TimeUnit.SECONDS);
    return timer;
  }

  private boolean run(int count, String only) {
    List<String> pages = new ArrayList<>(playground.urls());
    pages.addAll(playground.hostileUrls());
    pages.addAll(playground.attackUrls());
    pages.removeIf(url -> !url.contains(only));
    Collections.shuffle(pages, new java.util.Random(3));
    Leaks leaks = new Leaks();
    print("%d visits of %d pages, %d side by side", count, pages.size(), together);
    print(Leaks.HEAD);
    // Two looks at least, or nothing would be compared.
    int step = Math.max(Math.min(pages.size(), (count + 1) / 2), count / MEASURES);
    for (int done = 0; done < count; ) {
      int round = Math.min(step, count - done);
      visitAll(pages, done, round);
      done += round;
      playground.clearLog();
      print("%s", leaks.look(done, Vitals.now(data)));
    }
    List<Visited> late = visits.stream().filter(v -> v.wallMs > LONGEST_VISIT.toMillis()).toList();
    slowest();
    outcomes();
    for (Visited visit : late) print("past its deadline: %s after %d ms", visit.url, visit.wallMs);
    print("%d visits past their deadline", late.size());
    leaks.sentences().forEach(sentence -> print("%s", sentence));
    return late.isEmpty() && leaks.sentences().isEmpty() && visits.size() == count;
  }

  private void slowest() {
    Map<String, Visited> byUrl = new TreeMap<>();
    for (Visited visit : visits)
      byUrl.merge(visit.url, visit, (a, b) -> a.wallMs > b.wallMs ? a : b);
    print("");
    print("slowest visit of each page that took longer than 3 s, or that had problems:");
    byUrl.values().stream()
        .filter(v -> v.wallMs > 3_000 || !v.problems.isEmpty())
        .sorted(Comparator.comparingLong((Visited v) -> v.wallMs).reversed())
        .forEach(
            v ->
                print(
                    "%7d ms  %-10s %6d requests  %s  [%s]",
                    v.wallMs, v.outcome, v.requests, v.url, v.problems));
  }

  private void outcomes() {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (Visited visit : visits) outcomes.merge(visit.outcome.name(), 1, Integer::sum);
    print("%d visits recorded: %s", visits.size(), outcomes);
  }

  private void visitAll(List<String> pages, int from, int count) {
    // A page set holds each address once: the course is run in rounds.
    for (int i = 0; i < count; ) {
      int start = (from + i) % pages.size();
      int length = Math.min(pages.size() - start, count - i);
      List<String> round = pages.subList(start, start + length);
      VisitOptions options = Scans.options(SETTLE_MS, together, TIMEOUT_MS);
      scan.scan(
          new ScanOrder(UUID.randomUUID(), new PageSet(PageSet.Kind.LIST, round, length), options),
          new Stopwatch());
      i += length;
    }
  }

  private final class Stopwatch implements ScanListener {
    @Override
    public void pagesFound(List<String> urls) {}

    @Override
    public void visitStarted(String url) {
      started.put(url, System.nanoTime());
    }

    @Override
    public void visited(VisitResult result) {
      String url = result.visit().page();
      long wall = (System.nanoTime() - started.get(url)) / 1_000_000;
      visits.add(Visited.of(result.visit(), wall));
    }
  }

  private static ScannerSettings settings(Path data, Playground playground) {
    return Scans.settings(
        data, Scans.mappings(playground), playground.caCertificate(), MOST_SIDE_BY_SIDE);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
