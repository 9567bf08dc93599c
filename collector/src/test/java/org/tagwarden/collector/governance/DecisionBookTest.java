package org.tagwarden.collector.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;
import static org.tagwarden.collector.intake.TestSite.minute;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.SampleReports;

@Tag("database")
class DecisionBookTest {
  private static final String KEY = "host:tags.unheard-of.example";
  private static final String URL = "https://tags.unheard-of.example/t.js";
  private static final String SUBJECT = "tags.unheard-of.example/t.js";

  private final MovableClock clock = MovableClock.at("2026-03-02T06:00:00Z");
  private TestDatabase db;
  private TestSite site;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    site = TestSite.create(db, clock);
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void keeps_who_decided_what_why_and_when() {
    DecisionSubject tag = DecisionSubject.tag(KEY);
    site.decide(tag, DecisionState.PENDING);
    site.decide(tag, DecisionState.APPROVED);

    List<DecisionRecord> history = await(site.decisions().history(site.id(), tag));

    assertThat(history)
        .extracting(DecisionRecord::state)
        .containsExactly(DecisionState.APPROVED, DecisionState.PENDING);
    assertThat(history.get(0).justification()).isEqualTo("needed");
    assertThat(history.get(0).decidedBy()).isEqualTo("Ida");
    assertThat(history.get(0).decidedAt()).isEqualTo(clock.instant());
    assertThat(
            site.texts(
                "SELECT who || ' ' || action || ' ' || subject FROM audit_entry ORDER BY id"))
        .containsExactly(
            "Ida decide host tags.unheard-of.example: pending",
            "Ida decide host tags.unheard-of.example: approved");
  }

  @Test
  void an_approval_settles_open_findings_at_once_and_a_refusal_brings_them_back() {
    site.take(SampleReports.visit(HOME).script(URL, "soup();"));
    assertThat(open()).containsExactly(SUBJECT);

    site.decide(DecisionSubject.tag(KEY), DecisionState.APPROVED);
    assertThat(open()).isEmpty();
    site.take(SampleReports.visit(HOME).at(minute(5)).script(URL, "soup();"));
    assertThat(open()).isEmpty();

    site.decide(DecisionSubject.tag(KEY), DecisionState.REFUSED);
    site.take(SampleReports.visit(HOME).at(minute(9)).script(URL, "soup();"));
    assertThat(open()).containsExactly(SUBJECT);
  }

  @Test
  void what_is_pending_still_counts_as_unapproved() {
    site.decide(DecisionSubject.tag(KEY), DecisionState.PENDING);
    site.take(SampleReports.visit(HOME).script(URL, "soup();"));

    assertThat(open()).containsExactly(SUBJECT);
  }

  @Test
  void one_script_can_be_approved_by_its_hash_and_its_next_version_is_not() {
    site.take(SampleReports.visit(HOME).script(URL, "soup(1);"));

    site.decide(
        DecisionSubject.script(SampleReports.hex("SHA-256", "soup(1);")), DecisionState.APPROVED);
    assertThat(open()).isEmpty();
    site.take(SampleReports.visit(HOME).at(minute(5)).script(URL, "soup(1);"));
    assertThat(open()).isEmpty();

    site.take(SampleReports.visit(HOME).at(minute(9)).script(URL, "soup(2);"));
    assertThat(open()).containsExactly(SUBJECT);
  }

  @Test
  void a_decision_needs_a_reason_a_subject_and_a_site() {
    assertThatThrownBy(
            () ->
                new DecisionOrder(
                    1, DecisionSubject.tag(KEY), DecisionState.APPROVED, "  ", null, "Ida"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("needs a justification");
    assertThatThrownBy(() -> new DecisionSubject(null, null)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> DecisionSubject.script("abc")).isInstanceOf(Refusal.class);
    DecisionOrder lost =
        new DecisionOrder(
            987_654, DecisionSubject.tag(KEY), DecisionState.APPROVED, "x", null, "Ida");
    assertThatThrownBy(() -> await(site.decisions().decide(lost)))
        .hasMessageContaining("There is no site 987654");
  }

  private List<String> open() {
    return site.texts(
        "SELECT subject FROM finding WHERE check_id = 'unapproved-script' AND state = 'OPEN'");
  }
}
