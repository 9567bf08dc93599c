package org.tagwarden.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.ServerConfig.Smtp;

/** Roles offered by address, to people with and without an account, with a real mail server. */
@Tag("database")
class InvitationsTest {
  private static final Pattern LINK =
      Pattern.compile("https://tagwarden\\.example/invitation/([A-Za-z0-9_-]+)");
  private static final Origin MAIL = Origin.door("10.0.0.9");

  private static TestDoor house;
  private TestDoor door;
  private GreenMail mails;
  private Invitations byMail;
  private Invitations byHand;
  private Person ann;

  /** Administers the bakery only. */
  private Person bo;

  /** Has an account at the brewery. */
  private Person cy;

  @BeforeAll
  static void open() {
    house = new TestDoor();
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @BeforeEach
  void start() {
    door = house.anew();
    door.db.sql(
        "INSERT INTO client (name, created_at) VALUES ('Bakery', now()), ('Brewery', now())");
    mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mails.start();
    byMail = door.invitations(new DoorMail(door.db.vertx(), smtp()));
    byHand = door.invitations(null);
    ann = door.newcomer("ann@example.com", Role.ADMIN, null);
    bo = door.newcomer("bo@example.com", Role.ADMIN, 1);
    cy = door.newcomer("cy@agency.example", Role.APPROVER, 2);
  }

  @AfterEach
  void stop() {
    mails.stop();
  }

  @Test
  void somebody_who_works_for_another_client_accepts_signed_in_and_serves_both() {
    invite(byMail, bo, "CY@agency.example", Role.VIEWER, 1);
    assertThat(await(door.people.list(bo.principal()))).extracting(Person::id).doesNotContain(3);
    Invitation accepted = await(door.acceptance.accept(cy.principal(), cy.email(), token(mail(0))));
    assertThat(accepted.client()).isEqualTo("Bakery");
    assertThat(person(cy).roles()).isEqualTo(Map.of(1, Role.VIEWER, 2, Role.APPROVER));
    assertThat(await(byMail.list(bo.principal()))).isEmpty();
    AuditLine line = door.audited().get(0);
    assertThat(line.action()).isEqualTo("accept invitation");
    assertThat(line.who()).isEqualTo("cy@agency.example");
    assertThat(line.way()).isEqualTo("session");
    assertThat(line.client()).isEqualTo("Bakery");
    assertThat(line.after().getString("role")).isEqualTo("viewer");
    assertThat(line.after().getString("invitedBy")).isEqualTo("bo@example.com");
  }

  @Test
  void somebody_new_makes_an_account_with_it_and_is_in_the_log_with_address_and_link() {
    invite(byMail, bo, "di@example.com", Role.REQUESTER, 1);
    String token = token(mail(0));
    Person di = await(door.acceptance.join(token, "Di", TestDoor.PASSWORD, MAIL));
    assertThat(di.roles()).isEqualTo(Map.of(1, Role.REQUESTER));
    assertThat(await(door.sessions.signIn("di@example.com", TestDoor.PASSWORD, "a"))).isNotNull();
    AuditLine line =
        door.audited().stream()
            .filter(entry -> entry.action().equals("accept invitation"))
            .findFirst()
            .orElseThrow();
    assertThat(line.who()).isEqualTo("Di");
    assertThat(line.way()).isEqualTo("link");
    assertThat(line.address()).isEqualTo("10.0.0.9");
    assertThatThrownBy(() -> await(door.acceptance.join(token, "Di", TestDoor.PASSWORD, MAIL)))
        .hasMessageContaining("accepted or withdrawn");
  }

  @Test
  void the_inviting_side_sees_no_difference_between_an_account_and_none() {
    Invitations.Sent known = invite(byMail, bo, "cy@agency.example", Role.VIEWER, 1);
    Invitations.Sent unknown = invite(byMail, bo, "no@agency.example", Role.VIEWER, 1);
    assertThat(known.mailed()).isEqualTo(unknown.mailed());
    assertThat(known.link()).isNull();
    assertThat(unknown.link()).isNull();
    assertThat(LINK.matcher(body(0)).replaceAll("L"))
        .isEqualTo(LINK.matcher(body(1)).replaceAll("L"));
    assertThat(await(byMail.list(bo.principal())))
        .extracting(Invitation::email)
        .containsExactly("cy@agency.example", "no@agency.example");
    assertThat(await(door.people.list(bo.principal()))).containsExactly(person(bo));
  }

  @Test
  void the_link_alone_opens_no_account_that_there_is() {
    String link = invite(byHand, bo, "cy@agency.example", Role.VIEWER, 1).link();
    String token = token(link);
    assertThatThrownBy(() -> await(door.acceptance.join(token, "Bo", "bo chooses this one", MAIL)))
        .hasMessageContaining("sign in with it");
    assertThatThrownBy(
            () -> await(door.sessions.signIn("cy@agency.example", "bo chooses this one", "a")))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> await(door.acceptance.accept(bo.principal(), bo.email(), token)))
        .hasMessageContaining("for cy@agency.example, and you are signed in as bo@example.com");
    assertThat(person(cy).roles()).containsOnlyKeys(2);
    await(door.acceptance.accept(cy.principal(), cy.email(), token));
  }

