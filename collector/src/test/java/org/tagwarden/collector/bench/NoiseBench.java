package org.tagwarden.collector.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tagwarden.collector.changes.QuietRun;
import org.tagwarden.collector.changes.ReportRun;
import org.tagwarden.collector.changes.TellingOfOne;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.report.ScanReport;

/**
 * What a site that never changes and is never twice the same costs in findings, and what one change
 * at a time is told as; or likewise for a folder of a browser's scan reports. Prints Markdown; ends
 * with 1 if anything is not as it should be.
 */
public final class NoiseBench {
  private static final int SCANS = 50;
  private static final int SEEDS = 10;

  private NoiseBench() {}

  /** Words: how many sites, each with other random numbers (10); or "reports" and a folder. */
  public static void main(String[] args) throws IOException {
    if (args.length > 1 && args[0].equals("reports")) System.exit(reports(Path.of(args[1])));
    int seeds = args.length > 0 ? Integer.parseInt(args[0]) : SEEDS;
    boolean right = true;
    try (TestDatabase db = TestDatabase.fresh()) {
      System.out.println("| site | scans | findings of the first scan | findings of the others |");
      System.out.println("|---|---|---|---|");
      QuietRun first = new QuietRun(db, 1);
      for (int seed = 1; seed <= seeds; seed++) {
        QuietRun run = seed == 1 ? first : new QuietRun(db, seed);
        int baseline = run.scan(1).size();
        List<String> noise = run.scan(SCANS - 1);
        right &= noise.isEmpty();
        System.out.printf("| %d | %d | %d | %d |%n", seed, SCANS, baseline, noise.size());
        for (String one : noise) System.out.println("| | | | " + one + " |");
      }
      right &= told(first.change());
    }
    System.exit(right ? 0 : 1);
  }

  private static boolean told(List<TellingOfOne> tellings) {
    System.out.println();
    System.out.print(TellingOfOne.table(tellings));
    return tellings.stream().allMatch(TellingOfOne::right);
  }

  /** Visits of one site: those of the folder {@code quiet}, then those after each change. */
  private static int reports(Path folder) throws IOException {
    List<ScanReport> visits = ReportRun.reports(folder.resolve("quiet"));
    List<Path> changes;
    try (Stream<Path> all = Files.list(folder)) {
      changes =
          all.filter(one -> one.getFileName().toString().startsWith("change-")).sorted().toList();
    }
    try (TestDatabase db = TestDatabase.fresh()) {
      ReportRun run = new ReportRun(db, visits.get(0));
      int baseline = run.take(visits.get(0)).size();
      List<String> noise = new ArrayList<>();
      for (ScanReport visit : visits.subList(1, visits.size())) noise.addAll(run.take(visit));
      System.out.println(
          "| visits by a real browser | findings of the first | findings of the others |");
      System.out.println("|---|---|---|");
      System.out.printf("| %d | %d | %d |%n", visits.size(), baseline, noise.size());
      for (String one : noise) System.out.println("| | | " + one + " |");
      List<TellingOfOne> tellings = new ArrayList<>();
      for (Path change : changes) tellings.add(run.change(change));
      return told(tellings) && noise.isEmpty() ? 0 : 1;
    }
  }
}
