package org.tagwarden.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import com.icegreen.greenmail.util.GreenMail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.SignedLinks.Purpose;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.collector.owners.Standards;

/** "Still needed?" by mail, and what the answer does; and the standard that owners go by. */
@Tag("database")
class ReviewsTest {
  private static final String ADA = "ada@shop.example";

  private final MovableClock clock = MovableClock.at("2026-03-02T06:00:00Z");
  private TestDatabase db;
  private AlertTestBed bed;
  private TestSite site;
  private GreenMail smtp;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    bed = new AlertTestBed(db, clock);
    smtp = AlertTestBed.mailServer();
    site = TestSite.create(db, clock);
    site.run(
        "INSERT INTO ownership (site_id, duty, rank, name, email, review_on, set_at)"
            + " VALUES ($1, 'IT', 'OWNER', 'Bob', 'bob@shop.example', '2029-01-01', now())",
        site.id());
    for (String tag : List.of("hotjar", "criteo")) {
      site.run(
          "INSERT INTO ownership (site_id, tag_key, duty, rank, name, email, review_on, set_at)"
              + " VALUES ($1, $2, 'BUSINESS', 'OWNER', 'Ada', $3, '2026-04-01', now())",
          site.id(),
          tag,
          ADA);
    }
  }

  @AfterEach
  void stop() {
    smtp.stop();
    db.close();
  }

  @Test
  void an_owner_is_asked_once_for_each_thing_two_weeks_before_its_review() throws Exception {
    assertThat(await(bed.reviews().remind())).isZero();
    clock.moveTo("2026-03-18T06:00:00Z");
    assertThat(await(bed.reviews().remind())).isEqualTo(2);
    assertThat(await(bed.reviews().remind())).isZero();
    await(bed.loop(bed.email(smtp.getSmtp().getPort())).sendDue());

    assertThat(smtp.getReceivedMessages()).hasSize(2);
    assertThat(AlertTestBed.part(smtp.getReceivedMessages()[0], "text/plain"))
        .contains("Is it still needed:")
        .contains("Answer with one click: https://tags.example/act/R.")
        .contains("If you do not answer by 1 April 2026")
        .contains("Named")
        .doesNotContain("known pages", "No more mails", "Since");
  }

  @Test
  void yes_holds_for_a_year_and_looking_answers_nothing() {
    String token = token();
    assertThat(await(bed.reviews().ask(token)).subject()).isEqualTo("criteo");
    assertThat(review("criteo")).isEqualTo("2026-04-01");

    await(bed.reviews().answer(token, true, "192.0.2.7"));
    assertThat(review("criteo")).isEqualTo("2027-03-18");
    assertThat(site.texts("SELECT who || ': ' || subject FROM audit_entry"))
        .containsExactly(ADA + ": criteo on Shop");
    assertThat(site.texts("SELECT check_id FROM finding")).isEmpty();
  }

  @Test
  void yes_holds_as_long_as_was_set() {
    site.run("UPDATE ownership SET review_months = 3");
    String token = token();
    assertThat(await(bed.reviews().ask(token)).holds()).isEqualTo("3 months");
    await(bed.reviews().answer(token, true, "192.0.2.7"));

    assertThat(review("criteo")).isEqualTo("2026-06-18");
    clock.moveTo("2026-06-05T06:00:00Z");
    assertThat(await(bed.reviews().remind())).as("asked again").isOne();
  }

  @Test
  void no_is_a_finding_for_those_who_can_remove_it() {
    await(bed.reviews().answer(token(), false, "192.0.2.7"));

    assertThat(site.texts("SELECT check_id || ' ' || state || ' ' || summary FROM finding"))
        .containsExactly(
            "no-longer-needed OPEN Ada, business owner of criteo, says that it is no longer needed");
    clock.advance(Duration.ofDays(30));
    assertThat(await(bed.reviews().remind())).as("nobody asks again").isZero();
  }

  @Test
  void the_link_of_somebody_who_was_replaced_opens_nothing() {
    String token = token();
    site.run("UPDATE ownership SET email = 'bob@shop.example' WHERE tag_key = 'criteo'");

    assertThatThrownBy(() -> await(bed.reviews().ask(token))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> await(bed.actions().act(token, "192.0.2.7")))
        .as("a review's link acknowledges nothing")
        .isInstanceOf(Refusal.class);
  }

  @Test
  void every_version_of_a_standard_is_kept_and_nobody_overwrites_anothers() {
    int clientId = (int) site.count("SELECT client_id FROM site");
    Principal tom = new Principal(null, "Tom", null, Map.of(clientId, Role.APPROVER));
    Principal mia = new Principal(null, "Mia", null, Map.of(clientId, Role.VIEWER));
    Standards standards = new Standards(db.database(), bed.audit(), clock);

    await(standards.write(tom, clientId, 0, "# Tags\n- no pixels"));
    await(standards.write(tom, clientId, 1, "# Tags\n- few pixels"));
    assertThatThrownBy(() -> await(standards.write(tom, clientId, 1, "mine")))
        .hasMessageContaining("newer version");
    assertThatThrownBy(() -> standards.write(mia, clientId, 2, "mine")).isInstanceOf(Refusal.class);

    assertThat(await(standards.versions(mia, clientId)))
        .extracting(Standards.Version::number)
        .containsExactly(2, 1);
    assertThat(await(standards.get(mia, clientId, 1)).text()).contains("no pixels");
  }

  /** Of the mail about criteo, after it was due. */
  private String token() {
    clock.moveTo("2026-03-18T06:00:00Z");
    await(bed.reviews().remind());
    long alert =
        site.count(
            "SELECT a.id FROM alert a JOIN ownership o ON o.id = a.ownership_id WHERE o.tag_key = 'criteo'");
    String link = bed.links().link(Purpose.REVIEW, alert, Duration.ofDays(9));
    return link.substring(link.lastIndexOf('/') + 1);
  }

  private String review(String tag) {
    return site.texts("SELECT review_on FROM ownership WHERE tag_key = $1", tag).get(0);
  }
}
