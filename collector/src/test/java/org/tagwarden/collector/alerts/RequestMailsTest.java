package org.tagwarden.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import com.icegreen.greenmail.util.GreenMail;
import io.vertx.core.Future;
import jakarta.mail.internet.MimeMessage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.AuthorizationOrder;
import org.tagwarden.collector.governance.Grants;
import org.tagwarden.collector.governance.RequestState;
import org.tagwarden.collector.governance.TagRequest;
import org.tagwarden.collector.governance.TagRequests;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;

/** A request's whole way by mail: those who decide hear of it, who asked hears the answer. */
@Tag("database")
class RequestMailsTest {
  private final MovableClock clock = MovableClock.at("2026-03-02T06:00:00Z");
  private TestDatabase db;
  private AlertTestBed bed;
  private GreenMail smtp;
  private TestSite site;
  private Site shop;
  private TagRequests requests;
  private Grants grants;
  private Principal mia;
  private Principal tom;
  private Principal ida;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    bed = new AlertTestBed(db, clock);
    smtp = AlertTestBed.mailServer();
    site = TestSite.create(db, clock);
    AuditLog audit = bed.audit();
    requests = new TagRequests(db.database(), audit, new RequestLetters(), clock);
    grants = new Grants(db.database(), site.book(), requests);
    mia = member("Mia", Role.REQUESTER, site.clientId());
    tom = member("Tom", Role.APPROVER, site.clientId());
    ida = member("Ida", Role.APPROVER, site.clientId());
    member("Ada", Role.ADMIN, null);
    member("Eve", Role.VIEWER, site.clientId());
    shop = await(new Sites(db.database(), audit, clock).get(tom, site.id()));
  }

  @AfterEach
  void stop() {
    smtp.stop();
    db.close();
  }

  @Test
  void those_who_decide_hear_of_a_request_and_who_asked_hears_the_answer() throws Exception {
    int id = ask("Hotjar");
    send();
    assertThat(recipients()).containsExactlyInAnyOrder("tom@shop.example", "ida@shop.example");
    MimeMessage asked = smtp.getReceivedMessages()[0];
    assertThat(asked.getSubject()).startsWith("Mia asks for Hotjar on Shop");
    assertThat(asked.getHeader("List-Unsubscribe")).isNull();
    assertThat(AlertTestBed.part(asked, "text/plain"))
        .contains("Heatmaps of the checkout", "Wanted from 9 March 2026")
        .contains("Answer the request: https://tags.example/requests#request-" + id)
        .doesNotContain("null");

    smtp.purgeEmailFromAllMailboxes();
    await(requests.answer(tom, id, RequestState.DECLINED, "We have Clarity already."));
    send();
    assertThat(recipients()).containsExactly("mia@shop.example");
    MimeMessage answer = smtp.getReceivedMessages()[0];
    assertThat(answer.getSubject()).startsWith("Declined: Hotjar on Shop");
    assertThat(AlertTestBed.part(answer, "text/plain"))
        .contains("Tom: We have Clarity already.", "You wrote: Heatmaps of the checkout");
  }

  @Test
  void what_is_taken_back_before_its_mail_went_out_is_told_to_nobody() {
    int id = ask("Hotjar");
    await(requests.answer(mia, id, RequestState.WITHDRAWN, ""));
    send();
    assertThat(recipients()).isEmpty();
  }

  @Test
  void who_has_left_or_left_the_client_hears_nothing_of_it_any_more() {
    int id = ask("Hotjar");
    site.run("DELETE FROM membership WHERE person_id = $1", mia.personId());
    await(requests.answer(tom, id, RequestState.GRANTED, "Go ahead."));
    site.run("UPDATE person SET disabled_at = now() WHERE id = $1", tom.personId());
    site.run(
        "INSERT INTO alert_opt_out (site_id, email, at) VALUES ($1, 'ida@shop.example', now())",
        site.id());
    ask("Clarity");
    send();
    assertThat(recipients())
        .as("no approver is left: the administrator of all clients")
        .containsExactly("ada@shop.example");
  }

  @Test
  void an_authorization_answers_the_request_and_the_second_answer_saves_nothing() throws Exception {
    int id = ask("Hotjar");
    List<Future<?>> both =
        List.of(
            grants.save(tom, id, order("hotjar", Verdict.APPROVED), "Yes, from Monday."),
            grants.save(ida, id, order("hotjar-two", Verdict.REFUSED), ""));
    await(Future.join(both).otherwiseEmpty());

    assertThat(both).filteredOn(Future::succeeded).hasSize(1);
    assertThat(both.stream().filter(Future::failed).findFirst().orElseThrow().cause())
        .hasMessageContaining("was faster: the request is ");
    assertThat(site.count("SELECT count(*) FROM tag_authorization")).isOne();
    assertThat(site.count("SELECT authorization_id FROM tag_request"))
        .isEqualTo(site.count("SELECT id FROM tag_authorization"));
  }

  @Test
  void a_granted_request_says_within_what_it_may_run_and_a_pending_one_stays_open()
      throws Exception {
    int id = ask("Hotjar");
    await(grants.save(tom, id, order("hotjar", Verdict.PENDING), ""));
    assertThat(one(id).state()).isEqualTo(RequestState.OPEN);
    AuthorizationOrder again =
        new AuthorizationOrder(order("hotjar", Verdict.APPROVED).draft(), null);
    await(grants.save(tom, id, again, ""));
    assertThat(one(id).state()).isEqualTo(RequestState.GRANTED);
    send();
    MimeMessage answer = smtp.getReceivedMessages()[0];
    assertThat(answer.getSubject()).startsWith("Granted: Hotjar on Shop");
    assertThat(AlertTestBed.part(answer, "text/plain"))
        .contains("Tom: Mia needs it", "Authorized without limits");
  }

  @Test
  void an_authorization_elsewhere_answers_nothing() {
    int id = ask("Hotjar");
    AuthorizationDraft elsewhere =
        AuthorizationDraft.plain(
            Scope.site(site.clientId(), site.id() + 1),
            Subject.ofTag("hotjar"),
            Verdict.APPROVED,
            "Mia needs it");
    assertThatThrownBy(
            () -> await(grants.save(tom, id, new AuthorizationOrder(elsewhere, 0), "Yes.")))
        .hasMessageContaining("The request is about Shop");
    assertThatThrownBy(() -> await(grants.save(mia, id, order("hotjar", Verdict.APPROVED), "")))
        .hasMessageContaining("approver");
    assertThat(one(id).state()).isEqualTo(RequestState.OPEN);
  }

  private AuthorizationOrder order(String tag, Verdict verdict) {
    return new AuthorizationOrder(
        AuthorizationDraft.plain(
            Scope.site(site.clientId(), site.id()), Subject.ofTag(tag), verdict, "Mia needs it"),
        0);
  }

  private int ask(String what) {
    return await(
        requests.ask(mia, shop, what, "Heatmaps of the checkout", LocalDate.of(2026, 3, 9)));
  }

  private TagRequest one(int id) {
    return await(requests.get(tom, id));
  }

  private void send() {
    await(bed.loop(bed.email(smtp.getSmtp().getPort())).sendDue());
  }

  private List<String> recipients() {
    List<String> recipients = new ArrayList<>();
    for (MimeMessage mail : smtp.getReceivedMessages()) {
      try {
        recipients.add(mail.getAllRecipients()[0].toString());
      } catch (jakarta.mail.MessagingException e) {
        throw new AssertionError(e);
      }
    }
    return recipients;
  }

  private Principal member(String name, Role role, Integer clientId) {
    int id =
        site.run(
                "INSERT INTO person (email, name, created_at) VALUES (lower($1) || '@shop.example', $1, now()) RETURNING id",
                name)
            .get(0)
            .getInteger(0);
    site.run(
        "INSERT INTO membership (person_id, client_id, role) VALUES ($1, $2, $3)",
        id,
        clientId,
        role.word());
    return clientId == null
        ? new Principal(id, name, role, Map.of())
        : new Principal(id, name, null, Map.of(clientId, role));
  }
}