  @Test
  void the_mail_says_who_invites_to_which_client_and_role_as_text_and_as_html() {
    invite(byMail, ann, "di@example.com", Role.APPROVER, 2);
    String mail = mail(0);
    assertThat(mail)
        .contains("Subject: ann@example.com invites you to Tagwarden")
        .contains("ann@example.com invites you to Tagwarden as an approver for Brewery.")
        .contains("text/html", "Accept the invitation", "once, for seven days");
    invite(byMail, ann, "ed@example.com", Role.ADMIN, null);
    assertThat(mail(1)).contains("as an admin for all of its clients");
  }

  @Test
  void what_people_call_themselves_is_neither_markup_nor_a_line_of_ours() {
    assertThatThrownBy(() -> new PersonDraft("di@example.com", "Di\r\n\r\nGo to evil.example"))
        .hasMessageContaining("on one line");
    door.db.sql("UPDATE client SET name = 'Bed & <Breakfast>' WHERE id = 1");
    await(byMail.invite(bo.principal(), new PersonDraft("di@example.com", "<Di>"), Role.VIEWER, 1));
    String mail = mail(0);
    assertThat(mail)
        .contains("a viewer for Bed & <Breakfast>.")
        .contains("a viewer for Bed &amp; &lt;Breakfast&gt;.")
        .contains("Hello &lt;Di&gt;,");
  }

  @Test
  void a_newer_one_replaces_the_older_one_and_none_lives_longer_than_seven_days() {
    invite(byMail, bo, "di@example.com", Role.VIEWER, 1);
    String first = token(mail(0));
    int id = await(byMail.list(bo.principal())).get(0).id();
    await(byMail.again(bo.principal(), id));
    String second = token(mail(1));
    assertThatThrownBy(() -> await(byMail.open(first))).hasMessageContaining("too old");
    assertThat(await(byMail.open(second)).role()).isEqualTo(Role.VIEWER);
    assertThat(await(byMail.list(bo.principal()))).hasSize(1);
    door.clock.advance(Duration.ofDays(8));
    assertThatThrownBy(() -> await(door.acceptance.join(second, "Di", TestDoor.PASSWORD, MAIL)))
        .hasMessageContaining("too old");
  }

  @Test
  void one_that_was_withdrawn_opens_nothing_and_only_its_clients_administrators_see_it() {
    String token = token(invite(byHand, ann, "di@example.com", Role.VIEWER, 2).link());
    int id = await(byHand.list(ann.principal())).get(0).id();
    assertThat(await(byHand.list(bo.principal()))).isEmpty();
    assertThatThrownBy(() -> await(byHand.withdraw(bo.principal(), id)))
        .hasMessageContaining("no such invitation");
    assertThatThrownBy(() -> await(byHand.again(bo.principal(), id)))
        .hasMessageContaining("no such invitation");
    await(byHand.withdraw(ann.principal(), id));
    assertThatThrownBy(() -> await(byHand.open(token))).isInstanceOf(Refusal.class);
    assertThat(door.audited().get(0).action()).isEqualTo("withdraw invitation");
  }

