package org.tagwarden.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.TestDatabase;

@Tag("database")
class AccessTest {
  private static final String PASSWORD = "four words make one";

  private final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
  private TestDatabase db;
  private OneTimeLinks links;
  private People people;
  private Sessions sessions;
  private ApiTokens tokens;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    AuditLog audit = new AuditLog(clock);
    links = new OneTimeLinks(db.database(), clock);
    people = new People(db.vertx(), db.database(), links, audit, clock);
    sessions =
        new Sessions(
            db.database(),
            people,
            links,
            new SecondFactor(db.database(), audit, clock),
            audit,
            clock,
            Duration.ofHours(12));
    tokens = new ApiTokens(db.database(), audit, clock);
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void the_first_person_comes_by_the_set_up_link_and_is_admin_of_everything() {
    Person first = setUp();

    assertThat(first.principal().mayEverywhere(Role.ADMIN)).isTrue();
    Session session = await(sessions.signIn(" ANN@example.com ", PASSWORD, "10.0.0.1"));
    assertThat(await(sessions.find(session.token())).orElseThrow().person()).isEqualTo(first);
  }

  @Test
  void a_set_up_link_works_once_and_only_while_nobody_has_an_account() {
    String token = await(links.forSetUp()).orElseThrow();
    await(people.setUp(token, new PersonDraft("ann@example.com", "Ann"), PASSWORD));

    assertThatThrownBy(
            () -> await(people.setUp(token, new PersonDraft("eve@example.com", "Eve"), PASSWORD)))
        .hasMessageContaining("used already");
    assertThat(await(links.forSetUp())).isEmpty();
  }

  @Test
  void a_newer_set_up_link_replaces_the_older_one() {
    String older = await(links.forSetUp()).orElseThrow();
    await(links.forSetUp());

    assertThat(await(links.purpose(older))).isEmpty();
  }

  @Test
  void passwords_are_kept_as_argon2id_and_short_ones_refused() {
    setUp();

    String hash =
        await(db.database().pool().query("SELECT password_hash FROM person").execute())
            .iterator()
            .next()
            .getString(0);
    assertThat(hash).startsWith("$argon2id$").doesNotContain(PASSWORD);
    assertThatThrownBy(
            () -> await(people.setUp("any", new PersonDraft("b@example.com", "B"), "short")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("12");
  }

  @Test
  void a_wrong_password_and_an_unknown_address_read_the_same() {
    setUp();

    assertThatThrownBy(() -> await(sessions.signIn("ann@example.com", "wrong wrong wrong", "a")))
        .hasMessage("This e-mail and password do not fit.");
    assertThatThrownBy(() -> await(sessions.signIn("nobody@example.com", PASSWORD, "a")))
        .hasMessage("This e-mail and password do not fit.");
  }

  @Test
  void five_failures_lock_that_address_out_until_a_quarter_of_an_hour_has_passed() {
    setUp();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> await(sessions.signIn("ann@example.com", "wrong wrong", "a")))
          .hasMessageContaining("do not fit");
    }

    assertThatThrownBy(() -> await(sessions.signIn("ann@example.com", PASSWORD, "a")))
        .hasMessageContaining("Too many failed sign-ins");
    assertThat(await(sessions.signIn("ann@example.com", PASSWORD, "b"))).isNotNull();
    clock.advance(Duration.ofMinutes(16));
    assertThat(await(sessions.signIn("ann@example.com", PASSWORD, "a"))).isNotNull();
  }

  @Test
  void a_session_ends_by_time_and_by_signing_out() {
    setUp();
    Session one = await(sessions.signIn("ann@example.com", PASSWORD, "a"));
    Session two = await(sessions.signIn("ann@example.com", PASSWORD, "a"));

    await(sessions.signOut(one.principal(), one.token()));
    assertThat(await(sessions.find(one.token()))).isEmpty();
    assertThat(await(sessions.find(two.token()))).isPresent();
    clock.advance(Duration.ofHours(13));
    assertThat(await(sessions.find(two.token()))).isEmpty();
    assertThat(await(sessions.dropExpired())).isOne();
  }

  @Test
  void a_sign_in_link_opens_one_session() {
    Person ann = setUp();
    String link = await(links.issue(OneTimeLinks.Purpose.SIGN_IN, ann.id(), Duration.ofHours(1)));

    assertThat(((Entrance.In) await(sessions.signInByLink(link, "a"))).session().person())
        .isEqualTo(ann);
    assertThatThrownBy(() -> await(sessions.signInByLink(link, "a")))
        .hasMessageContaining("used already");
  }

