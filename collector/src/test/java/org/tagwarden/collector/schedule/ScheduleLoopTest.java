package org.tagwarden.collector.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.schedule.ScheduleTestBed.ADMIN;

import io.vertx.core.Future;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.report.ScanJob;

@Tag("database")
class ScheduleLoopTest {
  private ScheduleTestBed bed;
  private Site site;

  @BeforeEach
  void start() {
    bed = new ScheduleTestBed();
    site = bed.site("shop");
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void a_schedule_is_kept_as_it_was_set() {
    Blackout lunch =
        new Blackout(LocalTime.of(12, 0), LocalTime.of(13, 30), Set.of(DayOfWeek.FRIDAY));
    ScheduleDraft draft =
        new ScheduleDraft("0 6 * * 1-5", "Europe/Berlin", 120, List.of(lunch), true);

    Schedule saved = await(bed.schedules.save(ADMIN, site.id(), ScanJob.Kind.VISITS, draft));

    assertThat(saved.draft()).isEqualTo(draft);
    assertThat(await(bed.schedules.list(ADMIN, site.id()))).containsExactly(saved);
    await(bed.schedules.delete(ADMIN, site.id(), ScanJob.Kind.VISITS));
    assertThat(await(bed.schedules.list(ADMIN, site.id()))).isEmpty();
  }

  @Test
  void a_due_schedule_starts_one_scan_and_moves_on() {
    save("0 6 * * *");
    bed.clock.moveTo("2026-03-02T05:59:59Z");
    assertThat(bed.tick()).isZero();
    bed.clock.moveTo("2026-03-02T06:00:00Z");
    assertThat(bed.tick()).isOne();
    assertThat(bed.tick()).isZero();

    Scan scan = bed.scansOf(site).get(0);
    assertThat(scan.cause()).isEqualTo(Scan.Cause.SCHEDULE);
    assertThat(scan.state()).isEqualTo(Scan.State.WAITING);
    assertThat(bed.claim("one")).isPresent();
    assertThat(schedule().nextRunAt()).isEqualTo("2026-03-03T06:00:00Z");
    assertThat(schedule().lastRunAt()).isEqualTo("2026-03-02T06:00:00Z");
  }

  @Test
  void two_servers_that_see_a_schedule_due_start_one_scan() {
    save("0 6 * * *");
    bed.clock.moveTo("2026-03-02T06:00:00Z");
    ScheduleLoop second =
        new ScheduleLoop(bed.db.vertx(), bed.db.database(), bed.scans, bed.jobs, bed.clock);

    Future<Integer> a = bed.loop.tick();
    Future<Integer> b = second.tick();

    assertThat(await(a) + await(b)).isOne();
    assertThat(bed.scansOf(site)).hasSize(1);
  }

  @Test
  void runs_missed_while_the_server_was_down_are_caught_up_once() {
    save("0 6 * * *");
    bed.clock.moveTo("2026-03-05T10:17:00Z");
    assertThat(bed.tick()).isOne();

    Scan scan = bed.scansOf(site).get(0);
    assertThat(scan.cause()).isEqualTo(Scan.Cause.CATCH_UP);
    assertThat(scan.dueAt()).isEqualTo("2026-03-02T06:00:00Z");
    assertThat(schedule().nextRunAt()).isEqualTo("2026-03-06T06:00:00Z");
  }

  @Test
  void a_scan_that_would_pile_up_is_left_out_and_says_so() {
    save("0 * * * *");
    bed.clock.moveTo("2026-03-02T06:00:00Z");
    assertThat(bed.tick()).isOne();
    bed.clock.moveTo("2026-03-02T07:00:00Z");
    assertThat(bed.tick()).isZero();

    Scan leftOut = bed.scansOf(site).get(0);
    assertThat(leftOut.state()).isEqualTo(Scan.State.PARKED);
    assertThat(leftOut.problem()).contains("no scanner had yet taken the scan before it");
  }

  @Test
  void a_run_caught_up_in_a_blackout_waits_for_its_end() {
    Blackout morning = new Blackout(LocalTime.of(8, 0), LocalTime.of(10, 0), Set.of());
    ScheduleDraft draft = new ScheduleDraft("0 6 * * *", "UTC", 0, List.of(morning), true);
    await(bed.schedules.save(ADMIN, site.id(), ScanJob.Kind.VISITS, draft));
    bed.clock.moveTo("2026-03-02T09:00:00Z");
    assertThat(bed.tick()).isZero();

    assertThat(schedule().nextRunAt()).isEqualTo("2026-03-02T10:00:00Z");
    bed.clock.moveTo("2026-03-02T10:00:00Z");
    assertThat(bed.tick()).isOne();
  }

  @Test
  void a_site_with_lighthouse_is_measured_on_its_schedule() {
    SiteDraft draft = site.draft();
    await(
        bed.sites.update(
            ADMIN,
            site.id(),
            new SiteDraft(
                draft.name(),
                draft.baseUrl(),
                draft.firstParty(),
                draft.pages(),
                draft.options(),
                true,
                draft.alertEmails())));
    save("0 6 * * *");
    bed.clock.moveTo("2026-03-02T06:00:00Z");

    assertThat(bed.tick()).isEqualTo(2);
    assertThat(bed.scansOf(site))
        .extracting(Scan::kind)
        .containsExactlyInAnyOrder(ScanJob.Kind.VISITS, ScanJob.Kind.LIGHTHOUSE);
  }

  @Test
  void neither_switched_off_schedules_nor_archived_sites_start_scans() {
    Site other = bed.site("blog");
    await(
        bed.schedules.save(
            ADMIN, other.id(), ScanJob.Kind.VISITS, ScheduleDraft.of("0 6 * * *", "UTC")));
    await(bed.sites.archive(ADMIN, other.id()));
    ScheduleDraft off = new ScheduleDraft("0 6 * * *", "UTC", 0, List.of(), false);
    await(bed.schedules.save(ADMIN, site.id(), ScanJob.Kind.VISITS, off));
    bed.clock.moveTo("2026-03-02T06:00:00Z");

    assertThat(bed.tick()).isZero();
    assertThat(schedule().nextRunAt()).isNull();
  }

  @Test
  void a_second_scan_now_answers_the_one_that_waits() {
    assertThat(bed.scanNow(site)).isEqualTo(bed.scanNow(site));
  }

  @Test
  void a_viewer_neither_scans_nor_sets_schedules_and_strangers_find_nothing() {
    Principal viewer = new Principal(null, "Vic", null, Map.of(site.clientId(), Role.VIEWER));
    Principal stranger = new Principal(null, "Eve", null, Map.of(99, Role.ADMIN));
    ScheduleDraft draft = ScheduleDraft.of("0 6 * * *", "UTC");
    Scan scan = bed.scanNow(site);

    assertThatThrownBy(() -> await(bed.scans.now(viewer, site.id(), ScanJob.Kind.VISITS)))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.kind()).isEqualTo(Refusal.Kind.FORBIDDEN));
    assertThatThrownBy(
            () -> await(bed.schedules.save(viewer, site.id(), ScanJob.Kind.VISITS, draft)))
        .isInstanceOf(Refusal.class);
    assertThat(await(bed.scans.get(viewer, scan.id()))).isEqualTo(scan);
    assertThatThrownBy(() -> await(bed.scans.get(stranger, scan.id())))
        .hasMessageContaining("There is no scan");
    assertThatThrownBy(() -> await(bed.schedules.list(stranger, site.id())))
        .hasMessageContaining("There is no site");
    assertThat(await(bed.scans.list(stranger, null, 10))).isEmpty();
  }

  private void save(String cron) {
    await(bed.schedules.save(ADMIN, site.id(), ScanJob.Kind.VISITS, ScheduleDraft.of(cron, "UTC")));
  }

  private Schedule schedule() {
    return await(bed.schedules.list(ADMIN, site.id())).get(0);
  }
}
