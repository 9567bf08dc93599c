package org.tagwarden.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;
import static org.tagwarden.collector.intake.TestSite.minute;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.ScanReport;
import org.tagwarden.report.VisitOutcome;

@Tag("database")
class ReportIntakeTest {
  private static final Clock CLOCK = Clock.fixed(SampleReports.START, ZoneOffset.UTC);
  private TestDatabase db;
  private TestSite site;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    site = TestSite.create(db, CLOCK);
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void stores_a_visit_with_its_figures_and_its_report() {
    IntakeResult result = site.take(SampleReports.shop(HOME));

    assertThat(result.stored()).hasSize(1);
    assertThat(site.count("SELECT requests FROM page_visit WHERE site_id = $1", site.id()))
        .isEqualTo(12);
    assertThat(
            site.count(
                "SELECT cardinality(resource_ids) FROM page_visit WHERE site_id = $1", site.id()))
        .isEqualTo(12);
    assertThat(visitsIn("visit_report")).isOne();
    assertThat(site.count("SELECT visits FROM scan WHERE site_id = $1", site.id())).isOne();
  }

  @Test
  void fills_the_inventory_with_what_was_recognised() {
    site.take(SampleReports.shop(HOME));

    assertThat(site.texts("SELECT key FROM tag WHERE site_id = $1", site.id()))
        .contains("google-tag-manager", "google-analytics", "intercom")
        .contains("host:tags.unheard-of.example", "host:pixel.stranger.example");
    assertThat(
            site.texts(
                "SELECT load_method FROM tag WHERE site_id = $1 AND key = 'host:pixel.stranger.example'",
                site.id()))
        .containsExactly("PIGGYBACK");
    assertThat(
            site.texts(
                "SELECT array_to_string(account_ids, ',') FROM tag WHERE site_id = $1 AND key = 'google-tag-manager'",
                site.id()))
        .containsExactly("GTM-AB12CD3");
  }

  @Test
  void a_container_keeps_its_newest_version_and_is_named_by_what_it_deployed() {
    site.take(
        SampleReports.visit(HOME).gtm("GTM-AB12CD3", "42").ga("G-ABCDEF1234").at(minute(2)),
        SampleReports.visit(HOME).gtm("GTM-AB12CD3", "41").ga("G-ABCDEF1234").at(minute(1)),
        SampleReports.visit(HOME + "shop").gtm("GTM-SH0P123", "9").at(minute(3)));

    String column = "SELECT %s FROM tag WHERE site_id = $1 AND key = '%s'";
    assertThat(site.texts(column.formatted("versions", "google-tag-manager"), site.id()))
        .containsExactly("{\"GTM-AB12CD3\":\"42\",\"GTM-SH0P123\":\"9\"}");
    assertThat(site.texts(column.formatted("container_id", "google-analytics"), site.id()))
        .containsExactly("GTM-AB12CD3");
    assertThat(site.texts(column.formatted("container_id", "google-tag-manager"), site.id()))
        .containsExactly("null");
  }

  @Test
  void a_report_that_is_sent_twice_counts_once() {
    ScanReport report = SampleReports.report(site.scan(), SampleReports.shop(HOME));
    UUID visit = report.visits().get(0).visitId();

    IntakeResult first = await(site.intake().accept(report, "scanner-1"));
    IntakeResult second = await(site.intake().accept(report, "scanner-1"));

    assertThat(first).isEqualTo(new IntakeResult(List.of(visit), List.of()));
    assertThat(second).isEqualTo(new IntakeResult(List.of(), List.of(visit)));
    assertThat(visitsIn("page_visit")).isOne();
    assertThat(site.texts("SELECT DISTINCT firings FROM tag_day WHERE site_id = $1", site.id()))
        .containsExactly("1");
    assertThat(site.count("SELECT visits FROM site_day WHERE site_id = $1", site.id())).isOne();
  }

  @Test
  void the_same_report_sent_many_times_at_once_counts_once() {
    ScanReport report = SampleReports.report(site.scan(), SampleReports.shop(HOME));

    List<Future<IntakeResult>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) all.add(site.intake().accept(report, "scanner-1"));
    await(Future.join(all));

