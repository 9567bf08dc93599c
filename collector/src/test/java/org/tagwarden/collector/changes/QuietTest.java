package org.tagwarden.collector.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.intake.TestSite;

/**
 * The proof of quiet: a site that is never twice the same is scanned fifty times, and nothing is
 * found; then one property at a time is changed, and each is one finding that names it.
 */
@Tag("database")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuietTest {
  private static final int SCANS = 50;

  /** A tag that is gone takes some visits to be sure of. */
  private static final int PATIENCE = 5;

  private static MovableClock clock;
  private static TestDatabase db;
  private static TestSite site;
  private static QuietSite quiet;

  @BeforeAll
  static void start() {
    clock = MovableClock.at("2026-03-02T06:05:00Z");
    db = TestDatabase.fresh();
    site = TestSite.create(db, clock);
    quiet = new QuietSite(4711);
    for (String tag : QuietSite.TAGS) {
      site.decide(DecisionSubject.tag(tag), DecisionState.APPROVED);
    }
  }

  @AfterAll
  static void stop() {
    db.close();
  }

  @Test
  @Order(1)
  void fifty_scans_of_an_unchanged_site_open_nothing_after_the_first() {
    scan();
    List<String> first = opened();

    for (int i = 2; i <= SCANS; i++) scan();

    assertThat(opened()).isEqualTo(first);
    assertThat(site.texts("SELECT what || ' ' || subject || ' ' || note FROM site_change WHERE check_id IS NOT NULL")).isEmpty();
    assertThat(site.texts("SELECT change FROM finding_change WHERE change <> 'OPENED'")).isEmpty();
  }

  @Test
  @Order(2)
  void each_seeded_change_is_one_finding_that_names_it_and_is_not_repeated() {
    List<String> wrong = new ArrayList<>();
    List<String> table = new ArrayList<>();
    for (SeededChange seeded : SeededChange.ALL) {
      List<String> before = opened();
      seeded.change().accept(quiet);
      for (int visit = 0; visit < PATIENCE; visit++) scan();
      List<String> found = new ArrayList<>(opened());
      found.subList(0, before.size()).clear();
      boolean right =
          found.size() == 1
              && found.get(0).startsWith(seeded.check() + " ")
              && found.get(0).contains(seeded.names());
      table.add(seeded.what() + " | " + String.join(" ; ", found));
      if (!right) wrong.add(seeded.what() + ": " + found);
    }
    System.out.println(String.join("\n", table));

    assertThat(wrong).isEmpty();
    assertThat(SeededChange.ALL).hasSizeGreaterThanOrEqualTo(25);
  }

  private static void scan() {
    clock.advance(Duration.ofHours(1));
    site.take(quiet.load(clock.instant()));
  }

  /** Every finding that was opened, in order: check, severity and sentence. */
  private static List<String> opened() {
    return site.texts(
        """
        SELECT f.check_id || ' ' || f.severity || ' ' || f.summary
        FROM finding_change c JOIN finding f ON f.id = c.finding_id
        WHERE c.change IN ('OPENED', 'REOPENED') ORDER BY c.id
        """);
  }
}
