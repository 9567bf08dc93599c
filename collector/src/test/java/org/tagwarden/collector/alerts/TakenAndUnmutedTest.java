package org.tagwarden.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;
import static org.tagwarden.collector.intake.TestSite.minute;

import com.icegreen.greenmail.util.GreenMail;
import io.vertx.core.Future;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.SignedLinks.Purpose;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;

/** Who hears that somebody takes care at last, and that a mute is over. */
@Tag("database")
class TakenAndUnmutedTest {
  private static final String STRANGE = "https://tags.unheard-of.example/t.js";
  private static final String OTHER = "https://b.example.net/b.js";
  private static final String IT = "it@shop.example";
  private static final String ADA = "ada@shop.example";
  private static final String BOSS = "boss@shop.example";

  /** A Monday, nine o'clock in Berlin. */
  private final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");

  private static TestDatabase db;
  private AlertTestBed bed;
  private GreenMail smtp;
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
    bed = new AlertTestBed(db, clock);
    smtp = AlertTestBed.mailServer();
    site = TestSite.create(db, clock, IT);
    site.run(
        "INSERT INTO ownership (site_id, duty, rank, name, email, review_on, set_at)"
            + " VALUES ($1, 'IT', 'OWNER', 'Ada', $2, '2027-01-01', now())",
        site.id(),
        ADA);
    site.run(
        "INSERT INTO escalation_path (client_id, time_zone, work_days, work_from, work_until, steps)"
            + " VALUES ($1, 'Europe/Berlin', '{1,2,3,4,5}', '08:00', '18:00',"
            + " '[{\"who\":\"IT_OWNER\",\"contact\":\"\",\"waitMinutes\":0},"
            + "{\"contact\":\""
            + BOSS
            + "\",\"waitMinutes\":90}]')",
        site.clientId());
  }

  @AfterEach
  void stop() {
    smtp.stop();
    site.run("DELETE FROM site"); // with all that belongs to it
  }

  @Test
  void whoever_had_been_told_before_hears_once_that_somebody_takes_care_at_last() throws Exception {
    site.take(visit().script(STRANGE, "soup();").script(OTHER, "b();"));
    send();
    clock.advance(Duration.ofMinutes(91));
    await(bed.escalation().escalateDue());
    send();
    assertThat(told()).containsExactlyInAnyOrder(IT, ADA, BOSS);
    smtp.purgeEmailFromAllMailboxes();

    String link = link(BOSS);
    await(bed.actions().act(link, "192.0.2.7"));
    await(bed.actions().act(link, "192.0.2.7"));
    send();

    assertThat(told())
        .as("one for both findings, none to who knows")
        .containsExactlyInAnyOrder(IT, ADA);
    MimeMessage mail = smtp.getReceivedMessages()[0];
    assertThat(mail.getSubject()).startsWith("2 findings are taken care of on Shop");
    assertThat(mail.getHeader("In-Reply-To")).isNotNull();
    assertThat(AlertTestBed.part(mail, "text/plain"))
        .contains(BOSS + " takes care of it")
        .doesNotContain("I take care of it:");
    clock.advance(Duration.ofDays(3));
    await(bed.escalation().escalateDue());
    assertThat(send()).isZero();
  }

  @Test
  void who_takes_care_in_time_is_no_news() {
    site.take(visit().script(STRANGE, "soup();"));
    send();
    await(bed.actions().act(link(ADA), "192.0.2.7"));

    assertThat(send()).isZero();
  }

  @Test
  void nobody_is_alarmed_any_more_once_somebody_takes_care() {
    site.take(visit().script(STRANGE, "soup();"));
    send();
    clock.advance(Duration.ofMinutes(91));
    await(bed.escalation().escalateDue());
    await(bed.actions().act(link(ADA), "192.0.2.7"));

    assertThat(site.texts("SELECT kind FROM alert WHERE state = 'WAITING'")).isEmpty();
  }

  @Test
  void a_mute_that_ends_tells_the_people_of_the_rules_once_and_begins_the_path_again()
      throws Exception {
    site.take(visit().script(STRANGE, "soup();").script(OTHER, "b();"));
    send();
    for (int finding : findings()) mute(finding, 20);
    smtp.purgeEmailFromAllMailboxes();
    clock.advance(Duration.ofDays(19));
    assertThat(await(bed.escalation().tellEndedMutes())).isZero();

    clock.moveTo("2026-03-23T08:00:00Z"); // a Monday again
    List<Future<Integer>> both = new ArrayList<>();
    for (int server = 0; server < 2; server++) both.add(bed.escalation().tellEndedMutes());
    await(Future.all(both));
    assertThat(both.stream().mapToInt(Future::result).sum()).isEqualTo(2);
    assertThat(await(bed.escalation().tellEndedMutes())).isZero();
    send();

    assertThat(told()).as("one message each").containsExactlyInAnyOrder(IT, ADA);
    MimeMessage mail = smtp.getReceivedMessages()[0];
    assertThat(mail.getSubject())
        .startsWith("2 findings are no longer muted, and still open on Shop");
    clock.advance(Duration.ofMinutes(91));
    await(bed.escalation().escalateDue());
    send();
    assertThat(told()).contains(BOSS);
  }

  @Test
  void the_message_says_who_muted_it_why_and_until_when() throws Exception {
    site.take(visit().script(STRANGE, "soup();"));
    send();
    mute(findings().get(0), 20);
    smtp.purgeEmailFromAllMailboxes();
    await(bed.care().unmute(tom(), site.id(), findings().get(0)));
    await(bed.escalation().tellEndedMutes());
    send();

    assertThat(smtp.getReceivedMessages()[0].getSubject())
        .startsWith("No longer muted: tags.unheard-of.example/t.js on Shop");
    assertThat(AlertTestBed.part(smtp.getReceivedMessages()[0], "text/plain"))
        .startsWith("No longer muted, and still open: ")
        .contains("by Tom until 2 March 2026, 08:00 UTC", "Reason: sprint 12")
        .contains(BOSS + ", if nobody acknowledges it by");
  }

  @Test
  void a_mute_that_ends_is_no_news_when_the_finding_is_resolved_or_got_worse_before() {
    site.take(visit().script(STRANGE, "soup();").script(OTHER, "b();"));
    send();
    for (int finding : findings()) mute(finding, 20);
    site.run("UPDATE finding SET state = 'RESOLVED' WHERE id = $1", findings().get(0));
    site.run("UPDATE finding SET severity = 'CRITICAL' WHERE id = $1", findings().get(1));
    clock.advance(Duration.ofDays(21));

    assertThat(await(bed.escalation().tellEndedMutes())).isEqualTo(2);
    assertThat(send()).isZero();
  }

  @Test
  void muting_takes_a_finding_out_of_what_still_waits() {
    site.take(visit().script(STRANGE, "soup();").script(OTHER, "b();"));
    mute(findings().get(0), 20);
    assertThat(site.count("SELECT count(DISTINCT change_id) FROM alert_item")).isOne();
    mute(findings().get(1), 20);
    assertThat(site.count("SELECT count(*) FROM alert")).isZero();
  }

  @Test
  void what_was_resolved_before_its_message_went_out_is_told_as_resolved() throws Exception {
    site.take(visit().script(STRANGE, "soup();"));
    AlertTestBed.gone(site, minute(60));
    send();

    assertThat(smtp.getReceivedMessages()[0].getSubject()).startsWith("Resolved: tags.unheard-of");
  }

  private void mute(int finding, int days) {
    await(
        bed.care()
            .mute(
                tom(),
                site.id(),
                finding,
                "sprint 12",
                clock.instant().plus(Duration.ofDays(days))));
  }

  /** One that no other test of this database has shown. */
  private static SampleVisit visit() {
    return SampleReports.visit(HOME).visitId(UUID.randomUUID());
  }

  private Principal tom() {
    return new Principal(null, "Tom", null, Map.of(site.clientId(), Role.APPROVER));
  }

  private List<Integer> findings() {
    return site
        .run(
            "SELECT id FROM finding WHERE site_id = $1 AND check_id = 'unapproved-script' ORDER BY id DESC",
            site.id())
        .stream()
        .map(row -> row.getInteger("id"))
        .toList();
  }

  private String link(String recipient) {
    long alert = site.count("SELECT max(id) FROM alert WHERE recipient = $1", recipient);
    String link = bed.links().link(Purpose.ACKNOWLEDGE, alert, Duration.ofDays(60));
    return link.substring(link.lastIndexOf('/') + 1);
  }

  private int send() {
    return await(bed.loop(bed.email(smtp.getSmtp().getPort())).sendDue());
  }

  private List<String> told() throws Exception {
    List<String> told = new ArrayList<>();
    for (MimeMessage mail : smtp.getReceivedMessages())
      told.add(mail.getAllRecipients()[0].toString());
    return told;
  }
}
