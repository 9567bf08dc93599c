package org.tagwarden.collector.alerts.bounces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;
import static org.tagwarden.collector.intake.TestSite.minute;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.AlertOutbox;
import org.tagwarden.collector.alerts.AlertTestBed;
import org.tagwarden.collector.alerts.Secrets;
import org.tagwarden.collector.alerts.email.EmailChannel;
import org.tagwarden.collector.alerts.email.Mailer;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.collector.owners.OrphanWatch;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;

/** From a mail that a real mail server took to its return in a real mailbox. */
@Tag("database")
class BouncesTest {
  private static final String IT = "it@shop.example";
  private static final String STRANGE = "https://tags.unheard-of.example/t.js";
  private static final ReturnAddress RETURNS =
      new ReturnAddress("a key of the tests".getBytes(UTF_8), "bounces+*@tags.example");

  @TempDir Path secrets;
  private final MovableClock clock = MovableClock.at("2026-03-02T06:05:00Z");
  private static TestDatabase db;
  private static GreenMail server;
  private static GreenMailUser mailbox;
  private TestSite site;
  private Bounces bounces;
  private BounceLoop loop;

  @BeforeAll
  static void open() {
    db = TestDatabase.fresh();
    server =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
            });
    server.start();
    mailbox = server.setUser("bounces@tags.example", "bounces", "right");
  }

  @AfterAll
  static void close() {
    server.stop();
    db.close();
  }

  @BeforeEach
  void start() throws Exception {
    Files.writeString(secrets.resolve("bounces"), "right\n");
    site = TestSite.create(db, clock, IT);
    site.run(
        "INSERT INTO ownership (site_id, duty, rank, name, email, review_on, set_at)"
            + " VALUES ($1, 'IT', 'OWNER', 'Ida', $2, '2027-01-01', now())",
        site.id(),
        IT);
    OrphanWatch watch =
        new OrphanWatch(db.vertx(), db.database(), new AlertOutbox()::announce, clock);
    bounces = new Bounces(db.database(), RETURNS, watch, new AuditLog(clock), clock);
    loop = loop(server.getImap().getPort(), "secret:bounces", "INBOX");
  }

  @AfterEach
  void stop() throws Exception {
    await(loop.stop());
    server.purgeEmailFromAllMailboxes();
    site.run("DELETE FROM mail_bounce");
    site.run("DELETE FROM site"); // with all that belongs to it
  }

  private BounceLoop loop(int port, String password, String folder) {
    BounceSettings settings =
        new BounceSettings(
            null, "127.0.0.1", port, BounceSettings.Tls.NONE, "bounces", password, folder, 5);
    return new BounceLoop(
        db.vertx(), settings, new Secrets(secrets), bounces, Duration.ofMillis(500));
  }

  @Test
  void what_came_back_marks_the_contact_and_is_a_dead_letter_and_the_owners_finding()
      throws Exception {
    String id = send();
    assertThat(marked()).isEmpty();
    deliver(Returned.report(id, IT, "failed", "5.1.1"));

    assertThat(await(loop.read())).isOne();
    assertThat(marked()).containsExactly(IT);
    assertThat(site.texts("SELECT state || ': ' || last_problem FROM alert"))
        .singleElement()
        .asString()
        .startsWith("FAILED: The mail came back, it@shop.example does not get it (5.1.1)");
    assertThat(unreachable()).containsExactly("OPEN");
    assertThat(inMailbox()).as("kept, and seen").containsExactly(true);
    assertThat(await(loop.read())).as("read once").isZero();
  }

  @Test
  void what_may_go_well_later_marks_nobody_but_the_message_is_a_dead_letter() throws Exception {
    String id = send();
    deliver(Returned.report(id, IT, "delayed", "4.4.1"));
    await(loop.read());
    assertThat(site.texts("SELECT state FROM alert")).containsExactly("SENT");

    deliver(Returned.report(id, IT, "failed", "4.4.7"));
    await(loop.read());
    assertThat(site.texts("SELECT state FROM alert")).containsExactly("FAILED");
    assertThat(marked()).isEmpty();
  }

  @Test
  void a_forged_report_about_a_message_that_we_never_sent_is_ignored_and_so_is_other_mail()
      throws Exception {
    send();
    deliver(Returned.report("alert-made-up@tagwarden", IT, "failed", "5.1.1"));
    deliver(Returned.reportTo("bounces+1-0000000000000000@tags.example", IT));
    deliver(Returned.holiday("bounces@tags.example"));
    deliver("Content-Type: multipart/report; boundary=x\n\n--x\nnothing ends here");

    assertThat(await(loop.read())).isZero();
    assertThat(marked()).isEmpty();
    assertThat(site.texts("SELECT state FROM alert")).containsExactly("SENT");
    assertThat(inMailbox()).hasSize(4).containsOnly(true);
  }

  @Test
  void a_report_that_quotes_nothing_is_known_by_the_address_to_which_it_came() throws Exception {
    send();
    String envelope = server.getReceivedMessages()[0].getHeader("Return-Path")[0];
    assertThat(envelope).matches("<bounces\\+\\d+-[0-9a-f]{16}@tags\\.example>");
    deliver(Returned.reportTo(envelope, "somebody-else@forwarded.example"));

    assertThat(await(loop.read())).isOne();
    assertThat(marked()).as("the one whom we wrote to").containsExactly(IT);
  }

  @Test
  void the_mark_stays_when_a_server_takes_the_next_mail_and_goes_when_an_admin_says_so()
      throws Exception {
    String id = send();
    deliver(Returned.report(id, IT, "failed", "5.1.1"));
    await(loop.read());
    site.take(
        visit()
            .at(minute(5))
            .script(STRANGE, "soup();")
            .script("https://new.example.net/x.js", "x();"));
    assertThat(await(sender().sendDue())).isOne();
    assertThat(marked()).containsExactly(IT);

    Principal viewer = principal(site.clientId(), Role.APPROVER);
    Principal stranger = principal(site.clientId() + 999, Role.ADMIN);
    Principal admin = principal(site.clientId(), Role.ADMIN);
    assertThat(await(bounces.list(viewer))).singleElement().matches(one -> !one.mayClear());
    assertThat(await(bounces.list(stranger))).isEmpty();
    for (Principal nobody : List.of(viewer, stranger)) {
      assertThatThrownBy(() -> await(bounces.clear(nobody, IT))).isInstanceOf(Refusal.class);
    }
    assertThat(await(bounces.list(admin))).singleElement().matches(one -> one.mayClear());
    await(bounces.clear(admin, IT));

    assertThat(marked()).isEmpty();
    assertThat(unreachable()).containsExactly("RESOLVED");
    assertThat(site.texts("SELECT who || ': ' || action || ' ' || subject FROM audit_entry"))
        .containsExactly("Ann: say that an address works " + IT);
  }

  @Test
  void another_address_ends_the_finding() throws Exception {
    deliver(Returned.report(send(), IT, "failed", "5.1.1"));
    await(loop.read());
    site.run("UPDATE ownership SET email = 'ida@shop.example'");
    site.run("UPDATE site SET alert_emails = '{ida@shop.example}' WHERE id = $1", site.id());
    await(
        new OrphanWatch(db.vertx(), db.database(), new AlertOutbox()::announce, clock)
            .look(site.id()));

    assertThat(unreachable()).containsExactly("RESOLVED");
  }

  @Test
  void a_mailbox_that_refuses_says_why_and_nothing_is_lost() throws Exception {
    deliver(Returned.report(send(), IT, "failed", "5.1.1"));
    int port = server.getImap().getPort();

    assertThat(problem(loop(port, "wrong", "INBOX")))
        .contains("alerts.bounces.user")
        .doesNotContain("wrong");
    assertThat(problem(loop(port, "secret:bounces", "Returns"))).contains("no folder \"Returns\"");
    assertThat(problem(loop(port, "secret:missing", "INBOX"))).contains("\"missing\"");
    assertThat(inMailbox()).containsExactly(false);
    assertThat(await(loop.read())).isOne();
    assertThat(loop.problem()).isNull();
  }

  @Test
  void a_mailbox_that_hangs_or_dies_costs_its_time_only() throws Exception {
    try (ScriptedImap hanging = ScriptedImap.hanging();
        ScriptedImap dying = ScriptedImap.dying()) {
      for (ScriptedImap one : List.of(hanging, dying)) {
        assertThat(problem(loop(one.port(), "secret:bounces", "INBOX")))
            .contains("127.0.0.1:" + one.port() + ") could not be read")
            .contains("alerts.bounces.host")
            .doesNotContain("Exception");
      }
    }
  }

  @Test
  void a_database_that_is_away_leaves_the_mail_unseen() throws Exception {
    deliver(Returned.report(send(), IT, "failed", "5.1.1"));
    site.run("ALTER TABLE mail_bounce RENAME TO away");
    assertThatThrownBy(() -> await(loop.read())).hasMessageContaining("mail_bounce");
    assertThat(inMailbox()).containsExactly(false);

    site.run("ALTER TABLE away RENAME TO mail_bounce");
    assertThat(await(loop.read())).isOne();
    assertThat(inMailbox()).containsExactly(true);
  }

  /** One that no other test of this database has shown. */
  private static SampleVisit visit() {
    return SampleReports.visit(HOME).visitId(UUID.randomUUID());
  }

  private String problem(BounceLoop broken) {
    assertThat(await(broken.read())).isZero();
    String problem = broken.problem();
    await(broken.stop());
    return String.valueOf(problem);
  }

  /** An alert to IT that the mail server takes; its Message-ID. */
  private String send() {
    site.take(visit().script(STRANGE, "soup();"));
    assertThat(await(sender().sendDue())).isOne();
    return site.texts("SELECT message_id FROM alert").get(0);
  }

  private org.tagwarden.collector.alerts.AlertLoop sender() {
    Mailer mailer =
        new Mailer(
            db.vertx(),
            AlertTestBed.settings(server.getSmtp().getPort()),
            Duration.ofSeconds(5),
            RETURNS);
    return new AlertTestBed(db, clock).loop(new EmailChannel(mailer));
  }

  private void deliver(String text) {
    mailbox.deliver(Returned.mail(text));
  }

  /** Whether each mail of the mailbox is marked as seen. */
  private List<Boolean> inMailbox() throws Exception {
    return server.getManagers().getImapHostManager().getInbox(mailbox).getMessages().stream()
        .map(mail -> mail.getFlags().contains(Flags.Flag.SEEN))
        .toList();
  }

  private List<String> marked() {
    return site.texts("SELECT email FROM mail_bounce");
  }

  private List<String> unreachable() {
    return site.texts(
        "SELECT DISTINCT state FROM finding WHERE site_id = $1 AND check_id = 'owner-unreachable'",
        site.id());
  }

  private static Principal principal(int clientId, Role role) {
    return new Principal(null, "Ann", null, Map.of(clientId, role));
  }
}
