package org.tagwarden.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;
import static org.tagwarden.collector.intake.TestSite.minute;

import com.icegreen.greenmail.util.GreenMail;
import io.vertx.core.Future;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;

/** What comes together for a site and recipient is one message. */
@Tag("database")
class GroupedAlertTest {
  private static final String STRANGE = "https://tags.unheard-of.example/t.js";

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
    site = TestSite.create(db, clock, "it@shop.example");
  }

  @AfterEach
  void stop() {
    smtp.stop();
    db.close();
  }

  @Test
  void the_first_scan_with_many_unknown_scripts_is_one_mail_that_names_them_all() throws Exception {
    SampleVisit first = SampleReports.visit(HOME);
    SampleVisit second = SampleReports.visit(HOME + "cart").at(minute(1));
    for (int i = 0; i < 12; i++) {
      first.script("https://t" + i + ".example.net/x.js", "x(" + i + ");");
      second.script("https://u" + i + ".example.net/x.js", "u(" + i + ");");
    }
    site.take(first, second);

    assertThat(await(send())).isOne();
    MimeMessage mail = smtp.getReceivedMessages()[0];
    assertThat(mail.getSubject()).startsWith("24 scripts that nobody approved run on Shop (c");
    String text = AlertTestBed.part(mail, "text/plain");
    for (int i = 0; i < 12; i++) assertThat(text).contains("t" + i + ".example.net/x.js");
    assertThat(text).contains("https://tags.example/sites/" + site.id() + "/findings");
  }

  @Test
  void what_comes_while_a_message_is_on_its_way_is_the_next_message() {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    site.run(
        "UPDATE alert SET state = 'SENDING', tries = 1, claimed_until = $1",
        SqlTime.of(clock.instant().plus(AlertLoop.LEASE)));
    site.take(
        SampleReports.visit(HOME)
            .at(minute(5))
            .script(STRANGE, "soup();")
            .script("https://new.example.net/x.js", "x();"));

    assertThat(await(send())).isOne();
    assertThat(site.count("SELECT count(*) FROM alert")).isEqualTo(2);
  }

  @Test
  void a_later_message_stands_in_the_thread_of_the_first() throws Exception {
    site.take(SampleReports.visit(HOME).script(STRANGE, "soup();"));
    await(send());
    AlertTestBed.gone(site, minute(5));
    clock.advance(Duration.ofDays(31));
    site.take(SampleReports.visit(HOME).at(clock.instant()).script(STRANGE, "soup();"));
    await(send());

    MimeMessage[] mails = smtp.getReceivedMessages();
    assertThat(mails).hasSize(2);
    assertThat(mails[1].getHeader("In-Reply-To")).containsExactly(mails[0].getMessageID());
    assertThat(mails[1].getSubject()).startsWith("Back and not approved: ");
  }

  private Future<Integer> send() {
    return bed.loop(bed.email(smtp.getSmtp().getPort())).sendDue();
  }
}
