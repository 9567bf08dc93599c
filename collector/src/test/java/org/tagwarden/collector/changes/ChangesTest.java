package org.tagwarden.collector.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.changes.text.ScriptDiff;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;
import org.tagwarden.report.ScriptBehaviour;

/** Baselines: what they are learned from, what moves them, and what is told about the rest. */
@Tag("database")
class ChangesTest {
  private static final String APP = "/assets/app.js";
  private static final String EVIL = "https://collect.evil.example/c?d=1";
  private static final int LEARNED = ChangeWatch.LEARNING_VISITS;
  private static final Principal IDA = new Principal(null, "Ida", Role.APPROVER, Map.of());

  private static TestDatabase db;
  private MovableClock clock;
  private TestSite site;

  @BeforeAll
  static void open() {
    db = TestDatabase.fresh();
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @BeforeEach
  void start() {
    clock = MovableClock.at("2026-03-02T06:05:00Z");
    site = TestSite.create(db, clock);
  }

  @Test
  void while_a_page_is_learned_a_new_text_is_no_finding() {
    visit("boot();", 3);
    visit("boot();more();", 1);

    assertThat(open("script-changed")).isEmpty();
    assertThat(log()).isEmpty();
  }

  @Test
  void but_a_script_that_reads_cards_and_sends_to_a_stranger_is_told_at_once() {
    visit("boot();", 2);
    visit(ChangesTest::skims, "boot();steal();");

    assertThat(log())
        .as("with what was done to its text")
        .contains("CHANGED SCRIPT shop.example/assets/app.js");
    assertThat(open("script-changed")).isEmpty();
    assertThat(open("script-contact"))
        .containsExactly("shop.example/assets/app.js → collect.evil.example");
    assertThat(
            site.texts(
                "SELECT severity FROM finding WHERE site_id = $1 AND check_id = 'script-contact'",
                site.id()))
        .containsExactly("CRITICAL");
  }

  @Test
  void a_changed_text_is_one_finding_however_often_it_is_seen_and_the_log_knows_both_versions() {
    visit("boot();", LEARNED + 1);
    visit("boot();more();", 3);

    assertThat(open("script-changed")).containsExactly("shop.example/assets/app.js");
    assertThat(
            site.count(
                "SELECT count(*) FROM finding_change c JOIN finding f ON f.id = c.finding_id WHERE f.site_id = $1 AND f.check_id = 'script-changed'",
                site.id()))
        .isOne();
    assertThat(log()).containsExactly("CHANGED SCRIPT shop.example/assets/app.js");
    var row =
        site.run("SELECT before_id, after_id FROM site_change WHERE site_id = $1", site.id())
            .get(0);
    ScriptDiff diff =
        await(book().diff(site.id(), row.getInteger(0), row.getInteger(1))).orElseThrow().diff();
    assertThat(diff.rows())
        .anyMatch(r -> r.kind() == ScriptDiff.Kind.ADDED && r.right().equals("more();"));
  }

  @Test
  void an_accepted_change_is_the_new_baseline() {
    visit("boot();", LEARNED + 1);
    visit("boot();more();", 1);
    int finding =
        (int)
            site.count(
                "SELECT id FROM finding WHERE site_id = $1 AND check_id = 'script-changed'",
                site.id());

    await(book().accept(IDA, site.id(), finding, "Release 7"));

    assertThat(open("script-changed")).isEmpty();
    visit("boot();more();", 2);
    visit("boot();", 1);
    assertThat(open("script-changed")).isEmpty();
    assertThat(
            site.texts(
                "SELECT accepted_by_name || ': ' || justification FROM accepted_change WHERE finding_id = $1",
                finding))
        .containsExactly("Ida: Release 7");
    assertThatThrownBy(() -> await(book().accept(IDA, site.id(), finding, "Again")))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void an_acceptance_needs_a_reason() {
    assertThatThrownBy(() -> await(book().accept(IDA, site.id(), 1, " ")))
        .hasMessageContaining("why");
  }

  @Test
  void an_approval_after_the_change_moves_the_baseline_too() {
    String chat = "https://widget.intercom.io/widget/abc123";
    approve("intercom");
    for (int i = 0; i <= LEARNED; i++) take(page().script(chat, "chat();"));
    take(page().script(chat, "chat();wave();"));
    assertThat(open("script-changed")).hasSize(1);

    clock.advance(Duration.ofMinutes(5));
    approve("intercom");
    take(page().script(chat, "chat();wave();"));

    assertThat(open("script-changed")).isEmpty();
  }

  @Test
  void a_script_that_changes_all_the_time_is_shown_as_such_and_is_no_finding() {
    for (int i = 0; i < 30; i++) visit("boot();release" + i + "();", 1);

    assertThat(open("script-changed")).isEmpty();
    assertThat(
            site.texts(
                "SELECT DISTINCT note FROM site_change WHERE site_id = $1 AND kind = 'SCRIPT'",
                site.id()))
        .containsExactly(ChangeWatch.OFTEN_CHANGED);
  }

  @Test
  void even_then_a_new_capability_is_told() {
    for (int i = 0; i < 20; i++) visit("boot();release" + i + "();", 1);
    visit("boot();release21();eval(x);", 1);

    assertThat(open("script-changed")).hasSize(1);
  }

  @Test
  void a_header_that_changed_on_two_pages_is_one_finding_and_going_back_resolves_it() {
    for (int i = 0; i <= LEARNED; i++) takeBoth("DENY");
    takeBoth("SAMEORIGIN");
    assertThat(open("header-changed")).containsExactly("X-Frame-Options");

    takeBoth("DENY");
    assertThat(open("header-changed")).isEmpty();
  }

  @Test
  void a_late_report_says_nothing_about_changes() {
    visit("boot();", LEARNED + 1);
    var late = clock.instant().minus(Duration.ofDays(1));
    site.take(SampleReports.visit(HOME).visitId(UUID.randomUUID()).at(late).script(APP, "old();"));

    assertThat(open("script-changed")).isEmpty();
    assertThat(log()).isEmpty();
  }

  @Test
  void a_new_page_of_a_known_site_is_learned_but_a_strangers_pixel_on_it_is_told() {
    visit("boot();", LEARNED + 1);
    clock.advance(Duration.ofHours(1));
    site.take(
        SampleReports.visit(HOME + "new")
            .at(clock.instant())
            .script(APP, "boot();")
            .inline("hello('new page');")
            .image("https://pixel.stranger.example/p.webp"));

    assertThat(open("inline-script-changed")).isEmpty();
    assertThat(open("new-third-party")).containsExactly("host:pixel.stranger.example");
  }

  @Test
  void what_is_gone_and_returns_stands_in_the_log() {
    String image = "https://img.partner.example/i.webp";
    for (int i = 0; i <= LEARNED; i++) take(page().image(image));
    for (int i = 0; i < 4; i++) take(page());
    assertThat(log())
        .contains("GONE TAG host:img.partner.example", "GONE HOST img.partner.example");

    take(page().image(image));
    assertThat(log()).contains("RETURNED TAG host:img.partner.example");
  }

  private static SampleVisit skims(SampleVisit visit) {
    return visit
        .behaviour(
            ScriptBehaviour.Kind.FIELD_READ,
            "input card type=text autocomplete=cc-number",
            APP,
            "take")
        .beacon(APP, EVIL);
  }

  private void visit(String app, int times) {
    for (int i = 0; i < times; i++) visit(visit -> visit, app);
  }

  private void visit(UnaryOperator<SampleVisit> also, String app) {
    take(also.apply(page().script(APP, app)));
  }

  private SampleVisit page() {
    clock.advance(Duration.ofHours(1));
    return SampleReports.visit(HOME).visitId(UUID.randomUUID()).at(clock.instant());
  }

  private void take(SampleVisit visit) {
    site.take(visit);
  }

  private void takeBoth(String frames) {
    for (String page : List.of(HOME, HOME + "cart")) {
      clock.advance(Duration.ofMinutes(30));
      site.take(
          SampleReports.visit(page).at(clock.instant()).documentHeader("X-Frame-Options", frames));
    }
  }

  private void approve(String tag) {
    site.decide(DecisionSubject.tag(tag), DecisionState.APPROVED);
  }

  private ChangeBook book() {
    return new ChangeBook(
        db.vertx(), db.database(), new FindingLedger(), new AuditLog(clock), clock);
  }

  private List<String> open(String check) {
    return site.texts(
        "SELECT subject FROM finding WHERE site_id = $1 AND check_id = $2 AND state = 'OPEN' ORDER BY 1",
        site.id(),
        check);
  }

  private List<String> log() {
    return site.texts(
        "SELECT what || ' ' || kind || ' ' || subject FROM site_change WHERE site_id = $1 ORDER BY id",
        site.id());
  }
}
