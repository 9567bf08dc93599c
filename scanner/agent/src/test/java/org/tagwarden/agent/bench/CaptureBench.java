package org.tagwarden.agent.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.tagwarden.agent.ConnectTo;
import org.tagwarden.agent.ScanListener;
import org.tagwarden.agent.ScanOrder;
import org.tagwarden.agent.ScannerSettings;
import org.tagwarden.agent.SiteScan;
import org.tagwarden.agent.VisitResult;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.VisitOptions;

/**
 * What a warm scanner's page visits cost, and what they see, on the playground's client sites and
 * its pages that are hard to capture.
 */
public final class CaptureBench {
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int WARM_UP = 42;
  private static final int MOST_VISITS = 500;
  private static final int[] SIDE_BY_SIDE = {1, 2, 4};

  private final Playground playground;
  private final SiteScan scan;
  private final long settleMs;

  private CaptureBench(Playground playground, SiteScan scan, long settleMs) {
    this.playground = playground;
    this.scan = scan;
    this.settleMs = settleMs;
  }

  /**
   * @param arguments visits to measure at each number side by side, and milliseconds to wait after
   *     load
   */
  public static void main(String[] arguments) throws IOException {
    int visits = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    long settleMs = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000;
    if (visits < 1 || visits > MOST_VISITS)
      throw new IllegalArgumentException("1 to " + MOST_VISITS + " visits, not " + visits);
    ScheduledExecutorService end = endInTime();
    Path folder = Files.createTempDirectory("tagwarden-bench");
    try (Playground playground = Playground.start(PlaygroundSettings.anyPorts(folder));
        SiteScan scan = new SiteScan(settings(folder, playground))) {
      CaptureBench bench = new CaptureBench(playground, scan, settleMs);
      bench.costs(visits);
      bench.recall();
    }
    end.shutdownNow();
    System.exit(0);
  }

  /** A bench that hangs ends with everything that it started. */
  private static ScheduledExecutorService endInTime() {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    timer.schedule(
        () -> {
          print("Not done after %d minutes: given up", LONGEST.toMinutes());
          ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
          Runtime.getRuntime().halt(1);
        },
        LONGEST.toSeconds(),
        TimeUnit.SECONDS);
    return timer;
  }

  private void costs(int visits) {
    List<String> sites =
        playground.urls().stream().filter(url -> !url.contains("torture.example")).toList();
    visit(repeated(sites, WARM_UP), 4, settleMs);
    print(
        "%d visits each of %d pages of client sites, %d ms after load, %d cores, load %.1f",
        visits,
        sites.size(),
        settleMs,
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    print("");
    print("side by side   requests/page   wall s/page   pages/min   CPU s/page, of which");
    for (int together : SIDE_BY_SIDE) cost(repeated(sites, visits), together);
    memory();
  }

  private void cost(List<String> pages, int together) {
    Map<String, Double> before = ProcessTree.cpuSeconds();
    long from = System.nanoTime();
    List<VisitResult> results = visit(pages, together, settleMs);
    double seconds = (System.nanoTime() - from) / 1e9;
    Map<String, Double> used = ProcessTree.cpuSeconds();
    before.forEach((program, cpu) -> used.merge(program, -cpu, Double::sum));
    double all = used.values().stream().mapToDouble(Double::doubleValue).sum();
    double requests = results.stream().mapToInt(r -> r.visit().requests().size()).sum();
    double wall = results.stream().mapToLong(r -> r.visit().durationMs()).sum() / 1e3;
    int count = results.size();
    StringBuilder parts = new StringBuilder();
    used.forEach(
        (program, cpu) ->
            parts.append(String.format(Locale.ROOT, "  %s %.2f", program, cpu / count)));
    print(
        "%12d   %13.1f   %11.2f   %9.1f   %10.2f%s",
        together, requests / count, wall / count, count / seconds * 60, all / count, parts);
  }

  private static void memory() {
    double browser = ProcessTree.browserMegabytes();
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1_048_576;
    List<Long> resident = ProcessTree.residentMegabytes();
    print("");
    print(
        "JVM with the playground inside: resident %d MB, at most %d MB, live heap %d MB; browser and"
            + " driver %.0f MB",
        resident.get(0), resident.get(1), heap, browser);
  }

  private void recall() {
    playground.clearLog();
    List<String> pages = playground.urls();
    List<VisitResult> results = visit(pages, 4, VisitOptions.DEFAULT.settleMs());
    Recall recall = Recall.of(playground.log(), results);
    print("");
    print("%d of %d pages visited, the hard ones among them", results.size(), pages.size());
    line("requests in the report", recall.requests);
    recall.byKind.forEach((kind, share) -> line("  " + kind, share));
    line("script hashes right", recall.scripts);
    line("initiators known", recall.initiators);
    recall.missed.forEach(request -> print("missed: %s", request));
    recall.uninitiated.forEach(request -> print("initiator unknown: %s", request));
  }

  private static void line(String what, Recall.Share share) {
    print(
        "%-26s %5d of %5d   %6.2f %%",
        what, share.right, share.all, share.all == 0 ? 100 : 100.0 * share.right / share.all);
  }

  private List<VisitResult> visit(List<String> urls, int together, long settle) {
    VisitOptions d = VisitOptions.DEFAULT;
    VisitOptions options =
        new VisitOptions(d.consent(), d.device(), settle, 30_000, together, 0, false, false);
    List<VisitResult> results = Collections.synchronizedList(new ArrayList<>());
    // A page set holds each address once: the list is visited in rounds of different pages.
    int pages = (int) urls.stream().distinct().count();
    for (int i = 0; i < urls.size(); i += pages) {
      List<String> round = urls.subList(i, Math.min(urls.size(), i + pages));
      scan.scan(
          new ScanOrder(
              UUID.randomUUID(), new PageSet(PageSet.Kind.LIST, round, round.size()), options),
          listener(results));
    }
    return results;
  }

  private static ScanListener listener(List<VisitResult> results) {
    return new ScanListener() {
      @Override
      public void pagesFound(List<String> urls) {}

      @Override
      public void visitStarted(String url) {}

      @Override
      public void visited(VisitResult result) {
        results.add(result);
      }
    };
  }

  private static List<String> repeated(List<String> urls, int count) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) all.add(urls.get(i % urls.size()));
    return all;
  }

  private static ScannerSettings settings(Path folder, Playground playground) {
    return new ScannerSettings(
        "bench",
        folder.resolve("scanner"),
        playground.connectTo().stream().map(ConnectTo::parseConnectTo).toList(),
        playground.caCertificate(),
        null,
        null,
        4,
        false);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
