package org.tagwarden.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;
import static org.tagwarden.collector.intake.TestSite.minute;

import com.icegreen.greenmail.util.GreenMail;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.AlertRule.Tell;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.SampleReports;

/** Rules as rows, from the scan to the message. */
@Tag("database")
class AlertRulesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String STRANGE = "https://tags.unheard-of.example/t.js";
  private TestDatabase db;

  /** A Monday evening, half past ten in Berlin. */
  private final MovableClock clock = MovableClock.at("2026-03-02T21:30:00Z");

  private AlertTestBed bed;
  private GreenMail smtp;
  private TestSite site;
  private int clientId;
  private Principal approver;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    bed = new AlertTestBed(db, clock);
    smtp = AlertTestBed.mailServer();
    site = TestSite.create(db, clock, "it@shop.example");
    clientId = site.run("SELECT client_id FROM site WHERE id = $1", site.id()).get(0).getInteger(0);
    approver = new Principal(null, "Tom", null, Map.of(clientId, Role.APPROVER));
  }

  @AfterEach
  void stop() {
    smtp.stop();
    db.close();
  }

  @Test
  void a_daily_digest_is_one_mail_with_all_that_changed_and_then_the_next_day_another()
      throws Exception {
    add(rule(AlertKind.DAILY, null));
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    clock.advance(Duration.ofHours(2));
    AlertTestBed.gone(site, minute(60));
    assertThat(send()).isZero();

    clock.moveTo("2026-03-03T07:00:00Z");
    assertThat(send()).isOne();
    assertThat(smtp.getReceivedMessages()[0].getSubject())
        .startsWith("Resolved: tags.unheard-of.example/t.js on Shop (c");

    site.take(
        SampleReports.visit(HOME).at(clock.instant()).script("https://b.example.net/b.js", "b();"));
    assertThat(send()).isZero();
    clock.advance(Duration.ofDays(1));
    assertThat(send()).isOne();
  }

  @Test
  void who_asked_for_good_news_hears_what_settled_it() throws Exception {
    add(rule(AlertKind.NOW, null));
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    assertThat(send()).isOne();

    site.decide(DecisionSubject.tag("host:tags.unheard-of.example"), DecisionState.APPROVED);

    assertThat(send()).isOne();
    assertThat(AlertTestBed.part(smtp.getReceivedMessages()[1], "text/plain"))
        .contains("Somebody decided about it: an authorization covers it. It said: ")
        .doesNotContain("no longer so");
  }

  @Test
  void what_comes_in_quiet_hours_is_one_mail_in_the_morning() {
    add(rule(AlertKind.NOW, new QuietHours(LocalTime.of(20, 0), LocalTime.of(7, 0), BERLIN)));
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    clock.advance(Duration.ofHours(1));
    site.take(
        SampleReports.visit(HOME + "cart")
            .at(minute(90))
            .script("https://b.example.net/b.js", "b();"));
    assertThat(send()).isZero();

    clock.moveTo("2026-03-03T06:00:00Z");
    assertThat(send()).isOne();
    assertThat(
            site.count(
                "SELECT count(*) FROM alert_item i JOIN alert a ON a.id = i.alert_id"
                    + " WHERE a.site_id = $1",
                site.id()))
        .isEqualTo(2);
  }

  @Test
  void once_a_client_has_a_rule_the_standard_one_no_longer_holds() {
    add(
        new AlertRule(
            0,
            site.id(),
            Severity.CRITICAL,
            Set.of(),
            Set.of(ChangeKind.OPENED),
            Tell.SITE,
            null,
            rhythm(AlertKind.NOW),
            null));
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));

    assertThat(alerts()).isZero();
    AlertRules.Listed listed = await(bed.rules().list(approver)).get(0);
    assertThat(listed.site()).isEqualTo("Shop");
    await(bed.rules().remove(approver, listed.rule().id()));
    site.take(SampleReports.visit(HOME).at(minute(9)).script("https://c.example.net/c.js", "c();"));
    assertThat(alerts()).isOne();
    assertThat(
            site.texts("SELECT action FROM audit_entry WHERE client_id = $1 ORDER BY id", clientId))
        .containsExactly("add alert rule", "remove alert rule");
  }

  @Test
  void rules_stay_within_their_client_and_its_approvers() {
    TestSite other = TestSite.create(db, clock);
    AlertRule foreign =
        new AlertRule(
            0,
            other.id(),
            Severity.LOW,
            Set.of(),
            Set.of(ChangeKind.OPENED),
            Tell.SITE,
            null,
            rhythm(AlertKind.NOW),
            null);
    Principal viewer = new Principal(null, "Mia", null, Map.of(clientId, Role.VIEWER));

    assertThatThrownBy(() -> add(foreign)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> await(bed.rules().add(viewer, clientId, rule(AlertKind.NOW, null))))
        .isInstanceOf(Refusal.class);
    add(rule(AlertKind.NOW, null));
    int id = await(bed.rules().list(approver)).get(0).rule().id();
    Principal eve = new Principal(null, "Eve", null, Map.of(clientId + 999, Role.ADMIN));
    assertThatThrownBy(() -> await(bed.rules().remove(eve, id))).isInstanceOf(Refusal.class);
    assertThat(await(bed.rules().list(eve))).isEmpty();
  }

  private void add(AlertRule rule) {
    await(bed.rules().add(approver, clientId, rule));
  }

  private static AlertRule rule(AlertKind kind, @Nullable QuietHours quiet) {
    return new AlertRule(
        0,
        null,
        Severity.LOW,
        Set.of("unapproved-script"),
        Set.of(ChangeKind.OPENED, ChangeKind.RESOLVED),
        Tell.SITE,
        null,
        rhythm(kind),
        quiet);
  }

  private static Rhythm rhythm(AlertKind kind) {
    return new Rhythm(kind, DayOfWeek.MONDAY, LocalTime.of(8, 0), BERLIN);
  }

  private int send() {
    return await(bed.loop(bed.email(smtp.getSmtp().getPort())).sendDue());
  }

  private long alerts() {
    return site.count("SELECT count(*) FROM alert WHERE site_id = $1", site.id());
  }
}
