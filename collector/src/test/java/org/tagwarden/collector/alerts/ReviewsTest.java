package org.tagwarden.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import com.icegreen.greenmail.util.GreenMail;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.ReviewItem.State;
import org.tagwarden.collector.alerts.Reviews.Question;
import org.tagwarden.collector.alerts.SignedLinks.Purpose;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.AuthorizationOrder;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.Withdrawal;
import org.tagwarden.collector.governance.rules.Authorization.Keepers;
import org.tagwarden.collector.governance.rules.Authorization.Term;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.collector.owners.Standards;

/** "Still needed?" by mail, and what the answer does; and the standard that owners go by. */
@Tag("database")
class ReviewsTest {
  private static final String ADA = "ada@shop.example";
  private static final Decider IDA = new Decider(null, "Ida", Origin.PROGRAM);

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
  void an_owner_is_asked_once_about_all_that_falls_due_two_weeks_before() throws Exception {
    assertThat(await(bed.reviews().remind())).isZero();
    clock.moveTo("2026-03-18T06:00:00Z");
    await(Future.all(bed.reviews().remind(), bed.reviews().remind()));
    assertThat(await(bed.reviews().remind())).isZero();
    send();

    assertThat(smtp.getReceivedMessages()).hasSize(1);
    assertThat(AlertTestBed.part(smtp.getReceivedMessages()[0], "text/plain"))
        .contains("Are they still needed: 2 things on Shop?")
        .contains("hotjar (you are its business owner), by 1 April 2026")
        .contains("Answer with one click: https://tags.example/act/R.")
        .contains("If you do not answer by 1 April 2026")
        .doesNotContain("known pages", "No more mails", "Since", "Evidence");
  }

  @Test
  void one_thing_is_asked_about_by_its_name() throws Exception {
    site.run("DELETE FROM ownership WHERE tag_key = 'hotjar'");
    clock.moveTo("2026-03-18T06:00:00Z");
    await(bed.reviews().remind());
    send();
    assertThat(AlertTestBed.part(smtp.getReceivedMessages()[0], "text/plain"))
        .contains("Is it still needed: criteo on Shop?", "Yes holds for a year")
        .contains("Ada, you are business owner of criteo.", "Named");
  }

  @Test
  void the_owner_of_an_authorization_is_asked_and_a_yes_renews_it_with_a_line_in_its_history() {
    int id = authorized("Ida Berg <ida@shop.example>", "tom@shop.example");
    String token = token("ida@shop.example");
    Question question = await(bed.reviews().ask(token));
    assertThat(question.name()).isEqualTo("Ida Berg");
    assertThat(question.items())
        .extracting(ReviewItem::subject)
        .containsExactly("the authorization of product hotjar");

    question = await(bed.reviews().answer(token, item -> true, "192.0.2.7"));
    assertThat(question.items()).extracting(ReviewItem::state).containsExactly(State.NEEDED);
    assertThat(site.texts("SELECT review_on FROM tag_authorization")).containsExactly("2027-03-18");
    assertThat(await(site.book().history(id)))
        .extracting(change -> change.by() + ", " + change.role())
        .containsExactly("ida@shop.example, owner", "Ida, ");
    clock.moveTo("2027-03-05T06:00:00Z");
    await(bed.reviews().remind());
    assertThat(site.count("SELECT count(*) FROM alert WHERE recipient = 'ida@shop.example'"))
        .isEqualTo(2);
  }

  @Test
  void a_no_to_an_authorization_is_a_finding_until_somebody_decides_anew() {
    int id = authorized("ida@shop.example", "");
    String token = token("ida@shop.example");
    await(bed.reviews().answer(token, item -> false, "192.0.2.7"));
    String finding = "SELECT check_id || ' ' || state || ' ' || subject FROM finding";
    assertThat(site.texts(finding))
        .containsExactly("no-longer-needed OPEN the authorization of product hotjar");
    await(site.book().withdraw(new Withdrawal(id, null, "Ida needs it no longer."), IDA));
    await(bed.watch().look(site.id()));
    assertThat(site.texts(finding))
        .containsExactly("no-longer-needed RESOLVED the authorization of product hotjar");
    assertThatThrownBy(() -> await(bed.reviews().ask(token))).isInstanceOf(Refusal.class);
  }