    assertThat(all).filteredOn(one -> !one.result().stored().isEmpty()).hasSize(1);
    assertThat(visitsIn("page_visit")).isOne();
    assertThat(site.count("SELECT max(firings) FROM tag_day WHERE site_id = $1", site.id()))
        .isOne();
  }

  @Test
  void reports_of_many_sites_at_once_neither_deadlock_nor_mix() {
    List<TestSite> sites = new ArrayList<>();
    List<Future<IntakeResult>> all = new ArrayList<>();
    for (int s = 0; s < 4; s++) sites.add(TestSite.create(db, CLOCK));
    for (int visit = 0; visit < 6; visit++) {
      for (TestSite one : sites) {
        ScanReport report =
            SampleReports.report(
                one.scan(),
                SampleReports.busy(HOME + "p" + visit, 60, visit)
                    .visitId(UUID.randomUUID())
                    .at(minute(visit)));
        all.add(one.intake().accept(report, "scanner-1"));
      }
    }
    await(Future.all(all));

    for (TestSite one : sites) {
      assertThat(one.count("SELECT visits FROM site_day WHERE site_id = $1", one.id()))
          .isEqualTo(6);
      assertThat(one.count("SELECT max(pages) FROM tag WHERE site_id = $1", one.id())).isEqualTo(6);
    }
    assertThat(site.count("SELECT count(*) - count(DISTINCT url) FROM resource")).isZero();
  }

  @Test
  void a_failure_in_the_middle_leaves_nothing_half_stored() {
    db.sql("ALTER TABLE visit_report_default ADD CONSTRAINT broken CHECK (false) NOT VALID");
    ScanReport report = SampleReports.report(site.scan(), SampleReports.shop(HOME));
    try {
      assertThatThrownBy(() -> await(site.intake().accept(report, "scanner-1")))
          .hasMessageContaining("broken");
    } finally {
      db.sql("ALTER TABLE visit_report_default DROP CONSTRAINT broken");
    }

    for (String table : List.of("page", "page_visit", "visit_seen", "tag", "tag_day", "site_day"))
      assertThat(visitsIn(table)).as(table).isZero();
    assertThat(visitsIn("finding")).isZero();
    assertThat(await(site.intake().accept(report, "scanner-1")).stored()).hasSize(1);
    assertThat(visitsIn("page_visit")).isOne();
  }

  @Test
  void a_failed_or_challenged_visit_is_kept_and_changes_nothing_else() {
    site.take(SampleReports.shop(HOME));
    List<String> before = inventory();

    site.take(
        SampleReports.visit(HOME).at(minute(10)).outcome(VisitOutcome.FAILED),
        SampleReports.shop(HOME).at(minute(20)).outcome(VisitOutcome.CHALLENGED));

    assertThat(visitsIn("page_visit")).isEqualTo(3);
    assertThat(inventory()).isEqualTo(before);
    assertThat(site.count("SELECT visits FROM site_day WHERE site_id = $1", site.id())).isOne();
    assertThat(
            site.texts("SELECT failed_visits FROM scan WHERE site_id = $1 ORDER BY 1", site.id()))
        .containsExactly("0", "2");
  }

  @Test
  void a_tag_that_left_its_last_page_has_no_pages_and_stays_known() {
    site.take(SampleReports.shop(HOME), SampleReports.shop(HOME + "cart"));
    String pages = "SELECT pages FROM tag WHERE site_id = $1 AND key = 'intercom'";
    assertThat(site.count(pages, site.id())).isEqualTo(2);

    site.take(SampleReports.visit(HOME).at(minute(5)));
    assertThat(site.count(pages, site.id())).isEqualTo(1);
    site.take(SampleReports.visit(HOME + "cart").at(minute(6)));
    assertThat(site.count(pages, site.id())).isZero();
  }

  @Test
  void a_visit_that_was_cut_short_takes_nothing_off_its_page() {
    site.take(SampleReports.shop(HOME));
    site.take(SampleReports.visit(HOME).at(minute(5)).outcome(VisitOutcome.CUT_SHORT));

    assertThat(site.count("SELECT min(pages) FROM tag WHERE site_id = $1", site.id())).isOne();
  }

  @Test
  void a_late_report_counts_in_its_day_and_leaves_the_present_alone() {
    site.take(SampleReports.visit(HOME).at(minute(24 * 60)));
    site.take(SampleReports.shop(HOME));

    assertThat(site.count("SELECT max(pages) FROM tag WHERE site_id = $1", site.id())).isZero();
    assertThat(site.count("SELECT count(*) FROM site_day WHERE site_id = $1", site.id()))
        .isEqualTo(2);
  }

  @Test
  void script_bodies_are_stored_once_and_pages_find_their_scripts() {
    site.take(SampleReports.shop(HOME), SampleReports.shop(HOME + "cart"));

    assertThat(
            site.count(
                "SELECT count(*) FROM script_version WHERE encode(sha256, 'hex') = $1 AND body IS NOT NULL",
                SampleReports.hex("SHA-256", "soup();")))
        .isOne();
    assertThat(
            site.count(
                """
                SELECT count(*) FROM page_state p
                WHERE site_id = $1 AND script_ids @> ARRAY(
                  SELECT script_id FROM site_script s JOIN tag t ON t.id = s.tag_id
                  WHERE t.site_id = $1 AND t.key = 'host:tags.unheard-of.example')
                """,
                site.id()))
        .isEqualTo(2);
  }

  @Test
  void a_report_for_an_unknown_scan_is_refused_as_not_found() {
    ScanReport report = SampleReports.report(UUID.randomUUID(), SampleReports.shop(HOME));

    assertThatThrownBy(() -> await(site.intake().accept(report, "scanner-1")))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND))
        .hasMessageContaining(report.scanId().toString());
  }

  private long visitsIn(String table) {
    return site.count("SELECT count(*) FROM " + table + " WHERE site_id = $1", site.id());
  }

  private List<String> inventory() {
    return site.texts(
        "SELECT t::text || p::text FROM tag t, page_state p WHERE t.site_id = $1 AND p.site_id = $1 ORDER BY 1",
        site.id());
  }
}
