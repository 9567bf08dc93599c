package org.tagwarden.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;
import static org.tagwarden.collector.intake.TestSite.minute;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;
import org.tagwarden.report.ScanReport;

/** A page that is seen in several consent states, and as a page of a journey. */
@Tag("database")
class SeveralStatesTest {
  private static final Clock CLOCK = Clock.fixed(SampleReports.START, ZoneOffset.UTC);
  private static final String AD = "https://ads.after-consent.example/ad.js";
  private static final String AD_TAG = "host:ads.after-consent.example";
  private TestDatabase db;
  private TestSite site;
  private int minute;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    site = TestSite.create(db, CLOCK, "it@shop.example");
    play("NONE", "ACCEPT", "REJECT");
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void fifty_scans_in_three_states_and_a_journey_repeat_no_finding() {
    site.take(withoutChoice(), accepted(), rejected(), checkout(HOME + "order/1"));
    List<String> afterOne = findings();
    long changes = changes();

    for (int scan = 2; scan <= 50; scan++) {
      site.take(rejected(), withoutChoice(), checkout(HOME + "order/" + scan), accepted());
    }

    assertThat(findings()).isEqualTo(afterOne).anyMatch(f -> f.contains("after-consent"));
    assertThat(changes()).isEqualTo(changes);
    assertThat(site.count("SELECT count(*) FROM page_state WHERE site_id = $1", site.id()))
        .isEqualTo(4);
  }

  @Test
  void a_tag_that_fires_only_after_accepting_is_on_one_page_all_the_time() {
    site.take(withoutChoice(), accepted());
    site.take(withoutChoice());

    assertThat(site.count("SELECT pages FROM tag WHERE key = $1", AD_TAG)).isOne();
    assertThat(
            site.texts(
                """
                SELECT s.consent || ' ' || (t.id = ANY(s.tag_ids)) || ' ' || (t.id = ANY(s.early_tag_ids))
                FROM page_state s JOIN tag t ON t.key = $1 ORDER BY s.consent
                """,
                AD_TAG))
        .containsExactly("ACCEPT true false", "NONE false false");
  }

  @Test
  void what_is_gone_in_its_own_state_is_resolved() {
    for (int scan = 0; scan < 10; scan++) site.take(withoutChoice(), accepted());
    for (int scan = 0; scan < 5; scan++) site.take(withoutChoice());
    assertThat(findings()).as("another state").anyMatch(f -> f.contains("after-consent"));

    site.take(sample().choice(ConsentState.ACCEPT, choice()));
    assertThat(site.count("SELECT pages FROM tag WHERE key = $1", AD_TAG)).isZero();
    assertThat(findings()).anyMatch(f -> f.contains("after-consent"));

    site.take(sample().choice(ConsentState.ACCEPT, choice()));
    site.take(sample().choice(ConsentState.ACCEPT, choice()));
    assertThat(findings()).noneMatch(f -> f.contains("after-consent"));
  }

  @Test
  void a_banner_that_was_not_reached_resolves_nothing_until_it_is_gone_for_good() {
    for (int scan = 0; scan < 10; scan++) site.take(accepted());
    SampleVisit missed = sample().consent(ConsentState.ACCEPT);

    site.take(missed);
    site.take(sample().consent(ConsentState.ACCEPT));
    assertThat(findings()).anyMatch(f -> f.contains("after-consent"));

    // From the third on it is the page itself: what showed ten times is gone after three of these.
    for (int scan = 0; scan < 2; scan++) site.take(sample().consent(ConsentState.ACCEPT));
    assertThat(findings()).anyMatch(f -> f.contains("after-consent"));
    site.take(sample().consent(ConsentState.ACCEPT));
    assertThat(findings()).noneMatch(f -> f.contains("after-consent"));
  }

  @Test
  void a_state_that_is_played_no_more_goes_with_the_next_scan() {
    site.take(withoutChoice(), accepted(), checkout(HOME + "sign-in"));
    play("NONE", "REJECT");
    site.run("UPDATE site SET journeys = '[]', sign_in = '{\"name\": \"Buy shoes\"}'");
    UUID scan = site.scan();
    await(
        site.intake().accept(SampleReports.report(scan, withoutChoice(), rejected()), "scanner-1"));
    UUID job = UUID.randomUUID();
    site.run(
        """
        INSERT INTO scan_job (id, scan_id, site_id, kind, state, not_before, created_at)
        VALUES ($1, $2, $3, 'VISITS', 'DONE', now(), now())
        """,
        job,
        scan,
        site.id());

    await(site.intake().scanDone(job));

    assertThat(site.texts("SELECT consent || journey FROM page_state ORDER BY 1"))
        .containsExactly("ACCEPTBuy shoes", "NONE", "REJECT");
    assertThat(findings()).isNotEmpty().noneMatch(f -> f.contains("after-consent"));
    assertThat(site.count("SELECT pages FROM tag WHERE key = $1", AD_TAG)).isZero();
    assertThat(
            site.texts(
                "SELECT change FROM finding_change c JOIN finding f ON f.id = c.finding_id"
                    + " WHERE f.subject LIKE '%after-consent%' ORDER BY c.id DESC LIMIT 1"))
        .containsExactly("RESOLVED");
  }