  @Test
  void the_deputy_is_asked_about_an_authorization_whose_owner_has_left() {
    authorized("ida@shop.example", "tom@shop.example");
    site.run(
        "INSERT INTO person (email, name, created_at, disabled_at) VALUES ('ida@shop.example', 'Ida', now(), now())");
    assertThat(await(bed.reviews().ask(token("tom@shop.example"))).items().get(0).title())
        .isEqualTo("deputy");
  }

  @Test
  void some_are_needed_and_others_are_not_and_what_is_not_answered_stays_open() {
    authorized(ADA, "");
    String token = token(ADA);
    Question question =
        await(
            bed.reviews()
                .answer(
                    token,
                    item ->
                        item.subject().equals("criteo")
                            ? Boolean.TRUE
                            : item.subject().equals("hotjar") ? Boolean.FALSE : null,
                    "192.0.2.7"));
    assertThat(question.items())
        .extracting(item -> item.subject() + " " + item.state())
        .containsExactlyInAnyOrder(
            "criteo NEEDED", "hotjar UNNEEDED", "the authorization of product hotjar OPEN");
  }

  @Test
  void yes_holds_for_a_year_and_looking_answers_nothing() {
    String token = token();
    assertThat(criteo(token).state()).isEqualTo(State.OPEN);
    assertThat(review("criteo")).isEqualTo("2026-04-01");

    await(bed.reviews().answer(token, only("criteo", true), "192.0.2.7"));
    assertThat(review("criteo")).isEqualTo("2027-03-18");
    assertThat(site.texts("SELECT who || ': ' || subject FROM audit_entry"))
        .containsExactly(ADA + ": criteo on Shop");
    assertThat(site.texts("SELECT check_id FROM finding")).isEmpty();
  }

  @Test
  void yes_holds_as_long_as_was_set() {
    site.run("UPDATE ownership SET review_months = 3");
    String token = token();
    assertThat(criteo(token).holds()).isEqualTo("3 months");
    await(bed.reviews().answer(token, item -> true, "192.0.2.7"));

    assertThat(review("criteo")).isEqualTo("2026-06-18");
    clock.moveTo("2026-06-05T06:00:00Z");
    assertThat(await(bed.reviews().remind())).as("asked again").isOne();
  }

  @Test
  void no_is_a_finding_for_those_who_can_remove_it() {
    await(bed.reviews().answer(token(), only("criteo", false), "192.0.2.7"));

    assertThat(site.texts("SELECT check_id || ' ' || state || ' ' || summary FROM finding"))
        .containsExactly(
            "no-longer-needed OPEN Ada, business owner of criteo, says that it is no longer needed");
    clock.advance(Duration.ofDays(30));
    assertThat(await(bed.reviews().remind())).as("nobody asks again").isZero();
  }

  @Test
  void the_link_of_somebody_who_was_replaced_opens_nothing() {
    String token = token();
    site.run("UPDATE ownership SET email = 'bob@shop.example'");

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

  /** Of Ada's mail, after it was due. */
  private String token() {
    return token(ADA);
  }

  private String token(String recipient) {
    clock.moveTo("2026-03-18T06:00:00Z");
    await(bed.reviews().remind());
    long alert = site.count("SELECT id FROM alert WHERE recipient = $1", recipient);
    String link = bed.links().link(Purpose.REVIEW, alert, Duration.ofDays(9));
    return link.substring(link.lastIndexOf('/') + 1);
  }

  private ReviewItem criteo(String token) {
    return await(bed.reviews().ask(token)).items().stream()
        .filter(item -> item.subject().equals("criteo"))
        .findFirst()
        .orElseThrow();
  }

  private static Function<ReviewItem, Boolean> only(String subject, boolean needed) {
    return item -> item.subject().equals(subject) ? needed : null;
  }

  private int authorized(String owner, String deputy) {
    AuthorizationDraft draft =
        new AuthorizationDraft(
            Scope.site(site.clientId(), site.id()),
            Subject.ofTag("hotjar"),
            Verdict.APPROVED,
            null,
            "needed",
            new Keepers(owner, deputy),
            new Term(null, LocalDate.of(2026, 4, 1)),
            Envelope.OPEN);
    return await(site.book().save(new AuthorizationOrder(draft, null), IDA))
        .authorizationIds()
        .get(0);
  }

  private void send() {
    await(bed.loop(bed.email(smtp.getSmtp().getPort())).sendDue());
  }

  private String review(String tag) {
    return site.texts("SELECT review_on FROM ownership WHERE tag_key = $1", tag).get(0);
  }
}
