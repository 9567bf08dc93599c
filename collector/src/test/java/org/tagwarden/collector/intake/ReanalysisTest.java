package org.tagwarden.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.VendorCatalog;
import org.tagwarden.report.SampleReports;

@Tag("database")
class ReanalysisTest {
  private static final Clock CLOCK = Clock.fixed(SampleReports.START, ZoneOffset.UTC);
  private TestDatabase db;
  private TestSite site;
  private Reanalysis reanalysis;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    site = TestSite.create(db, CLOCK, "it@shop.example");
    FindingLedger ledger = new FindingLedger();
    DecisionBook decisions = new DecisionBook(db.database(), ledger, CLOCK);
    Recogniser recogniser = new Recogniser(VendorCatalog.load(null));
    reanalysis = new Reanalysis(db.vertx(), db.database(), recogniser, decisions, ledger, CLOCK);
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void finds_in_stored_visits_what_no_check_had_found_before() {
    site.take(SampleReports.shop(HOME), SampleReports.shop(HOME + "cart"));
    List<String> found = findings();
    site.run("DELETE FROM finding");

    assertThat(await(reanalysis.reanalyze(site.id()))).isEqualTo(2);

    assertThat(findings()).isEqualTo(found).isNotEmpty();
  }

  @Test
  void changes_nothing_when_the_checks_are_the_same() {
    site.take(SampleReports.shop(HOME));
    String state = "SELECT f::text FROM finding f ORDER BY id";
    List<String> before = site.texts(state);
    long changes = site.count("SELECT count(*) FROM finding_change");
    long firings = site.count("SELECT sum(firings)::bigint FROM tag_day");

    await(reanalysis.reanalyze(site.id()));

    assertThat(site.texts(state)).isEqualTo(before);
    assertThat(site.count("SELECT count(*) FROM finding_change")).isEqualTo(changes);
    assertThat(site.count("SELECT sum(firings)::bigint FROM tag_day")).isEqualTo(firings);
  }

  @Test
  void refuses_an_unknown_site() {
    assertThatThrownBy(() -> await(reanalysis.reanalyze(987_654)))
        .hasMessageContaining("There is no site 987654");
  }

  private List<String> findings() {
    return site.texts(
        "SELECT check_id || ' ' || subject || ' ' || cardinality(pages) FROM finding WHERE state = 'OPEN' ORDER BY 1");
  }
}
