package org.tagwarden.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;
import static org.tagwarden.collector.intake.TestSite.minute;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;

/** From a scan to a mail on a real mail server. */
@Tag("database")
class AlertLoopTest {
  private static final String STRANGE = "https://tags.unheard-of.example/t.js?cb=8314159265";
  private static final String IT = "it@shop.example";

  private final MovableClock clock = MovableClock.at("2026-03-02T06:05:00Z");
  private TestDatabase db;
  private TestSite site;
  private GreenMail smtp;
  private AlertTestBed bed;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    smtp = AlertTestBed.mailServer();
    bed = new AlertTestBed(db, clock);
    site = TestSite.create(db, clock, IT);
  }

  @AfterEach
  void stop() {
    smtp.stop();
    db.close();
  }

  @Test
  void one_strange_script_is_one_mail_over_ten_pages_and_fifty_scans() throws Exception {
    for (int scan = 0; scan < 50; scan++) {
      List<SampleVisit> pages = new ArrayList<>();
      for (int page = 0; page < 10; page++) {
        String nonce = STRANGE.replace("8314159265", "83141" + scan + page);
        pages.add(
            SampleReports.visit(HOME + "p" + page)
                .at(minute(scan * 60 + page))
                .script(nonce, "soup(" + scan + ");"));
      }
      site.take(pages.toArray(SampleVisit[]::new));
      clock.advance(Duration.ofHours(1));
      await(loop().sendDue());
    }

    assertThat(findings("OPEN")).containsExactly("tags.unheard-of.example/t.js");
    assertThat(smtp.getReceivedMessages()).hasSize(1);
    MimeMessage mail = smtp.getReceivedMessages()[0];
    assertThat(mail.getSubject())
        .matches("Not approved: tags\\.unheard-of\\.example/t\\.js on Shop \\(c[0-9a-f-]{36}\\)");
    assertThat(mail.getRecipients(Message.RecipientType.TO)).hasSize(1);
    assertThat(mail.getRecipients(Message.RecipientType.TO)[0]).hasToString(IT);
  }

  @Test
  void the_mail_says_where_since_when_by_whom_and_what_it_did() throws Exception {
    site.take(strange(HOME), strange(HOME + "cart").at(minute(1)));
    await(loop().sendDue());

    MimeMessage mail = smtp.getReceivedMessages()[0];
    String text = AlertTestBed.part(mail, "text/plain");
    assertThat(text)
        .contains("A script that nobody approved runs on Shop")
        .contains("2 of 2 known pages", HOME + "cart")
        .contains("2 March 2026, 06:00 UTC")
        .contains("\u2192 https://tags.unheard-of.example/t.js")
        .contains("2 further requests", "Contacted pixel.stranger.example (2 times)")
        .contains("Set cookies: sid (pixel.stranger.example)")
        .contains("https://tags.example/sites/" + site.id() + "/tags/");
    assertThat(AlertTestBed.part(mail, "text/html"))
        .contains("href=\"https://tags.example/sites/" + site.id() + "/tags/")
        .contains("pixel.stranger.example (2 times)")
        .doesNotContain("<script", "<img", "<link");
  }

  @Test
  void an_address_that_is_refused_is_marked_until_it_takes_a_mail_again() {
    site.run("UPDATE site SET alert_emails = '{\"no address at all\"}' WHERE id = $1", site.id());
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    await(loop().sendDue());
    assertThat(site.texts("SELECT email FROM mail_bounce")).containsExactly("no address at all");

    site.run("UPDATE alert SET recipient = $1, state = 'WAITING', not_before = created_at", IT);
    site.run("UPDATE mail_bounce SET email = $1", IT);
    await(loop().sendDue());
    assertThat(site.texts("SELECT email FROM mail_bounce")).isEmpty();
  }

  @Test
  void a_mail_server_that_is_down_costs_no_mail_and_shows_its_problem() {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    int port = smtp.getSmtp().getPort();
    smtp.stop();

    assertThat(await(loop(port).sendDue())).isZero();
    assertThat(site.texts("SELECT state || ': ' || last_problem FROM alert"))
        .singleElement()
        .asString()
        .startsWith("WAITING: The mail server 127.0.0.1:" + port + " could not be used")
        .contains("Check smtp.host");

    smtp = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
    assertThat(await(loop(port).sendDue())).as("not before the back-off").isZero();
    clock.advance(AlertLoop.backOff(1));
    assertThat(await(loop(port).sendDue())).isOne();

    assertThat(smtp.getReceivedMessages()).hasSize(1);
    assertThat(site.texts("SELECT state || coalesce(last_problem, '') FROM alert"))
        .containsExactly("SENT");
  }

  @Test
  void a_server_killed_between_sending_and_noting_sends_again_under_the_same_id() throws Exception {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    Promise<Void> never = Promise.promise();
    Promise<Void> sent = Promise.promise();
    AlertChannel killed = new Killed(bed.email(smtp.getSmtp().getPort()), sent, never.future());
    bed.loop(killed).sendDue();
    await(sent.future());

    assertThat(await(loop().sendDue())).as("the claim holds").isZero();
    clock.advance(Duration.ofMinutes(3));
    assertThat(await(loop().sendDue())).isOne();

    Set<String> ids = new HashSet<>();
    for (MimeMessage mail : smtp.getReceivedMessages()) ids.add(mail.getMessageID());
    assertThat(smtp.getReceivedMessages()).hasSize(2);
    assertThat(ids).hasSize(1);
    assertThat(site.texts("SELECT state FROM alert")).containsExactly("SENT");
  }

  @Test
  void a_clock_that_jumped_forwards_and_back_delays_no_mail() throws Exception {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    Promise<Void> sent = Promise.promise();
    Future<Void> never = Promise.<Void>promise().future();
    clock.advance(Duration.ofDays(40));
    bed.loop(new Killed(bed.email(smtp.getSmtp().getPort()), sent, never)).sendDue();
    await(sent.future());
    clock.advance(Duration.ofDays(-40));
    assertThat(await(loop().sendDue())).as("a claim of then counts no more").isOne();

    site.run("UPDATE alert SET state = 'WAITING', tries = 2, not_before = $1", in(40));
    assertThat(await(loop().sendDue())).as("nor a pause").isOne();
    site.run("UPDATE alert SET state = 'WAITING', tries = 0, not_before = $1", in(3));
    assertThat(await(loop().sendDue())).as("but a digest has its day").isZero();
  }

  private OffsetDateTime in(int days) {
    return SqlTime.of(clock.instant().plus(Duration.ofDays(days)));
  }

  @Test
  void two_servers_send_each_mail_once() {
    site.run(
        "UPDATE site SET alert_emails = $2 WHERE id = $1",
        site.id(),
        new String[] {"a@shop.example", "b@shop.example", "c@shop.example", "d@shop.example"});
    site.take(SampleReports.shop(HOME));

    await(Future.all(loop().sendDue(), loop().sendDue()));

    assertThat(smtp.getReceivedMessages()).hasSize(4);
  }

  @Test
  void a_recipient_that_is_refused_is_given_up_at_once_and_says_why() {
    site.run("UPDATE site SET alert_emails = '{\"no address at all\"}' WHERE id = $1", site.id());
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));

    await(loop().sendDue());

    assertThat(site.texts("SELECT state || ' ' || tries FROM alert")).containsExactly("FAILED 1");
    assertThat(site.texts("SELECT last_problem FROM alert").get(0)).contains("no address at all");
  }

  @Test
  void tries_end_some_day_and_the_failure_stays_in_sight() {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    int port = smtp.getSmtp().getPort();
    smtp.stop();

    for (int i = 0; i < AlertLoop.MOST_TRIES + 3; i++) {
      await(loop(port).sendDue());
      clock.advance(Duration.ofHours(3));
    }

    assertThat(site.texts("SELECT state || ' ' || tries FROM alert"))
        .containsExactly("FAILED " + AlertLoop.MOST_TRIES);
  }

  @Test
  void an_approval_settles_the_finding_and_what_is_approved_sends_no_mail() {
    site.decide(DecisionSubject.tag("host:tags.unheard-of.example"), DecisionState.APPROVED);
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    assertThat(site.count("SELECT count(*) FROM alert")).isZero();

    site.take(
        SampleReports.visit(HOME).at(minute(5)).script("https://new.example.net/x.js", "x();"));
    assertThat(findings("OPEN")).containsExactly("new.example.net/x.js");
    site.decide(DecisionSubject.tag("host:new.example.net"), DecisionState.APPROVED);

    assertThat(findings("OPEN")).isEmpty();
    assertThat(findings("RESOLVED")).containsExactly("new.example.net/x.js");
    assertThat(site.texts("SELECT reason FROM finding_change WHERE change = 'RESOLVED'"))
        .containsExactly("Somebody decided about it: an authorization covers it.");
  }

  @Test
  void a_script_that_is_surely_gone_and_is_back_after_a_month_is_told_again() {
    for (int hour = 0; hour < 10; hour++) {
      site.take(SampleReports.visit(HOME).at(minute(hour * 60)).script(STRANGE, "soup();"));
    }
    await(loop().sendDue());
    for (int hour = 10; hour < 14; hour++) {
      site.take(SampleReports.visit(HOME).at(minute(hour * 60)));
    }
    assertThat(changes()).contains("RESOLVED");
    assertThat(site.count("SELECT count(*) FROM alert")).isOne();

    clock.advance(Duration.ofDays(31));
    site.take(SampleReports.visit(HOME).at(clock.instant()).script(STRANGE, "soup();"));
    assertThat(changes()).contains("REOPENED");
    assertThat(site.count("SELECT count(*) FROM alert")).isEqualTo(2);
  }

  @Test
  void a_script_that_comes_and_goes_is_told_once_and_never_closed_in_between() {
    for (int hour = 0; hour < 12; hour += 2) {
      site.take(SampleReports.visit(HOME).at(minute(hour * 60)).script(STRANGE, "soup();"));
      await(loop().sendDue());
      site.take(SampleReports.visit(HOME).at(minute(hour * 60 + 60)));
      clock.advance(Duration.ofHours(2));
    }
    assertThat(changes()).filteredOn(c -> !c.equals("OPENED")).isEmpty();
    assertThat(site.count("SELECT count(*) FROM alert")).isOne();

    clock.advance(Duration.ofDays(31));
    site.take(SampleReports.visit(HOME).at(clock.instant()).script(STRANGE, "soup();"));
    assertThat(site.count("SELECT count(*) FROM alert")).isOne();
  }

  @Test
  void without_addresses_of_its_own_a_site_tells_its_clients_approvers_and_admins() {
    site.run("UPDATE site SET alert_emails = '{}' WHERE id = $1", site.id());
    person("approver@shop.example", "approver", true);
    person("viewer@shop.example", "viewer", true);
    person("agency@agency.example", "admin", false);

    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));

    assertThat(site.texts("SELECT recipient FROM alert")).containsExactly("approver@shop.example");
  }

  @Test
  void a_first_mail_waits_for_the_scan_that_runs() {
    site.run(
        "INSERT INTO scan (id, site_id, kind, cause, due_at, created_at, state)"
            + " VALUES (gen_random_uuid(), $1, 'VISITS', 'NOW', now(), now(), 'RUNNING')",
        site.id());
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    assertThat(await(loop().sendDue())).isZero();

    clock.advance(Duration.ofMinutes(11));
    assertThat(await(loop().sendDue())).as("but not for ever").isOne();
  }

  private static SampleVisit strange(String page) {
    String pixel = "https://pixel.stranger.example/";
    return SampleReports.visit(page)
        .script(STRANGE, "soup();")
        .pixel(STRANGE, pixel + "a.gif")
        .pixel(STRANGE, pixel + "b.gif")
        .cookie("sid", "pixel.stranger.example", pixel + "a.gif");
  }

  private void person(String email, String role, boolean ofClient) {
    site.run(
        """
        WITH p AS (INSERT INTO person (email, name, created_at) VALUES ($1, $1, now()) RETURNING id)
        INSERT INTO membership (person_id, client_id, role)
        SELECT p.id, CASE WHEN $3 THEN s.client_id END, $2 FROM p, site s WHERE s.id = $4
        """,
        email,
        role,
        ofClient,
        site.id());
  }

  private List<String> findings(String state) {
    return site.texts(
        "SELECT subject FROM finding WHERE site_id = $1 AND state = $2 AND check_id = 'unapproved-script'",
        site.id(),
        state);
  }

  private List<String> changes() {
    return site.texts(
        "SELECT c.change FROM finding_change c JOIN finding f ON f.id = c.finding_id WHERE f.check_id = 'unapproved-script'");
  }

  private AlertLoop loop() {
    return loop(smtp.getSmtp().getPort());
  }

  private AlertLoop loop(int port) {
    return bed.loop(bed.email(port));
  }

  /** Hands the mail over and never hears of it again, as a process that is killed just then. */
  private record Killed(AlertChannel real, Promise<Void> sent, Future<Void> never)
      implements AlertChannel {
    @Override
    public String id() {
      return real.id();
    }

    @Override
    public String title() {
      return real.title();
    }

    @Override
    public String addressHint() {
      return real.addressHint();
    }

    @Override
    public void check(String address) {
      real.check(address);
    }

    @Override
    public Future<Void> deliver(Alert alert, AlertMessage message) {
      return real.deliver(alert, message).onComplete(sent).compose(done -> never);
    }
  }
}