  @Test
  void a_token_is_recognised_until_it_expires_or_is_withdrawn() {
    Principal ann = setUp().principal();
    ApiTokens.Made scanner =
        await(tokens.create(ann, new ApiTokens.Draft("scanner-1", Role.SCANNER, null, null)));
    ApiTokens.Made brief =
        await(
            tokens.create(
                ann,
                new ApiTokens.Draft(
                    "export", Role.AUDITOR, null, clock.instant().plusSeconds(60))));

    assertThat(await(tokens.find(scanner.secret())).orElseThrow().role()).isEqualTo(Role.SCANNER);
    assertThat(await(tokens.find(brief.secret()))).isPresent();
    clock.advance(Duration.ofMinutes(2));
    assertThat(await(tokens.find(brief.secret()))).isEmpty();
    await(tokens.withdraw(ann, scanner.token().id()));
    assertThat(await(tokens.find(scanner.secret()))).isEmpty();
    assertThat(await(tokens.find("tw_guessed"))).isEmpty();
  }

  @Test
  void nobody_hands_out_more_than_they_administer() {
    Principal ann = setUp().principal();
    Principal viewer = new Principal(null, "Vic", Role.VIEWER, java.util.Map.of());

    assertThatThrownBy(
            () -> await(tokens.create(viewer, new ApiTokens.Draft("more", Role.ADMIN, null, null))))
        .isInstanceOf(Refusal.class);
    ApiTokens.Made made =
        await(tokens.create(ann, new ApiTokens.Draft("t", Role.VIEWER, null, null)));
    assertThatThrownBy(() -> await(tokens.withdraw(viewer, made.token().id())))
        .hasMessageContaining("There is no token");
  }

  @Test
  void a_closed_account_is_out_at_once_and_can_be_opened_again() {
    Principal ann = setUp().principal();
    Person bo = invited("bo@example.com", Role.ADMIN);
    Session session = await(sessions.signIn("bo@example.com", PASSWORD, "a"));

    assertThat(await(people.setClosed(ann, bo.id(), true)).disabledAt()).isNotNull();
    assertThat(await(sessions.find(session.token()))).isEmpty();
    assertThatThrownBy(() -> await(sessions.signIn("bo@example.com", PASSWORD, "a")))
        .hasMessageContaining("do not fit");
    await(people.setClosed(ann, bo.id(), false));
    assertThat(await(sessions.signIn("bo@example.com", PASSWORD, "a")).person()).isEqualTo(bo);
  }

  @Test
  void the_last_administrator_can_neither_be_closed_nor_lose_the_role() {
    Person first = setUp();
    Principal ann = first.principal();

    assertThatThrownBy(() -> await(people.setClosed(ann, first.id(), true)))
        .hasMessageContaining("last administrator");
    assertThatThrownBy(() -> await(people.setRole(ann, first.id(), Role.VIEWER, null)))
        .hasMessageContaining("last administrator");
    invited("bo@example.com", Role.ADMIN);
    assertThat(await(people.setRole(ann, first.id(), Role.VIEWER, null)).everywhere())
        .isEqualTo(Role.VIEWER);
  }

  @Test
  void a_role_is_set_and_withdrawn_by_the_clients_administrator_only() {
    Principal ann = setUp().principal();
    db.sql("INSERT INTO client (name, created_at) VALUES ('Bakery', now()), ('Brewery', now())");
    Person bo = await(people.create(ann, new PersonDraft("bo@example.com", "Bo"), Role.ADMIN, 1));
    Person cy = await(people.create(ann, new PersonDraft("cy@example.com", "Cy"), Role.VIEWER, 1));
    Person di = await(people.create(ann, new PersonDraft("di@example.com", "Di"), Role.VIEWER, 2));

    assertThat(await(people.setRole(bo.principal(), cy.id(), Role.APPROVER, 1)).roles())
        .containsEntry(1, Role.APPROVER);
    assertThat(await(people.setRole(bo.principal(), cy.id(), null, 1)).roles()).isEmpty();
    assertThatThrownBy(() -> await(people.setRole(bo.principal(), di.id(), Role.VIEWER, 1)))
        .hasMessageContaining("no such person");
    assertThatThrownBy(() -> await(people.setRole(bo.principal(), bo.id(), Role.ADMIN, null)))
        .isInstanceOf(Refusal.class);
    assertThat(await(people.list(bo.principal()))).containsExactly(bo);
  }

  private Person invited(String email, Role role) {
    Person person = await(people.createUnasked("test", new PersonDraft(email, email), role, null));
    String link = await(links.issue(OneTimeLinks.Purpose.INVITE, person.id(), Duration.ofDays(1)));
    return await(people.setPassword(link, OneTimeLinks.Purpose.INVITE, PASSWORD));
  }

  @Test
  void neither_tokens_nor_sessions_are_stored_in_clear() {
    Principal ann = setUp().principal();
    String secret =
        await(tokens.create(ann, new ApiTokens.Draft("t", Role.VIEWER, null, null))).secret();

    var stored =
        await(db.database().pool().query("SELECT token_sha256 FROM api_token").execute())
            .iterator()
            .next()
            .getBuffer(0);
    assertThat(stored).isEqualTo(SecretToken.sha256(secret));
    assertThat(stored.toString()).doesNotContain(secret);
  }

  private Person setUp() {
    String token = await(links.forSetUp()).orElseThrow();
    return await(people.setUp(token, new PersonDraft("Ann@Example.com", "Ann"), PASSWORD));
  }
}
