package org.tagwarden.collector.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;
import org.tagwarden.report.VisitOutcome;

/** A page that nobody visits any more says nothing about what is there. */
@Tag("database")
class LeftPagesTest {
  private static final String STRANGE = "https://tags.stranger.example/t.js";
  private static final String CHAT = "https://widget.intercom.io/widget/abc123";

  private final MovableClock clock = MovableClock.at("2026-03-02T06:05:00Z");
  private TestDatabase db;
  private TestSite site;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    site = TestSite.create(db, clock);
    site.decide(DecisionSubject.tag("intercom"), DecisionState.APPROVED);
    for (int i = 0; i < 5; i++) {
      scan(page(HOME).script(CHAT, "chat();"), page(HOME + "old").script(CHAT, "chat();"));
    }
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void a_tag_that_only_a_page_which_left_still_shows_counts_as_gone() {
    for (int day = 0; day < 7; day++) scan(page(HOME));
    assertThat(open()).as("the other page may still have it").isEmpty();
    assertThat(watches()).isEqualTo(2);

    for (int day = 0; day < 4; day++) scan(page(HOME));

    assertThat(watches()).isOne();
    assertThat(log()).contains("GONE TAG intercom");
    assertThat(open()).containsExactly("tag-gone intercom");
  }

  @Test
  void what_showed_only_on_a_page_that_left_is_resolved_and_says_that_nobody_looked() {
    site.run("UPDATE site SET page_kind = 'CRAWL' WHERE id = $1", site.id());
    scan(page(HOME), page(HOME + "old").script(STRANGE, "x();"));
    for (int day = 0; day < 8; day++) scan(page(HOME));
    assertThat(strange()).containsExactly("OPEN ");

    scan(page(HOME));

    assertThat(strange())
        .containsExactly(
            "RESOLVED It showed only on pages that no scan visits any more; nobody looked whether it is gone there.");
    assertThat(site.count("SELECT count(*) FROM page_state WHERE site_id = $1", site.id())).isOne();
    scan(page(HOME + "old").script(STRANGE, "x();"));
    assertThat(strange()).containsExactly("OPEN ");
  }

  @Test
  void a_page_that_was_taken_off_the_list_is_left_with_the_next_scan_and_one_that_fails_is_not() {
    site.run(
        "UPDATE site SET page_urls = ARRAY[$2, $3] WHERE id = $1", site.id(), HOME, HOME + "old");
    scan(page(HOME), page(HOME + "old").script(STRANGE, "x();"));
    scan(page(HOME), page(HOME + "old").outcome(VisitOutcome.FAILED));
    assertThat(strange()).containsExactly("OPEN ");
    site.run("UPDATE site SET page_urls = ARRAY[$2] WHERE id = $1", site.id(), HOME);
    assertThat(strange()).containsExactly("OPEN ");

    scan(page(HOME));

    assertThat(strange())
        .containsExactly("RESOLVED It showed only on pages that were taken off the site's list.");
  }

  @Test
  void a_page_that_is_visited_but_seldom_is_none_that_left() {
    for (int week = 0; week < 3; week++) {
      for (int day = 0; day < 6; day++) scan(page(HOME));
      scan(page(HOME), page(HOME + "old").script(CHAT, "chat();"));
    }
    assertThat(watches()).isEqualTo(2);
    assertThat(open()).isEmpty();
  }

  private SampleVisit page(String url) {
    return SampleReports.visit(url).visitId(UUID.randomUUID()).at(clock.instant());
  }

  /** One a day, to its end. */
  private void scan(SampleVisit... visits) {
    UUID scan = site.scan();
    UUID job = UUID.randomUUID();
    await(site.intake().accept(SampleReports.report(scan, visits), "scanner-1"));
    site.run(
        """
        INSERT INTO scan_job (id, scan_id, site_id, kind, state, not_before, created_at)
        VALUES ($1, $2, $3, 'VISITS', 'DONE', now(), now())
        """,
        job,
        scan,
        site.id());
    await(site.intake().scanDone(job));
    clock.advance(Duration.ofDays(1));
  }

  private long watches() {
    return site.count("SELECT count(*) FROM watch");
  }

  private List<String> log() {
    return site.texts("SELECT what || ' ' || kind || ' ' || subject FROM site_change ORDER BY id");
  }

  /** The finding about the stranger's script, with the reason of its last change. */
  private List<String> strange() {
    return site.texts(
        """
        SELECT f.state || ' ' || (SELECT reason FROM finding_change WHERE finding_id = f.id ORDER BY id DESC LIMIT 1)
        FROM finding f WHERE f.check_id = 'unapproved-script' AND f.subject = 'tags.stranger.example/t.js'
        """);
  }

  private List<String> open() {
    return site.texts(
        "SELECT check_id || ' ' || subject FROM finding WHERE state = 'OPEN' AND check_id = 'tag-gone'");
  }
}
