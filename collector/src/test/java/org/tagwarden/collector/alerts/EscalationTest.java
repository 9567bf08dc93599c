package org.tagwarden.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;
import static org.tagwarden.collector.intake.TestSite.minute;

import com.icegreen.greenmail.util.GreenMail;
import io.vertx.core.Future;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.AlertActions.Question;
import org.tagwarden.collector.alerts.SignedLinks.Purpose;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.SampleReports;

/** What happens to a finding that nobody acknowledges, and what ends that. */
@Tag("database")
class EscalationTest {
  private static final String STRANGE = "https://tags.unheard-of.example/t.js";
  private static final String IT = "it@shop.example";
  private static final String ADA = "ada@shop.example";
  private static final String BOSS = "boss@shop.example";

  private TestDatabase db;

  /** A Monday, seven o'clock in Berlin. */
  private final MovableClock clock = MovableClock.at("2026-03-02T06:00:00Z");

  private AlertTestBed bed;
  private GreenMail smtp;
  private TestSite site;
  private int clientId;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    bed = new AlertTestBed(db, clock);
    smtp = AlertTestBed.mailServer();
    site = TestSite.create(db, clock, IT);
    clientId = site.run("SELECT client_id FROM site WHERE id = $1", site.id()).get(0).getInteger(0);
    site.run(
        "INSERT INTO ownership (site_id, duty, rank, name, email, review_on, set_at)"
            + " VALUES ($1, 'IT', 'OWNER', 'Ada', $2, '2027-01-01', now())",
        site.id(),
        ADA);
    site.run(
        "INSERT INTO escalation_path (client_id, site_id, time_zone, work_days, work_from, work_until, always_from, steps)"
            + " VALUES ($1, $2, 'Europe/Berlin', '{1,2,3,4,5}', '08:00', '18:00', 'CRITICAL',"
            + " '[{\"who\":\"IT_OWNER\",\"contact\":\"\",\"waitMinutes\":0},"
            + "{\"who\":\"IT_DEPUTY\",\"contact\":\"\",\"waitMinutes\":30},"
            + "{\"contact\":\""
            + BOSS
            + "\",\"waitMinutes\":90}]')",
        clientId,
        site.id());
  }

  @AfterEach
  void stop() {
    smtp.stop();
    db.close();
  }

  @Test
  void whoever_is_next_is_told_after_the_working_time_that_the_path_says_and_only_once()
      throws Exception {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    send();
    assertThat(recipients()).as("before the working day").containsExactly(IT);
    clock.moveTo("2026-03-02T07:00:00Z");
    send();
    assertThat(recipients()).containsExactly(IT, ADA);

    clock.moveTo("2026-03-02T08:29:00Z");
    assertThat(await(bed.escalation().escalateDue())).as("90 minutes are not over").isZero();
    clock.moveTo("2026-03-02T08:30:00Z");
    await(Future.all(bed.escalation().escalateDue(), bed.escalation().escalateDue()));
    send();
    assertThat(recipients()).containsExactly(IT, ADA, BOSS);
    assertThat(smtp.getReceivedMessages()[2].getSubject())
        .startsWith("Nobody has acknowledged: tags.unheard-of.example/t.js");
    assertThat(AlertTestBed.part(smtp.getReceivedMessages()[2], "text/plain"))
        .contains("Nobody: the escalation path ends here.");

    clock.advance(Duration.ofDays(9));
    assertThat(await(bed.escalation().escalateDue())).isZero();
  }

  @Test
  void many_findings_that_nobody_acknowledged_are_one_message_to_the_next() {
    site.take(
        SampleReports.visit(HOME)
            .script(STRANGE, "soup();")
            .script("https://a.example.net/a.js", "a();")
            .script("https://b.example.net/b.js", "b();"));
    clock.moveTo("2026-03-02T07:00:00Z");
    send();
    clock.moveTo("2026-03-02T09:00:00Z");
    await(bed.escalation().escalateDue());
    send();

    assertThat(recipients()).containsExactlyInAnyOrder(IT, ADA, BOSS);
  }

  @Test
  void whoever_heard_late_has_their_time_all_the_same() throws Exception {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    clock.moveTo("2026-03-02T08:40:00Z");
    assertThat(await(bed.escalation().escalateDue())).as("looked at").isPositive();
    send(); // as after an outage
    assertThat(recipients()).containsExactlyInAnyOrder(IT, ADA);
    MimeMessage adas =
        Arrays.stream(smtp.getReceivedMessages())
            .filter(mail -> to(mail).equals(ADA))
            .findFirst()
            .orElseThrow();
    assertThat(AlertTestBed.part(adas, "text/plain"))
        .contains(BOSS + ", if nobody acknowledges it by 2 March 2026, 10:10 UTC");

    clock.moveTo("2026-03-02T10:05:00Z");
    await(bed.escalation().escalateDue());
    send();
    assertThat(recipients()).as("85 minutes after Ada's mail").containsExactlyInAnyOrder(IT, ADA);
    clock.moveTo("2026-03-02T10:10:00Z");
    await(bed.escalation().escalateDue());
    send();
    assertThat(recipients()).containsExactlyInAnyOrder(IT, ADA, BOSS);
  }

  @Test
  void a_mail_that_never_goes_out_holds_the_path_up_once_as_long_and_no_longer() {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    clock.moveTo("2026-03-02T09:59:00Z");
    await(bed.escalation().escalateDue());
    assertThat(letters(BOSS)).isZero();
    clock.moveTo("2026-03-02T10:00:00Z");
    await(bed.escalation().escalateDue());
    assertThat(letters(BOSS)).isOne();

    site.take(
        SampleReports.visit(HOME)
            .at(minute(60))
            .script(STRANGE, "soup();")
            .script("https://new.example.net/x.js", "x();"));
    site.run("UPDATE alert SET state = 'FAILED'");
    clock.moveTo("2026-03-02T11:30:00Z");
    await(bed.escalation().escalateDue());
    assertThat(letters(BOSS)).as("whose mail is given up is waited for no longer").isEqualTo(2);
  }

  @Test
  void a_clock_that_jumps_makes_nothing_due_and_one_that_is_put_back_makes_nobody_wait_for_ever() {
    AtomicLong nanos = new AtomicLong(42);
    EscalationLoop loop = bed.escalation(nanos::get);
    clock.moveTo("2026-03-02T07:00:00Z");
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    send();
    await(loop.look());

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    clock.moveTo("2026-03-04T07:01:00Z");
    await(loop.look());
    await(bed.escalation(nanos::get).look());
    assertThat(letters(BOSS)).as("two days in a minute").isZero();
    nanos.addAndGet(Duration.ofMinutes(89).toNanos());
    clock.moveTo("2026-03-04T08:30:00Z");
    await(loop.look());
    assertThat(letters(BOSS)).isOne();

    site.run("DELETE FROM alert");
    site.run(
        "UPDATE escalation SET step = 0, since = $1, next_at = $2",
        at("2027-01-01T07:00:00Z"),
        at("2027-01-01T08:30:00Z"));
    await(bed.escalation().look());
    clock.moveTo("2026-03-04T10:00:00Z");
    await(bed.escalation().look());
    assertThat(letters(BOSS)).as("planned in a year that was none").isOne();
  }

  private static OffsetDateTime at(String time) {
    return OffsetDateTime.parse(time);
  }

  private long letters(String recipient) {
    return site.count("SELECT count(*) FROM alert WHERE recipient = $1", recipient);
  }

  @Test
  void the_first_mail_says_who_is_next_and_when() throws Exception {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    send();

    assertThat(AlertTestBed.part(smtp.getReceivedMessages()[0], "text/plain"))
        .contains("Next in line")
        .contains(BOSS + ", if nobody acknowledges it by 2 March 2026, 08:30 UTC");
  }

  @Test
  void whom_mails_do_not_reach_and_who_wants_none_is_passed_over() {
    clock.moveTo("2026-03-02T07:00:00Z");
    site.run(
        "INSERT INTO mail_bounce (email, at, reason, returned) VALUES ($1, now(), '5.1.1', true)",
        ADA);
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    send();
    clock.moveTo("2026-03-02T08:30:00Z");
    send();
    assertThat(recipients()).containsExactlyInAnyOrder(IT, BOSS);

    site.run("DELETE FROM mail_bounce");
    site.run(
        "INSERT INTO alert_opt_out (site_id, email, at) VALUES ($1, $2, now())", site.id(), ADA);
    site.take(
        SampleReports.visit(HOME)
            .at(minute(60))
            .script(STRANGE, "soup();")
            .script("https://new.example.net/x.js", "x();"));
    send();
    clock.advance(Duration.ofMinutes(90));
    send();
    assertThat(recipients()).containsExactlyInAnyOrder(IT, BOSS, IT, BOSS);
  }

  @Test
  void acknowledging_by_the_mails_link_ends_the_path_and_leaves_a_trace() {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    String token = token(Purpose.ACKNOWLEDGE);

    Question before = await(bed.actions().ask(token));
    assertThat(before.open()).hasSize(1);
    assertThat(escalations()).as("looking changes nothing").isOne();

    await(bed.actions().act(token, "192.0.2.7"));
    await(bed.actions().act(token, "192.0.2.7"));

    assertThat(escalations()).isZero();
    assertThat(await(bed.actions().ask(token)).findings().get(0).acknowledgedBy()).isEqualTo(IT);
    assertThat(site.texts("SELECT who FROM audit_entry WHERE client_id = $1", clientId))
        .as("once, however often the button is pressed")
        .containsExactly(IT);
  }

  @Test
  void whoever_comes_second_is_told_who_was_first() {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    String token = token(Purpose.ACKNOWLEDGE);
    await(bed.care().acknowledge(approver(), site.id(), finding()));

    Question after = await(bed.actions().act(token, "192.0.2.7"));

    assertThat(after.taken()).isEmpty();
    assertThat(after.findings().get(0).acknowledgedBy()).isEqualTo(approver().name());
  }

  @Test
  void an_acknowledgement_does_not_hold_for_what_comes_back() {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    await(bed.actions().act(token(Purpose.ACKNOWLEDGE), "192.0.2.7"));
    AlertTestBed.gone(site, minute(60));
    clock.advance(Duration.ofDays(40));
    site.take(SampleReports.visit(HOME).at(clock.instant()).script(STRANGE, "soup();"));

    assertThat(escalations()).isOne();
    assertThat(await(bed.care().of(finding())).acknowledgedBy()).isNull();
  }

  @Test
  void a_link_that_was_changed_or_is_too_old_does_nothing() {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    String token = token(Purpose.ACKNOWLEDGE);

    for (String forged :
        List.of("U" + token.substring(1), token.substring(0, token.length() - 1), "x", "A.1.9.x")) {
      assertThatThrownBy(() -> await(bed.actions().act(forged, "192.0.2.7")))
          .isInstanceOf(Refusal.class);
    }
    clock.advance(Duration.ofDays(61));
    assertThatThrownBy(() -> await(bed.actions().act(token, "192.0.2.7")))
        .isInstanceOf(Refusal.class);
    assertThat(escalations()).isOne();
  }

  @Test
  void whoever_unsubscribes_gets_no_more_mails_of_that_site() {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    await(bed.actions().act(token(Purpose.UNSUBSCRIBE), "192.0.2.7"));
    site.take(
        SampleReports.visit(HOME)
            .at(minute(60))
            .script(STRANGE, "soup();")
            .script("https://new.example.net/x.js", "x();"));

    assertThat(
            site.texts(
                "SELECT DISTINCT f.subject FROM alert a JOIN alert_item i ON i.alert_id = a.id"
                    + " JOIN finding_change c ON c.id = i.change_id JOIN finding f ON f.id = c.finding_id"
                    + " WHERE a.site_id = $1 AND a.recipient = $2",
                site.id(),
                IT))
        .as("not even what waited already")
        .isEmpty();
  }

  @Test
  void a_muted_finding_is_silent_also_when_it_comes_back() {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    assertThatThrownBy(() -> mute(approver(), " ", 60)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> mute(approver(), "for ever", 400)).isInstanceOf(Refusal.class);
    send();
    mute(approver(), "being removed in sprint 12", 60);
    assertThat(escalations()).isZero();
    long before = alerts();

    AlertTestBed.gone(site, minute(60));
    clock.advance(Duration.ofDays(31));
    site.take(SampleReports.visit(HOME).at(clock.instant()).script(STRANGE, "soup();"));

    assertThat(alerts()).isEqualTo(before);
    assertThat(await(bed.care().of(finding())).muteReason())
        .isEqualTo("being removed in sprint 12");
  }

  @Test
  void after_its_mute_a_finding_is_told_again() {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    send();
    mute(approver(), "being removed in sprint 12", 20);
    long before = alerts();

    AlertTestBed.gone(site, minute(60));
    clock.advance(Duration.ofDays(31));
    site.take(SampleReports.visit(HOME).at(clock.instant()).script(STRANGE, "soup();"));

    assertThat(alerts()).isGreaterThan(before);
  }

  @Test
  void a_viewer_mutes_nothing_and_nobody_mutes_what_is_anothers() {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    Principal viewer = new Principal(null, "mia", null, Map.of(clientId, Role.VIEWER));
    Principal stranger = new Principal(null, "eve", null, Map.of(clientId + 999, Role.ADMIN));

    assertThatThrownBy(() -> mute(viewer, "no", 20)).hasMessageContaining("approver");
    assertThatThrownBy(() -> mute(stranger, "no", 20)).hasMessageContaining("no such finding");
  }

  private void mute(Principal by, String reason, int days) {
    await(
        Future.<Void>succeededFuture()
            .compose(
                go ->
                    bed.care()
                        .mute(
                            by,
                            site.id(),
                            finding(),
                            reason,
                            clock.instant().plus(Duration.ofDays(days)))));
  }

  private Principal approver() {
    return new Principal(null, "Tom", null, Map.of(clientId, Role.APPROVER));
  }

  private void send() {
    await(bed.loop(bed.email(smtp.getSmtp().getPort())).sendDue());
  }

  private List<String> recipients() {
    return Arrays.stream(smtp.getReceivedMessages()).map(EscalationTest::to).toList();
  }

  private static String to(MimeMessage mail) {
    try {
      return mail.getAllRecipients()[0].toString();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private String token(Purpose purpose) {
    long alert =
        site.count(
            "SELECT id FROM alert WHERE site_id = $1 AND recipient = $2 ORDER BY id LIMIT 1",
            site.id(),
            IT);
    String link = bed.links().link(purpose, alert, Duration.ofDays(60));
    return link.substring(link.lastIndexOf('/') + 1);
  }

  private int finding() {
    return (int)
        site.count(
            "SELECT id FROM finding WHERE site_id = $1 AND check_id = 'unapproved-script'",
            site.id());
  }

  private long alerts() {
    return site.count("SELECT count(*) FROM alert WHERE site_id = $1", site.id());
  }

  private long escalations() {
    return site.count(
        "SELECT count(*) FROM escalation e JOIN finding f ON f.id = e.finding_id WHERE f.site_id = $1",
        site.id());
  }
}
