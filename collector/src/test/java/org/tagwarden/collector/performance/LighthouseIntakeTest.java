package org.tagwarden.collector.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;

import java.time.Clock;
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
  private TestDatabase db;
  private TestSite site;
  private LighthouseIntake intake;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    site = TestSite.create(db, CLOCK);
    intake = new LighthouseIntake(db.database());
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
    assertThat(site.count("SELECT count(*) FROM lighthouse_run")).isOne();
  }

  @Test
  void what_lighthouse_did_not_measure_is_no_zero() {
    await(intake.accept(run(-1, new Problem("lighthouse", "run", "timeout", "Too slow.", null))));

    assertThat(site.texts("SELECT lcp_ms FROM lighthouse_run")).containsExactly("null");
    assertThat(site.texts("SELECT cls FROM lighthouse_run")).containsExactly("null");
    assertThat(site.texts("SELECT problem FROM lighthouse_run")).containsExactly("Too slow.");
    assertThat(site.texts("SELECT visits || ' ' || failed_visits FROM scan"))
        .containsExactly("1 1");
  }

  @Test
  void the_cost_of_a_company_goes_to_its_only_tag() {
    site.take(SampleReports.shop(HOME));

    await(intake.accept(run(2_400, null)));

    assertThat(
            site.texts(
                "SELECT d.cpu_ms::int FROM tag_day d JOIN tag t ON t.id = d.tag_id WHERE t.key = 'intercom'"))
        .containsExactly("310");
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
