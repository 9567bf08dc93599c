package org.tagwarden.collector.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;

import com.icegreen.greenmail.util.GreenMail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.alerts.AlertTestBed;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.collector.schedule.JobClaim;
import org.tagwarden.collector.schedule.JobQueue;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;
import org.tagwarden.report.ScanJob;
import org.tagwarden.report.ScriptBehaviour;

/** A critical change is looked at again before anybody is told. */
@Tag("database")
class ConfirmationTest {
  private static final String APP = "/assets/app.js";
  private static final String SKIMMER = "https://tags.skimmer.example/t.js";

  private final MovableClock clock = MovableClock.at("2026-03-02T06:05:00Z");
  private TestDatabase db;
  private TestSite site;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    site = TestSite.create(db, clock, "it@shop.example");
    for (int i = 0; i <= ChangeWatch.LEARNING_VISITS; i++) site.take(page());
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void it_is_held_and_two_scans_look_again_in_another_state_and_as_another_device() {
    site.take(evil());

    assertThat(held()).containsExactly("waits");
    assertThat(alerts()).isZero();
    List<ScanJob> jobs = List.of(claim(), claim());
    assertThat(jobs).allMatch(job -> job.pages().urls().equals(List.of(HOME)));
    assertThat(jobs)
        .extracting(job -> job.options().device().name() + " " + job.options().consents())
        .containsExactlyInAnyOrder(
            "desktop " + List.of(ConsentState.NONE, ConsentState.ACCEPT),
            "mobile " + List.of(ConsentState.NONE));
  }

  @Test
  void a_visit_that_shows_it_again_confirms_it_and_concludes_nothing_else() {
    site.take(evil());
    String before = state();
    UUID scan = claim().scanId();

    await(
        site.intake()
            .accept(SampleReports.report(scan, evil().script("/other.js", "x();")), "scanner-1"));

    assertThat(held()).containsExactly("CONFIRMED");
    assertThat(alerts()).isOne();
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void a_script_of_a_stranger_that_reads_card_numbers_is_looked_at_again_as_well() {
    site.take(skimmed());
    assertThat(held()).containsExactly("waits");
    assertThat(alerts()).isZero();

    await(site.intake().accept(SampleReports.report(claim().scanId(), skimmed()), "scanner-1"));

    assertThat(held()).containsExactly("CONFIRMED");
    assertThat(alerts()).isOne();
  }

  @Test
  void what_is_grave_but_not_critical_is_told_at_once() {
    site.take(page().script(SKIMMER, "soup();"));

    assertThat(held()).isEmpty();
    assertThat(alerts()).isOne();
  }

  @Test
  void a_visit_that_does_not_show_it_leaves_it_waiting_until_the_time_is_up() {
    site.take(evil());
    await(site.intake().accept(SampleReports.report(claim().scanId(), page()), "scanner-1"));
    ConfirmationLoop loop = new ConfirmationLoop(db.vertx(), db.database(), clock);
    assertThat(await(loop.tellDue())).isZero();

    clock.advance(Confirmations.PATIENCE.plusMinutes(1));

    assertThat(await(loop.tellDue())).isOne();
    assertThat(held()).containsExactly("TIMED_OUT");
    assertThat(alerts()).isOne();
    assertThat(await(loop.tellDue())).isZero();
  }

  @Test
  void it_is_told_as_soon_as_nobody_looks_again_any_more() {
    ConfirmationLoop loop = new ConfirmationLoop(db.vertx(), db.database(), clock);
    site.take(evil());
    ScanJob first = claim();
    await(site.intake().accept(SampleReports.report(first.scanId(), page()), "scanner-1"));
    done(first);
    assertThat(await(loop.tellDue())).as("the other scan still looks").isZero();

    done(claim());

    assertThat(await(loop.tellDue())).isOne();
    assertThat(held()).as("one of them saw the page without it").containsExactly("NOT_SEEN");
    assertThat(alerts()).isOne();
  }

  @Test
  void it_is_told_too_when_looking_again_fails_and_the_mail_says_so() throws Exception {
    site.take(evil());
    done(claim());
    site.run("UPDATE scan_job SET state = 'PARKED' WHERE state = 'WAITING'");
    site.run("UPDATE scan SET state = 'PARKED' WHERE state = 'WAITING'");

    assertThat(await(new ConfirmationLoop(db.vertx(), db.database(), clock).tellDue())).isOne();
    assertThat(held()).containsExactly("TIMED_OUT");
    clock.advance(Duration.ofMinutes(11));
    GreenMail smtp = AlertTestBed.mailServer();
    try {
      AlertTestBed bed = new AlertTestBed(db, clock);
      assertThat(await(bed.loop(bed.email(smtp.getSmtp().getPort())).sendDue())).isOne();
      assertThat(AlertTestBed.part(smtp.getReceivedMessages()[0], "text/plain"))
          .contains("It could not be looked at again in time. Is a scanner running?");
    } finally {
      smtp.stop();
    }
  }

  @Test
  void looking_again_goes_before_all_that_waits() {
    TestSite other = TestSite.create(db, clock);
    UUID scan = other.scan();
    other.run(
        """
        INSERT INTO scan_job (id, scan_id, site_id, kind, state, not_before, created_at)
        VALUES (gen_random_uuid(), $1, $2, 'VISITS', 'WAITING', $3, $3)
        """,
        scan,
        other.id(),
        SqlTime.of(clock.instant().minus(Duration.ofHours(1))));
    site.take(evil());

    assertThat(claim().scanId()).isNotEqualTo(scan);
  }

  @Test
  void the_next_scan_confirms_it_too() {
    site.take(evil());
    site.take(evil());

    assertThat(held()).containsExactly("CONFIRMED");
    assertThat(alerts()).isOne();
  }

  private SampleVisit page() {
    clock.advance(Duration.ofMinutes(1));
    return SampleReports.visit(HOME)
        .visitId(UUID.randomUUID())
        .at(clock.instant())
        .script(APP, "boot();");
  }

  private SampleVisit skimmed() {
    return page()
        .script(SKIMMER, "skim();")
        .behaviour(
            ScriptBehaviour.Kind.FIELD_READ,
            "input card-number type=text autocomplete=cc-number",
            SKIMMER,
            "skim");
  }

  private SampleVisit evil() {
    return page().beacon(APP, "https://collect.evil.example/c?d=1");
  }

  /** The next job; the one before it is done. */
  private ScanJob claim() {
    site.run("UPDATE scan_job SET state = 'DONE' WHERE state = 'LEASED'");
    JobQueue jobs = new JobQueue(db.vertx(), db.database(), clock, 60);
    JobClaim claim = new JobClaim("one", null, null, Set.of(ScanJob.Kind.VISITS));
    Optional<ScanJob> job = await(jobs.claim(claim, Duration.ZERO, () -> false));
    return job.orElseThrow();
  }

  private void done(ScanJob job) {
    site.run("UPDATE scan SET state = 'DONE' WHERE id = $1", job.scanId());
  }

  private List<String> held() {
    return site.texts(
        "SELECT coalesce(result, 'waits') FROM held_change WHERE site_id = $1", site.id());
  }

  private long alerts() {
    return site.count("SELECT count(*) FROM alert WHERE site_id = $1", site.id());
  }

  /** What visits are compared with. */
  private String state() {
    return site.texts(
            "SELECT id || ' ' || visits FROM watch UNION ALL SELECT count(*)::text FROM watched UNION ALL SELECT visit_id::text FROM page_state")
        .toString();
  }
}
