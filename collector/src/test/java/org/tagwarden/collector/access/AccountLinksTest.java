package org.tagwarden.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Duration;
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
import org.tagwarden.collector.access.OneTimeLinks.Purpose;

/** Links for new passwords, with a real mail server and without one. */
@Tag("database")
class AccountLinksTest {
  private static final Pattern LINK =
      Pattern.compile("https://tagwarden\\.example/link/([A-Za-z0-9_-]+)");
  private static final long PATIENCE_MS = 20_000;

  private static TestDoor house;
  private TestDoor door;
  private GreenMail mails;
  private AccountLinks byMail;
  private AccountLinks byHand;
  private Person ann;

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
    byMail = door.accountLinks(new DoorMail(door.db.vertx(), smtp(mails.getSmtp().getPort())));
    byHand = door.accountLinks(null);
    ann = door.person("ann@example.com", Role.ADMIN, null);
  }

  @AfterEach
  void stop() {
    mails.stop();
  }

  @Test
  void without_a_mail_server_the_administrator_hands_the_link_over() {
    Person bo = door.person("bo@example.com", Role.VIEWER, 1);
    AccountLinks.Sent sent = await(byHand.renew(ann.principal(), bo.id()));
    assertThat(sent.link()).startsWith("https://tagwarden.example/link/");
    assertThat(sent.problem()).isNull();
    assertThatThrownBy(() -> await(byHand.forgot("ann@example.com", "a")))
        .hasMessageContaining("sends no mails");
  }

  @Test
  void a_mail_server_that_refuses_is_named_and_the_link_shown() {
    int port = mails.getSmtp().getPort();
    mails.stop();
    AccountLinks.Sent sent = await(byMail.renew(ann.principal(), ann.id()));
    assertThat(sent.mailed()).isFalse();
    assertThat(sent.link()).isNotNull();
    assertThat(sent.problem()).contains("127.0.0.1:" + port);
  }

  @Test
  void a_link_that_one_administrator_holds_ends_when_another_client_trusts_the_person() {
    Person bo = door.person("bo@example.com", Role.VIEWER, 1);
    Person cy = door.person("cy@example.com", Role.ADMIN, 1);
    String held = token(await(byHand.renew(cy.principal(), bo.id())).link());
    await(door.people.setRole(ann.principal(), bo.id(), Role.ADMIN, 2));
    assertThat(await(door.links.purpose(held))).isEmpty();
  }

  @Test
  void what_was_mailed_before_an_account_was_closed_or_its_password_changed_opens_nothing() {
    Person bo = door.person("bo@example.com", Role.VIEWER, 1);
    String reset = token(await(byHand.renew(ann.principal(), bo.id())).link());
    String signIn = await(door.links.issue(Purpose.SIGN_IN, bo.id(), Duration.ofHours(1)));
    await(door.people.setClosed(ann.principal(), bo.id(), true));
    assertThat(await(door.links.purpose(reset))).isEmpty();
    assertThat(await(door.links.purpose(signIn))).isEmpty();
    await(door.people.setClosed(ann.principal(), bo.id(), false));
    String older = token(await(byHand.renew(ann.principal(), bo.id())).link());
    await(
        door.credentials.change(
            bo.principal(), bo.email(), TestDoor.PASSWORD, "another four good words"));
    assertThat(await(door.links.purpose(older))).isEmpty();
  }

  @Test
  void a_mail_is_text_and_html_and_is_not_answered_by_machines() {
    await(byMail.renew(ann.principal(), ann.id()));
    link(1);
    assertThat(GreenMailUtil.getWholeMessage(mails.getReceivedMessages()[0]))
        .contains("multipart/alternative", "text/plain", "text/html", "Auto-Submitted")
        .contains("Choose a new password for Tagwarden", "for one hour");
  }

  @Test
  void a_forgotten_password_is_set_anew_by_the_mail_and_ends_every_session() {
    Session old = await(door.sessions.signIn("ann@example.com", TestDoor.PASSWORD, "a"));
    await(byMail.forgot(" ANN@example.com ", "a"));
    String token = link(1);
    await(door.credentials.set(token, Purpose.RESET, "another four good words"));
    assertThat(await(door.sessions.find(old.token()))).isEmpty();
    assertThatThrownBy(() -> await(door.sessions.signIn("ann@example.com", TestDoor.PASSWORD, "a")))
        .isInstanceOf(Refusal.class);
    assertThat(await(door.sessions.signIn("ann@example.com", "another four good words", "a")))
        .isNotNull();
  }

  @Test
  void whether_an_address_is_somebodys_is_not_told_and_nobody_else_gets_a_mail() {
    Person closed = door.person("cy@example.com", Role.VIEWER, null);
    await(door.people.setClosed(ann.principal(), closed.id(), true));
    await(byMail.forgot("nobody@example.com", "a"));
    await(byMail.forgot("cy@example.com", "a"));
    await(byMail.forgot("no address at all", "a"));
    await(byMail.forgot("ann@example.com", "a"));
    link(1);
    assertThat(mails.getReceivedMessages()).hasSize(1);
  }

  @Test
  void a_link_is_too_old_after_an_hour_and_a_newer_one_replaces_it() {
    await(byMail.forgot("ann@example.com", "a"));
    String first = link(1);
    await(byMail.forgot("ann@example.com", "a"));
    String second = link(2);
    assertThat(await(door.links.purpose(first))).isEmpty();
    assertThat(await(door.links.purpose(second))).contains(Purpose.RESET);
    door.clock.advance(Duration.ofMinutes(61));
    assertThat(await(door.links.purpose(second))).isEmpty();
  }

  @Test
  void nobody_is_flooded_with_mails_and_an_address_that_asks_too_often_is_told() {
    for (int i = 0; i < 10; i++) await(byMail.forgot("ann@example.com", "10.0.0.1"));
    assertThatThrownBy(() -> await(byMail.forgot("ann@example.com", "10.0.0.1")))
        .hasMessageContaining("wait for an hour");
    assertThat(mails.waitForIncomingEmail(PATIENCE_MS, 3)).isTrue();
    door.clock.advance(Duration.ofMinutes(61));
    await(byMail.forgot("ann@example.com", "10.0.0.1"));
    assertThat(mails.waitForIncomingEmail(PATIENCE_MS, 4)).isTrue();
    assertThat(mails.getReceivedMessages()).hasSize(4);
  }

  @Test
  void a_link_is_shown_only_to_whoever_administers_all_of_the_person() {
    Person bo = door.person("bo@example.com", Role.ADMIN, 1);
    Person both = door.person("cy@example.com", Role.VIEWER, 1);
    await(door.people.setRole(ann.principal(), both.id(), Role.ADMIN, 2));
    assertThatThrownBy(() -> await(byHand.renew(bo.principal(), both.id())))
        .hasMessageContaining("roles that you do not administer");
    assertThatThrownBy(() -> await(byHand.renew(bo.principal(), ann.id())))
        .hasMessageContaining("no such person");
    assertThat(await(byHand.renew(ann.principal(), both.id())).link()).isNotNull();
    AccountLinks.Sent mailed = await(byMail.renew(bo.principal(), both.id()));
    assertThat(mailed.mailed()).isTrue();
    assertThat(mailed.link()).isNull();
  }

  @Test
  void a_link_is_for_the_first_password_until_there_is_one() {
    Person bo =
        await(
            door.people.createUnasked(
                "test", new PersonDraft("bo@example.com", "Bo"), Role.VIEWER, 1));
    String first = token(await(byHand.renew(ann.principal(), bo.id())).link());
    String again = token(await(byHand.renew(ann.principal(), bo.id())).link());
    assertThat(await(door.links.purpose(again))).contains(Purpose.INVITE);
    assertThat(await(door.links.purpose(first))).isEmpty();
    String reset = token(await(byHand.renew(ann.principal(), ann.id())).link());
    assertThat(await(door.links.purpose(reset))).contains(Purpose.RESET);
  }

  /** The link in the mail with this number, counted from one. */
  private String link(int number) {
    assertThat(mails.waitForIncomingEmail(PATIENCE_MS, number)).isTrue();
    return token(GreenMailUtil.getBody(mails.getReceivedMessages()[number - 1]));
  }

  private static String token(String text) {
    Matcher link = LINK.matcher(text.replace("=\r\n", ""));
    if (!link.find()) throw new AssertionError("No link in: " + text);
    return link.group(1);
  }

  private static Smtp smtp(int port) {
    return new Smtp("127.0.0.1", port, Smtp.Tls.NONE, null, null, "Tagwarden <t@tags.example>");
  }
}
