package org.tagwarden.collector.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.LighthouseReport;
import org.tagwarden.report.Problem;
import org.tagwarden.report.SampleReports;

@Tag("database")
class LighthouseIntakeTest {
  private static final Clock CLOCK = Clock.fixed(SampleReports.START, ZoneOffset.UTC);
  private static final LocalDate DAY = LocalDate.parse("2026-03-02");
  private TestDatabase db;
  private TestSite site;
  private LighthouseIntake intake;
  private Performance performance;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    site = TestSite.create(db, CLOCK);
    intake = new LighthouseIntake(db.database());
    performance = new Performance(db.database());
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void a_run_counts_once_however_often_it_arrives() {
    LighthouseReport run = run(2_400, null);

    assertThat(await(intake.accept(run))).isTrue();
    assertThat(await(intake.accept(run))).isFalse();
    assertThat(await(performance.lighthouse(site.id(), DAY, DAY)).get(0).runs()).isOne();
  }

  @Test
  void a_day_is_the_median_of_its_good_runs() {
    for (double lcp : new double[] {1_000, 2_000, 9_000}) await(intake.accept(run(lcp, null)));
    await(intake.accept(run(-1, new Problem("lighthouse", "run", "timeout", "Too slow.", null))));

    List<Performance.LighthouseDay> days = await(performance.lighthouse(site.id(), DAY, DAY));

    assertThat(days).hasSize(1);
    assertThat(days.get(0).lcpMs()).isEqualTo(2_000);
    assertThat(days.get(0).runs()).isEqualTo(3);
    assertThat(days.get(0).cls()).as("no value is no zero").isNull();
  }

  @Test
  void the_cost_of_a_company_goes_to_its_only_tag() {
    site.take(SampleReports.shop(HOME));

    await(intake.accept(run(2_400, null)));

    assertThat(
            site.texts(
                "SELECT d.cpu_ms::int FROM tag_day d JOIN tag t ON t.id = d.tag_id WHERE t.key = 'intercom'"))
        .containsExactly("310");
    assertThat(await(performance.tags(site.id(), DAY, DAY, 50)))
        .anyMatch(tag -> tag.vendor().equals("Intercom") && tag.cpuMs() == 310);
  }

  @Test
  void visits_give_a_days_timings_and_weight() {
    site.take(SampleReports.shop(HOME), SampleReports.shop(HOME + "cart"));

    assertThat(await(performance.visits(site.id(), DAY, DAY)))
        .singleElement()
        .matches(day -> day.visits() == 2 && day.lcpMs() == 640 && day.loadMs() == 910);
    assertThat(await(performance.parties(site.id(), DAY, DAY)))
        .singleElement()
        .matches(day -> day.ownRequests() == 3 && day.thirdPartyRequests() == 9);
  }

  @Test
  void a_run_of_an_unknown_scan_is_refused() {
    assertThatThrownBy(() -> await(intake.accept(run(UUID.randomUUID(), 1, null))))
        .hasMessageContaining("There is no scan");
  }

  private LighthouseReport run(double lcp, @Nullable Problem problem) {
    return run(site.scan(), lcp, problem);
  }

  private static LighthouseReport run(UUID scan, double lcp, @Nullable Problem problem) {
    LighthouseReport.Entity intercom = new LighthouseReport.Entity("Intercom", 90_000, 310, 120);
    return new LighthouseReport(
        UUID.randomUUID(),
        scan,
        null,
        HOME,
        SampleReports.START,
        "12.6.1",
        71,
        lcp,
        900,
        240,
        -1,
        130,
        1_900,
        820_000,
        410,
        List.of(intercom),
        problem);
  }
}
