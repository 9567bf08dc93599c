package org.tagwarden.agent.bench;

import com.google.common.collect.Lists;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.tagwarden.report.VisitOptions;

/**
 * What page visits cost and what they see: our scanner beside a plain puppeteer recording with a
 * browser for each page, and one that reuses its browser. They take turns over the same pages of
 * the playground; what they saw is compared with the playground's own log.
 */
public final class CaptureBench {
  private static final Duration LONGEST = Duration.ofMinutes(60);
  private static final int LONGEST_WARM_UP = 42;
  private static final int MOST_VISITS = 500;
  private static final int PAGES_A_TURN = 10;
  private static final int[] SIDE_BY_SIDE = {1, 2, 4};
  private static final String OTHER_BROWSER = "--chromium=";

  private final PlaygroundProcess playground;
  private final List<Contender> contenders;
  private final BenchTable table;
  private final List<Double> browserMegabytes = new ArrayList<>();

  private CaptureBench(PlaygroundProcess playground, List<Contender> contenders) {
    this.playground = playground;
    this.contenders = contenders;
    this.table = new BenchTable(contenders.stream().map(Contender::name).toList());
  }

  /**
   * @param arguments folder of the scanner's module; then, if not as usual: visits to measure at
   *     each number side by side, milliseconds to wait after load, and what is wanted of
   *     "tagwarden", "puppeteer", "costs", "recall", "--chromium=PATH" (our scanner once more, with
   *     this browser); further ones are flags of the scanner's JVM
   */
  public static void main(String[] arguments) throws IOException {
    Path module = Path.of(arguments[0]);
    int visits = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    long dwellMs = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1_000;
    if (visits < 1 || visits > MOST_VISITS)
      throw new IllegalArgumentException("1 to " + MOST_VISITS + " visits, not " + visits);
    List<String> wanted =
        arguments.length > 3
            ? List.of(arguments).subList(3, arguments.length)
            : List.of("tagwarden", "puppeteer", "costs", "recall");
    ScheduledExecutorService end = endInTime();
    Path folder = Files.createTempDirectory("tagwarden-bench");
    try (PlaygroundProcess playground = PlaygroundProcess.start(folder)) {
      List<Contender> contenders = contenders(folder, playground, module, wanted);
      try {
        CaptureBench bench = new CaptureBench(playground, contenders);
        if (wanted.contains("costs")) bench.costs(visits, dwellMs);
        if (wanted.contains("recall")) bench.recall();
        print("");
        bench.table.print();
      } finally {
        contenders.forEach(Contender::close);
      }
    }
    end.shutdownNow();
    System.exit(0);
  }

  private static List<Contender> contenders(
      Path folder, PlaygroundProcess playground, Path module, List<String> wanted)
      throws IOException {
    List<Contender> contenders = new ArrayList<>();
    List<String> flags = new ArrayList<>(List.of("@" + module.resolve("jvm.options")));
    wanted.stream()
        .filter(word -> word.startsWith("-") && !word.startsWith(OTHER_BROWSER))
        .forEach(flags::add);
    Path script = module.resolve("src/test/bench/record.mjs");
    if (wanted.contains("tagwarden"))
      contenders.add(Contender.scanner(folder.resolve("tagwarden"), playground, flags, ""));
    for (String word : wanted)
      if (word.startsWith(OTHER_BROWSER))
        contenders.add(
            Contender.scanner(
                folder.resolve("tagwarden-" + contenders.size()),
                playground,
                flags,
                word.substring(OTHER_BROWSER.length())));
    if (wanted.contains("puppeteer")) {
      contenders.add(
          Contender.puppeteer(
              "a browser per page", folder.resolve("alone"), playground, script, false));
      contenders.add(
          Contender.puppeteer(
              "one browser, reused", folder.resolve("reused"), playground, script, true));
    }
    return contenders;
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

  private void costs(int visits, long dwellMs) {
    List<String> sites =
        playground.urls().stream().filter(url -> !url.contains("torture")).toList();
    for (Contender contender : contenders)
      warmUp(contender, pages(sites, Math.min(LONGEST_WARM_UP, 4 * visits)), dwellMs);
    print(
        "%d visits each of %d pages of client sites, %d ms after load, %d cores, load %.1f",
        visits,
        sites.size(),
        dwellMs,
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    for (int together : SIDE_BY_SIDE) {
      List<Cost> costs = contenders.stream().map(contender -> new Cost()).toList();
      for (List<String> pages : Lists.partition(pages(sites, visits), PAGES_A_TURN)) {
        for (int i = 0; i < contenders.size(); i++)
          costs.get(i).add(contenders.get(i).visit(pages, together, dwellMs));
      }
      report(together, costs);
    }
    memory();
  }

  private void report(int together, List<Cost> costs) {
    print("");
    print("%d side by side        requests  wall s  pages/min  CPU s a page, of which", together);
    for (int i = 0; i < costs.size(); i++) {
      Cost cost = costs.get(i);
      print("%-20s  %s", contenders.get(i).name(), cost.line());
    }
    table.row("CPU s a page, " + together + " side by side", "%.2f", costs, Cost::cpu);
    table.row("pages a minute, " + together + " side by side", "%.1f", costs, Cost::pagesPerMinute);
  }

  /** Both a JVM and node are slow at first; the memory of their browsers is looked at meanwhile. */
  private void warmUp(Contender contender, List<String> pages, long dwellMs) {
    try (MemoryWatch watch = new MemoryWatch(contender)) {
      for (List<String> turn : Lists.partition(pages, PAGES_A_TURN))
        contender.visit(turn, 4, dwellMs);
      browserMegabytes.add(watch.most());
    }
  }

  private void memory() {
    List<Double> own = contenders.stream().map(c -> c.tree().residentMegabytes()).toList();
    table.row("memory of the program, MB", "%.0f", own, megabytes -> megabytes);
    table.row(
        "most memory of its browsers, MB, 4 side by side",
        "%.0f",
        browserMegabytes,
        megabytes -> megabytes);
  }

  private void recall() {
    List<String> pages = playground.urls();
    List<Recall> recalls = new ArrayList<>();
    for (Contender contender : contenders) {
      playground.clearLog();
      List<RecordedVisit> visits =
          contender.visit(pages, 4, VisitOptions.DEFAULT.settleMs()).visits();
      Recall recall = Recall.of(playground.log(), visits);
      recalls.add(recall);
      print("");
      print("%s: %d of %d pages recorded", contender.name(), visits.size(), pages.size());
      if (contender == contenders.get(0)) {
        recall.missed.forEach(what -> print("missed: %s", what));
        recall.misattributed.forEach(what -> print("misattributed: %s", what));
      }
    }
    table.shares("requests recorded, of those in the servers' log", recalls, r -> r.requests);
    recalls.stream()
        .flatMap(recall -> recall.byKind.keySet().stream())
        .distinct()
        .sorted()
        .forEach(
            kind ->
                table.shares(
                    "&nbsp; " + kind,
                    recalls,
                    r -> r.byKind.getOrDefault(kind, new Recall.Share())));
    table.shares("script hashes right", recalls, r -> r.scripts);
    table.shares("requests whose initiator is told", recalls, r -> r.initiators);
    table.shares("initiators right, of those that the pages know", recalls, r -> r.attributed);
  }

  private static List<String> pages(List<String> urls, int count) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) all.add(urls.get(i % urls.size()));
    return all;
  }

  static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
