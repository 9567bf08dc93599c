package org.tagwarden.collector.bench;

import java.util.List;
import org.tagwarden.collector.changes.QuietRun;
import org.tagwarden.collector.db.TestDatabase;

/**
 * What a site that never changes and is never twice the same costs in findings, and what one change
 * at a time is told as. Prints Markdown; ends with 1 if anything is not as it should be.
 */
public final class NoiseBench {
  private static final int SCANS = 50;
  private static final int SEEDS = 10;

  private NoiseBench() {}

  /** Words: how many sites, each with other random numbers (10). */
  public static void main(String[] args) {
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
      System.out.println();
      System.out.println("| one change | findings | as |");
      System.out.println("|---|---|---|");
      for (QuietRun.Result result : first.change()) {
        right &= result.right();
        System.out.printf(
            "| %s | %d%s | %s |%n",
            result.what(),
            result.found().size(),
            result.right() ? "" : " (wrong: " + result.expected() + ")",
            String.join("<br>", result.found()));
      }
    }
    System.exit(right ? 0 : 1);
  }
}
