package org.tagwarden.collector.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.schedule.ScheduleTestBed.ADMIN;
import static org.tagwarden.collector.schedule.ScheduleTestBed.claimOf;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.collector.site.SiteSteps;
import org.tagwarden.report.Journey;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.ScanJob;
import org.tagwarden.report.VisitOptions;

@Tag("database")
class JobQueueTest {
  private ScheduleTestBed bed;

  @BeforeEach
  void start() {
    bed = new ScheduleTestBed();
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void a_job_says_what_to_scan_and_its_scan_runs() {
    Site site = bed.site("shop");
    Scan scan = bed.scanNow(site);

    ScanJob job = bed.claim("one").orElseThrow();

    assertThat(job.scanId()).isEqualTo(scan.id());
    assertThat(job.pages())
        .isEqualTo(new PageSet(PageSet.Kind.LIST, List.of("https://shop.example/"), 20));
    assertThat(job.options()).isEqualTo(VisitOptions.DEFAULT);
    assertThat(bed.scan(scan).state()).isEqualTo(Scan.State.RUNNING);
    assertThat(bed.scan(scan).startedAt()).isEqualTo(bed.clock.instant());
    assertThat(await(bed.jobs.scanners()))
        .containsExactly(new ScannerSeen("one", "0.1", "Chromium", bed.clock.instant()));
  }

  @Test
  void the_settle_time_follows_from_what_the_last_scans_saw() {
    Site site = bed.site("shop");
    Scan first = bed.scanNow(site);
    ScanJob job = bed.claim("one").orElseThrow();
    assertThat(job.options().settleMs()).isEqualTo(VisitOptions.DEFAULT.settleMs());
    finishWithLateVisit(job, site, 400);

    bed.scanNow(site);
    ScanJob second = bed.claim("one").orElseThrow();
    assertThat(second.options().settleMs()).isEqualTo(1_000);
    finishWithLateVisit(second, site, 3_000);

    bed.scanNow(site);
    assertThat(bed.claim("one").orElseThrow().options().settleMs()).isEqualTo(4_250);
    assertThat(bed.scan(first).state()).isEqualTo(Scan.State.DONE);
  }

  @Test
  void a_settle_time_that_somebody_fixed_stays() {
    Site site = bed.site("shop");
    bed.db.sql("UPDATE site SET settle_auto = false, options = options || '{\"settleMs\": 250}'");
    bed.scanNow(site);
    ScanJob job = bed.claim("one").orElseThrow();
    finishWithLateVisit(job, site, 3_000);
    bed.scanNow(site);

    assertThat(job.options().settleMs()).isEqualTo(250);
    assertThat(bed.claim("one").orElseThrow().options().settleMs()).isEqualTo(250);
  }

  /** As intake would have left it; the clock goes on, so that scans have an order. */
  private void finishWithLateVisit(ScanJob job, Site site, int lateMs) {
    bed.db.sql(
        """
        INSERT INTO page_visit (site_id, id, scan_id, page_id, started_at, outcome, consent, device, duration_ms,
          resource_ids, statuses, wire_bytes, start_ms, total_ms, tag_ids, requests, third_party_requests, bytes,
          third_party_bytes, scanner, late_ms)
        VALUES (%d, gen_random_uuid(), '%s', 1, now(), 'COMPLETE', 'NONE', 'desktop', 5000,
          '{}', '{}', '{}', '{}', '{}', '{}', 0, 0, 0, 0, 'one', %d);
        UPDATE scan SET visits = visits + 1 WHERE id = '%s'
        """
            .formatted(site.id(), job.scanId(), lateMs, job.scanId()));
    assertThat(await(bed.jobs.finish(job.jobId()))).isTrue();
    bed.clock.advance(Duration.ofHours(1));
  }

  @Test
  void journeys_sign_in_and_recipe_go_with_the_job() {
    Site site = bed.site("shop");
    SiteDraft d = site.draft();
    String steps = "steps:\n  - open: https://shop.example/\n";
    SiteSteps written =
        new SiteSteps(
            "accept:\n  - click: button \"Yes\"", "name: Buy\n" + steps, "name: Enter\n" + steps);
    SiteDraft draft =
        new SiteDraft(
            d.name(),
            d.baseUrl(),
            List.of(),
            d.pages(),
            d.options(),
            true,
            written,
            false,
            List.of());
    Site changed = await(bed.sites.update(ADMIN, site.id(), draft));
    bed.scanNow(site);

    ScanJob job = bed.claim("one").orElseThrow();

    assertThat(changed.steps()).isEqualTo(written);
    assertThat(job.journeys()).extracting(Journey::name).containsExactly("Buy");
    assertThat(job.signIn()).extracting(Journey::name).isEqualTo("Enter");
    assertThat(job.options().recipe().accept()).hasSize(1);
  }

  @Test
  void a_heartbeat_may_say_how_far_the_scan_is() {
    bed.scanNow(bed.site("shop"));
    ScanJob job = bed.claim("one").orElseThrow();

    assertThat(await(bed.jobs.heartbeat(job.jobId(), new ScanProgress(12, 3, "https://a/"))))
        .isTrue();

    assertThat(
            await(
                    bed.db
                        .database()
                        .pool()
                        .query("SELECT pages_found, pages_visited, current_page FROM scan")
                        .execute())
                .iterator()
                .next()
                .toJson()
                .encode())
        .isEqualTo("{\"pages_found\":12,\"pages_visited\":3,\"current_page\":\"https://a/\"}");
  }

  @Test
  void many_scanners_at_once_never_get_one_job_twice() {
    int count = 20;
    for (int i = 0; i < count; i++) bed.scanNow(bed.site("shop" + i));

    List<Future<Optional<ScanJob>>> claims = new ArrayList<>();
    for (int i = 0; i < 2 * count; i++) {
      claims.add(bed.jobs.claim(claimOf("scanner" + i), Duration.ZERO, () -> false));
    }

    Set<UUID> taken = new HashSet<>();
    for (Future<Optional<ScanJob>> claim : claims) {
      await(claim).ifPresent(job -> assertThat(taken.add(job.jobId())).isTrue());
    }
    // A claim that meets only rows which others are just taking comes back empty: ask once more.
    for (Optional<ScanJob> job = bed.claim("late"); job.isPresent(); job = bed.claim("late")) {
      assertThat(taken.add(job.get().jobId())).isTrue();
    }
    assertThat(taken).hasSize(count);
  }

  @Test
  void a_lease_that_is_not_kept_goes_back_and_the_old_holder_has_lost_it() {
    Scan scan = bed.scanNow(bed.site("shop"));
    ScanJob first = bed.claim("silent").orElseThrow();
    bed.clock.advance(Duration.ofSeconds(61));
    bed.tick();

    assertThat(bed.scan(scan).problem()).contains("\"silent\" fell silent");
    bed.clock.advance(Duration.ofSeconds(30));
    ScanJob second = bed.claim("other").orElseThrow();
    assertThat(second.scanId()).isEqualTo(scan.id());
    assertThat(await(bed.jobs.heartbeat(first.jobId()))).isFalse();
    assertThat(await(bed.jobs.finish(first.jobId()))).isFalse();
    assertThat(await(bed.jobs.fail(first.jobId(), "too late"))).isFalse();
    assertThat(await(bed.jobs.finish(second.jobId()))).isTrue();
    assertThat(bed.scan(scan).state()).isEqualTo(Scan.State.DONE);
    assertThat(bed.scan(scan).problem()).isNull();
  }

  @Test
  void a_heartbeat_keeps_the_lease() {
    bed.scanNow(bed.site("shop"));
    ScanJob job = bed.claim("steady").orElseThrow();
    for (int i = 0; i < 5; i++) {
      bed.clock.advance(Duration.ofSeconds(50));
      assertThat(await(bed.jobs.heartbeat(job.jobId()))).isTrue();
      bed.tick();
    }

    assertThat(await(bed.jobs.finish(job.jobId()))).isTrue();
  }

  @Test
  void after_three_failed_tries_a_job_is_parked_with_its_reason() {
    Scan scan = bed.scanNow(bed.site("shop"));
    for (int i = 1; i <= 3; i++) {
      ScanJob job = bed.claim("one").orElseThrow();
      assertThat(await(bed.jobs.fail(job.jobId(), "Chromium did not start."))).isTrue();
      bed.clock.advance(Duration.ofMinutes(1));
    }

    assertThat(bed.claim("one")).isEmpty();
    assertThat(bed.scan(scan).state()).isEqualTo(Scan.State.PARKED);
    assertThat(bed.scan(scan).problem())
        .isEqualTo("Given up after 3 tries. Chromium did not start.");
    assertThat(bed.scan(scan).finishedAt()).isNotNull();
  }

  @Test
  void lighthouse_never_runs_beside_another_job_of_the_same_scanner() {
    Site shop = bed.site("shop");
    Site blog = bed.site("blog");
    await(bed.scans.now(ADMIN, shop.id(), ScanJob.Kind.LIGHTHOUSE));
    bed.scanNow(blog);

    ScanJob visits = bed.claim("one").orElseThrow();
    assertThat(visits.kind()).isEqualTo(ScanJob.Kind.VISITS);
    assertThat(bed.claim("one")).isEmpty();
    await(bed.jobs.finish(visits.jobId()));
    ScanJob lighthouse = bed.claim("one").orElseThrow();
    assertThat(lighthouse.kind()).isEqualTo(ScanJob.Kind.LIGHTHOUSE);
    bed.scanNow(blog);
    assertThat(bed.claim("one")).isEmpty();
    assertThat(bed.claim("two")).isPresent();
  }

  @Test
  void two_claims_of_one_scanner_at_the_same_moment_do_not_pair_lighthouse_with_visits() {
    Site shop = bed.site("shop");
    for (int round = 0; round < 10; round++) {
      await(bed.scans.now(ADMIN, shop.id(), ScanJob.Kind.LIGHTHOUSE));
      bed.scanNow(bed.site("blog" + round));
      Future<Optional<ScanJob>> a = bed.jobs.claim(claimOf("one"), Duration.ZERO, () -> false);
      Future<Optional<ScanJob>> b = bed.jobs.claim(claimOf("one"), Duration.ZERO, () -> false);

      List<ScanJob> leased = new ArrayList<>();
      await(a).ifPresent(leased::add);
      await(b).ifPresent(leased::add);
      assertThat(leased).hasSize(1);
      leased.forEach(job -> await(bed.jobs.finish(job.jobId())));
      bed.claim("one").ifPresent(job -> await(bed.jobs.finish(job.jobId())));
    }
  }

  @Test
  void a_waiting_scanner_gets_a_job_as_soon_as_there_is_one() {
    Site site = bed.site("shop");
    Future<Optional<ScanJob>> waiting =
        bed.jobs.claim(claimOf("one"), Duration.ofSeconds(30), () -> false);
    Scan scan = bed.scanNow(site);

    assertThat(await(waiting).orElseThrow().scanId()).isEqualTo(scan.id());
  }

  @Test
  void a_server_that_stops_lets_waiting_scanners_go() {
    Future<Optional<ScanJob>> waiting =
        bed.jobs.claim(claimOf("one"), Duration.ofMinutes(10), () -> false);
    bed.jobs.close();

    assertThat(await(waiting)).isEmpty();
  }

  @Test
  void a_scanner_that_hung_up_does_not_keep_the_job_nor_use_up_a_try() {
    Scan scan = bed.scanNow(bed.site("shop"));
    for (int i = 0; i < 5; i++) {
      assertThat(await(bed.jobs.claim(claimOf("gone"), Duration.ZERO, () -> true))).isEmpty();
    }

    assertThat(bed.scan(scan).state()).isEqualTo(Scan.State.WAITING);
    assertThat(bed.claim("one")).isPresent();
  }

  @Test
  void jobs_of_an_archived_site_are_not_handed_out_but_parked() {
    Site site = bed.site("shop");
    Scan scan = bed.scanNow(site);
    await(bed.sites.archive(ADMIN, site.id()));

    assertThat(bed.claim("one")).isEmpty();
    bed.tick();
    assertThat(bed.scan(scan).state()).isEqualTo(Scan.State.PARKED);
    assertThat(bed.scan(scan).problem()).isEqualTo("The site was archived.");
  }
}
