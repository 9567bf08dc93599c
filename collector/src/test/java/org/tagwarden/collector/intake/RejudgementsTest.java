package org.tagwarden.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.changes.ChangeWatch;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.AuthorizationOrder;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.Saved;
import org.tagwarden.collector.governance.Withdrawal;
import org.tagwarden.collector.governance.rules.Authorization.Keepers;
import org.tagwarden.collector.governance.rules.Authorization.Term;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;

/** Decisions are followed at once, not at the next scan. */
@Tag("database")
class RejudgementsTest {
  private static final String URL = "https://tags.unheard-of.example/t.js";
  private static final String KEY = "host:tags.unheard-of.example";
  private static final String UNAPPROVED = "unapproved-script tags.unheard-of.example/t.js";
  private static final String DRIFT = "envelope-drift " + KEY + " hosts";
  private static final Envelope OWN_HOSTS =
      new Envelope(Set.of("*.unheard-of.example"), null, null, null, null, null, null, null);
  private static final Decider IDA = new Decider(null, "Ida", Origin.PROGRAM);

  private final MovableClock clock = MovableClock.at("2026-03-02T06:00:00Z");
  private TestDatabase db;
  private TestSite site;
  private Rejudgements rejudgements;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    site = TestSite.create(db, clock, "it@shop.example");
    rejudgements = new Rejudgements(db.vertx(), db.database(), site.reanalysis(), clock);
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void a_withdrawn_approval_opens_what_it_had_settled() {
    site.take(visit());
    Saved saved = approve(Envelope.OPEN, Term.OPEN);
    assertThat(open()).isEmpty();

    clock.advance(Duration.ofHours(2));
    withdraw(saved);
    assertThat(follow()).isOne();

    assertThat(open()).containsExactly(UNAPPROVED);
    assertThat(
            site.texts(
                "SELECT change || ' ' || (at = $1) FROM finding_change ORDER BY id DESC LIMIT 1",
                SqlTime.now(clock)))
        .containsExactly("REOPENED true");
  }

  @Test
  void an_authorization_that_is_withdrawn_while_its_drift_is_open_leaves_one_finding() {
    Saved saved = approve(OWN_HOSTS, Term.OPEN);
    site.take(visit().pixel(URL, "https://x.example/p.webp"));
    assertThat(open()).containsExactly(DRIFT);

    withdraw(saved);
    follow();

    assertThat(open()).containsExactly(UNAPPROVED);
    assertThat(changes()).endsWith("OPENED unapproved-script", "RESOLVED envelope-drift");
    assertThat(site.count("SELECT count(*) FROM alert")).as("somebody is told").isOne();
  }

  @Test
  void limits_that_are_drawn_wider_or_narrower_settle_or_open_the_drift() {
    approve(OWN_HOSTS, Term.OPEN);
    site.take(visit().pixel(URL, "https://x.example/p.webp"));
    assertThat(open()).containsExactly(DRIFT);

    approve(
        new Envelope(
            Set.of("*.unheard-of.example", "x.example"), null, null, null, null, null, null, null),
        Term.OPEN);
    follow();
    assertThat(open()).isEmpty();

    approve(OWN_HOSTS, Term.OPEN);
    follow();
    assertThat(open()).containsExactly(DRIFT);
  }

  @Test
  void limits_that_allow_a_new_contact_settle_the_change_and_others_do_not() {
    String drop = "https://drop.skimmer.example/p?d=1";
    approve(OWN_HOSTS, Term.OPEN);
    for (int i = 0; i <= ChangeWatch.LEARNING_VISITS; i++) site.take(visit());
    site.take(visit().beacon(URL, drop));
    String contact = "script-contact tags.unheard-of.example/t.js → drop.skimmer.example";
    assertThat(open()).containsExactly(contact);

    approve(OWN_HOSTS, new Term(null, LocalDate.of(2027, 1, 1)));
    follow();
    assertThat(open()).containsExactly(contact);
    site.take(visit().beacon(URL, drop));
    assertThat(open()).containsExactly(contact);

    approve(
        new Envelope(
            Set.of("*.unheard-of.example", "drop.skimmer.example"),
            null,
            null,
            null,
            null,
            null,
            null,
            null),
        Term.OPEN);
    follow();
    assertThat(open()).isEmpty();
    site.take(visit().beacon(URL, drop));
    assertThat(open()).isEmpty();
  }