  @Test
  void nobody_offers_more_than_they_administer_or_what_there_is_already() {
    assertThatThrownBy(() -> invite(byHand, bo, "di@example.com", Role.VIEWER, 2))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> invite(byHand, bo, "di@example.com", Role.VIEWER, null))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> invite(byHand, ann, "cy@agency.example", Role.VIEWER, 2))
        .hasMessageContaining("has a role here already");
    assertThatThrownBy(() -> invite(byHand, ann, "di@example.com", Role.VIEWER, 77))
        .hasMessageContaining("no such client");
  }

  @Test
  void nobody_is_flooded_with_invitations() {
    for (int i = 0; i < 5; i++) invite(byHand, ann, "di@example.com", Role.VIEWER, 1);
    assertThatThrownBy(() -> invite(byHand, ann, "di@example.com", Role.VIEWER, 1))
        .hasMessageContaining("Too many invitations");
    invite(byHand, ann, "di@example.com", Role.VIEWER, 2); // others' invitations are not told
    door.clock.advance(Duration.ofMinutes(61));
    invite(byHand, ann, "di@example.com", Role.VIEWER, 1);
  }

  @Test
  void it_is_worth_what_its_maker_may_do_when_it_is_accepted() {
    String token = token(invite(byHand, bo, "di@example.com", Role.ADMIN, 1).link());
    await(door.people.setRole(ann.principal(), bo.id(), Role.VIEWER, 1));
    assertThatThrownBy(() -> await(door.acceptance.join(token, "Di", TestDoor.PASSWORD, MAIL)))
        .hasMessageContaining("may not invite anybody any more");
    await(door.people.setRole(ann.principal(), bo.id(), Role.ADMIN, 1));
    assertThat(await(door.acceptance.join(token, "Di", TestDoor.PASSWORD, MAIL)).roles())
        .isEqualTo(Map.of(1, Role.ADMIN));
  }

  @Test
  void accepting_takes_nothing_away() {
    String token = token(invite(byHand, ann, "di@example.com", Role.VIEWER, 1).link());
    Person di = door.person("di@example.com", Role.ADMIN, 1);
    await(door.acceptance.accept(di.principal(), di.email(), token));
    assertThat(person(di).roles()).isEqualTo(Map.of(1, Role.ADMIN));
  }

  @Test
  void what_groups_give_is_not_given_by_hand_until_the_next_sign_in_takes_it() {
    String issuer = "https://login.example/realms/work";
    String token = token(invite(byHand, bo, "cy@agency.example", Role.VIEWER, 1).link());
    door.db.sql("INSERT INTO person_identity VALUES ('" + issuer + "/', 'cy-1', " + cy.id() + ")");
    assertThatThrownBy(
            () -> await(door.acceptance(issuer).accept(cy.principal(), cy.email(), token)))
        .hasMessageContaining("ask for the group instead");
    await(door.acceptance.accept(cy.principal(), cy.email(), token));
  }

  @Test
  void of_two_who_accept_at_the_same_moment_one_does() {
    String token = token(invite(byHand, bo, "di@example.com", Role.VIEWER, 1).link());
    var both =
        Future.join(
            List.of(
                door.acceptance.join(token, "One", TestDoor.PASSWORD, MAIL),
                door.acceptance.join(token, "Two", TestDoor.PASSWORD, MAIL)));
    await(both.otherwiseEmpty());
    assertThat(both.failed(0)).isNotEqualTo(both.failed(1));
  }

  private Person person(Person one) {
    return await(door.people.find(ann.principal(), one.id()));
  }

  private static Invitations.Sent invite(
      Invitations by, Person who, String email, Role role, Integer clientId) {
    return await(by.invite(who.principal(), new PersonDraft(email, "Di"), role, clientId));
  }

  private String mail(int number) {
    return soft(GreenMailUtil.getWholeMessage(mails.getReceivedMessages()[number]));
  }

  /** Without what differs from mail to mail anyhow. */
  private String body(int number) {
    return soft(GreenMailUtil.getBody(mails.getReceivedMessages()[number]))
        .replaceAll("(?m)^--.*$", "");
  }

  /** Without the soft line breaks of quoted-printable. */
  private static String soft(String text) {
    return text.replace("=\r\n", "").replace("=3D", "=");
  }

  private static String token(String text) {
    Matcher link = LINK.matcher(text);
    if (!link.find()) throw new AssertionError("No link in: " + text);
    return link.group(1);
  }

  private Smtp smtp() {
    int port = mails.getSmtp().getPort();
    return new Smtp("127.0.0.1", port, Smtp.Tls.NONE, null, null, "Tagwarden <t@tags.example>");
  }
}