  @Test
  void judging_again_looks_at_every_state() {
    site.take(withoutChoice(), accepted());
    List<String> found = findings();
    site.run("DELETE FROM finding");

    assertThat(await(site.reanalysis().reanalyze(site.id()))).isEqualTo(2);

    assertThat(findings()).isEqualTo(found);
  }

  @Test
  void a_journeys_page_says_where_people_pay() {
    site.take(withoutChoice(), checkout(HOME + "order/1"));

    assertThat(
            site.texts(
                """
                SELECT p.url || ' ' || s.journey || ' ' || s.journey_page
                FROM page_state s JOIN page p ON p.id = s.page_id WHERE s.payment
                """))
        .containsExactly(HOME + "order/1 Buy shoes 1");
    assertThat(site.texts("SELECT journey FROM page_visit WHERE payment"))
        .containsExactly("Buy shoes");
  }

  @Test
  void an_image_is_kept_once_and_shown_to_its_own_site_only() {
    site.take(checkout(HOME + "order/1"));
    site.take(checkout(HOME + "order/2"));

    assertThat(site.count("SELECT count(*) FROM screenshot")).isEqualTo(3);
    assertThat(site.count("SELECT count(*) FROM visit_screenshot")).isEqualTo(6);
    String banner = SampleReports.hex("SHA-256", "a checkout with a banner");
    UUID visit = site.run("SELECT visit_id FROM visit_screenshot LIMIT 1").get(0).getUUID(0);
    StoredVisits visits = new StoredVisits(db.vertx(), db.database());
    StoredImage image = await(visits.image(site.id(), visit, banner)).orElseThrow();
    assertThat(image.file()).hasToString("a checkout with a banner");
    assertThat(image.mimeType()).isEqualTo("image/webp");
    TestSite other = TestSite.create(db, CLOCK);
    assertThat(await(visits.image(other.id(), visit, banner))).isEmpty();
  }

  @Test
  void an_image_that_is_not_what_its_hash_says_is_left_out() {
    SampleVisit visit = checkout(HOME);
    ScanReport report = SampleReports.report(site.scan(), visit);
    Map<String, String> forged = new HashMap<>(report.images());
    forged.replaceAll((sha256, file) -> "Zm9yZ2Vk");
    await(
        site.intake()
            .accept(
                ScanReport.of(
                    report.scanId(),
                    null,
                    report.scanner(),
                    report.visits(),
                    report.bodies(),
                    forged),
                "scanner-1"));

    assertThat(site.count("SELECT count(*) FROM screenshot")).isZero();
    assertThat(site.count("SELECT count(*) FROM page_visit")).isOne();
  }

  /** The site's settings. */
  private void play(String... consents) {
    site.run(
        """
        UPDATE site SET options = jsonb_build_object('consents', to_jsonb($2::text[])),
          journeys = '[{"name": "Buy shoes", "steps": []}]' WHERE id = $1
        """,
        site.id(),
        consents);
  }

  private SampleVisit sample() {
    return SampleReports.shop(HOME).at(minute(minute++));
  }

  private SampleVisit withoutChoice() {
    return sample();
  }

  private SampleVisit accepted() {
    return sample().choice(ConsentState.ACCEPT, choice()).script(AD, "ad();");
  }

  private SampleVisit rejected() {
    return sample().choice(ConsentState.REJECT, choice());
  }

  private SampleVisit checkout(String page) {
    return SampleReports.checkout(page).at(minute(minute++));
  }

  private static ConsentChoice choice() {
    return new ConsentChoice("Cookiebot", "autoconsent", 2_000);
  }

  private List<String> findings() {
    return site.texts(
        "SELECT check_id || ' ' || subject FROM finding WHERE state = 'OPEN' ORDER BY 1");
  }

  private long changes() {
    return site.count("SELECT count(*) FROM finding_change");
  }
}
