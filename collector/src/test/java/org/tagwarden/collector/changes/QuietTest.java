package org.tagwarden.collector.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.db.TestDatabase;

/**
 * The proof of quiet: a site that is never twice the same is scanned fifty times, and nothing is
 * found; then one property at a time is changed, and each is one finding that names it. Prints the
 * table; {@code scripts/bench noise} does so for more sites, and for a real browser.
 */
@Tag("database")
class QuietTest {
  private static TestDatabase db;

  @BeforeAll
  static void start() {
    db = TestDatabase.fresh();
  }

  @AfterAll
  static void stop() {
    db.close();
  }

  @Test
  void fifty_scans_open_nothing_after_the_first_and_each_seeded_change_is_one_finding() {
    QuietRun run = new QuietRun(db, 4711);
    run.scan(1);

    assertThat(run.scan(49)).isEmpty();
    assertThat(run.site().texts("SELECT change FROM finding_change WHERE change <> 'OPENED'"))
        .isEmpty();

    List<TellingOfOne> tellings = run.change();
    System.out.print(TellingOfOne.table(tellings));
    assertThat(tellings).hasSizeGreaterThanOrEqualTo(25);
    assertThat(tellings).filteredOn(telling -> !telling.right()).isEmpty();
  }
}