  @Test
  void an_approval_that_expires_is_a_finding_on_that_day_without_a_scan_and_once() {
    approve(Envelope.OPEN, new Term(LocalDate.of(2026, 3, 3), null));
    site.take(visit());
    assertThat(follow()).isZero();
    assertThat(open()).isEmpty();

    clock.moveTo("2026-03-03T23:59:00Z");
    assertThat(follow()).isZero();
    clock.moveTo("2026-03-04T00:01:00Z");
    assertThat(follow()).isOne();
    assertThat(open()).containsExactly("authorization-lapsed " + KEY);

    clock.moveTo("2026-03-05T00:01:00Z");
    assertThat(follow()).isZero();
    clock.moveTo("2026-03-01T00:00:00Z"); // a clock that jumps back
    assertThat(follow()).isZero();
    assertThat(changes()).filteredOn(line -> line.endsWith("authorization-lapsed")).hasSize(1);
  }

  @Test
  void a_decision_for_all_sites_judges_only_those_and_their_pages_that_carry_the_tag() {
    site.take(visit());
    site.take(SampleReports.visit(HOME + "plain").visitId(UUID.randomUUID()).at(clock.instant()));
    site.run(
        """
        INSERT INTO site (client_id, name, base_url, page_urls, alert_emails, created_at)
        SELECT client_id, 'Other', 'https://other.example/', '{}', '{}', created_at FROM site
        """);
    save(new Scope(site.clientId(), null, Scope.Pages.ALL), Envelope.OPEN, Term.OPEN);

    assertThat(site.texts("SELECT site_id || ' ' || cardinality(tag_ids) FROM rejudgement"))
        .containsExactly(site.id() + " 1");
    int tag = site.run("SELECT id FROM tag WHERE key = $1", KEY).get(0).getInteger(0);
    assertThat(await(site.reanalysis().reanalyze(site.id(), new Integer[] {tag}))).isOne();
    assertThat(await(site.reanalysis().reanalyze(site.id()))).isEqualTo(2);
  }

  @Test
  void several_decisions_in_a_row_are_followed_together_and_none_is_lost() {
    site.take(visit());
    Saved saved = approve(Envelope.OPEN, Term.OPEN);
    withdraw(saved);
    assertThat(site.texts("SELECT version::text FROM rejudgement")).containsExactly("2");
    assertThat(follow()).isOne();
    assertThat(open()).containsExactly(UNAPPROVED);
    assertThat(site.count("SELECT count(*) FROM rejudgement")).isZero();
    assertThat(follow()).isZero();
  }

  private SampleVisit visit() {
    clock.advance(Duration.ofMinutes(1));
    return SampleReports.visit(HOME)
        .visitId(UUID.randomUUID())
        .at(clock.instant())
        .script(URL, "soup();");
  }

  private Saved approve(Envelope limits, Term term) {
    clock.advance(Duration.ofSeconds(1));
    return save(Scope.site(site.clientId(), site.id()), limits, term);
  }

  private Saved save(Scope scope, Envelope limits, Term term) {
    AuthorizationDraft draft =
        new AuthorizationDraft(
            scope,
            Subject.ofTag(KEY),
            Verdict.APPROVED,
            null,
            "needed",
            Keepers.NOBODY,
            term,
            limits);
    return await(site.book().save(new AuthorizationOrder(draft, null), IDA));
  }

  private void withdraw(Saved saved) {
    @Nullable Integer version = null;
    int id = saved.authorizationIds().get(0);
    await(site.book().withdraw(new Withdrawal(id, version, "Contract ended."), IDA));
  }

  private int follow() {
    return await(rejudgements.runDue());
  }

  /** About the tag and what it does. */
  private List<String> open() {
    return site.texts(
        """
        SELECT check_id || ' ' || subject FROM finding
        WHERE state = 'OPEN' AND check_id IN
          ('unapproved-script', 'envelope-drift', 'authorization-lapsed', 'script-contact', 'new-third-party')
        ORDER BY 1
        """);
  }

  private List<String> changes() {
    return site.texts(
        """
        SELECT c.change || ' ' || f.check_id FROM finding_change c JOIN finding f ON f.id = c.finding_id
        WHERE f.check_id IN ('unapproved-script', 'envelope-drift', 'authorization-lapsed') ORDER BY c.id
        """);
  }
}
