package org.tagwarden.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.TestDatabase;

@Tag("database")
class AccessTest {
  private static final String PASSWORD = "four words make one";

  private static TestDoor house;
  private MovableClock clock;
  private TestDatabase db;
  private OneTimeLinks links;
  private People people;
  private Credentials credentials;
  private Sessions sessions;
  private ApiTokens tokens;

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
    TestDoor door = house.anew();
    clock = door.clock;
    db = door.db;
    links = door.links;
    people = door.people;
    credentials = door.credentials;
    sessions = door.sessions;
    tokens = door.tokens;
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
    Person bo =
        await(people.createUnasked("test", new PersonDraft("bo@example.com", "Bo"), Role.ADMIN, 1));
    Person cy =
        await(
            people.createUnasked("test", new PersonDraft("cy@example.com", "Cy"), Role.VIEWER, 1));
    Person di =
        await(
            people.createUnasked("test", new PersonDraft("di@example.com", "Di"), Role.VIEWER, 2));

    assertThat(await(people.setRole(bo.principal(), cy.id(), Role.APPROVER, 1)).roles())
        .containsEntry(1, Role.APPROVER);
    assertThat(await(people.setRole(bo.principal(), cy.id(), null, 1)).roles()).isEmpty();
    assertThatThrownBy(() -> await(people.setRole(bo.principal(), di.id(), Role.VIEWER, 1)))
        .hasMessageContaining("no such person");
    assertThatThrownBy(() -> await(people.setRole(bo.principal(), bo.id(), Role.ADMIN, null)))
        .isInstanceOf(Refusal.class);
    assertThat(await(people.list(bo.principal()))).containsExactly(bo);
  }

  @Test
  void guesses_at_the_same_moment_are_counted_before_they_are_judged() {
    setUp();
    List<Future<Session>> guesses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      guesses.add(sessions.signIn("ann@example.com", "wrong wrong " + i, "a"));
    }
    await(Future.join(guesses).otherwiseEmpty());
    assertThat(guesses).filteredOn(g -> g.cause().getMessage().contains("Too many")).hasSize(7);
  }

  @Test
  void an_unknown_address_takes_as_long_as_a_wrong_password() {
    setUp();
    List<Long> known = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      known.add(refusal("ann@example.com", "a" + i));
      unknown.add(refusal("nobody" + i + "@example.com", "a" + i));
    }
    // Without a hash to compare it would be a twentieth.
    assertThat(median(unknown)).isBetween(median(known) / 2, median(known) * 2);
  }

  private long refusal(String email, String address) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> await(sessions.signIn(email, "wrong wrong wrong", address)))
        .hasMessageContaining("do not fit");
    return System.nanoTime() - start;
  }

  private static long median(List<Long> times) {
    return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
  }

  @Test
  void the_present_password_is_not_guessed_at_an_open_screen() {
    Person ann = setUp();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () -> await(credentials.change(ann.principal(), ann.email(), "no", PASSWORD)))
          .hasMessageContaining("not your present password");
    }
    assertThatThrownBy(
            () -> await(credentials.change(ann.principal(), ann.email(), PASSWORD, PASSWORD)))
        .hasMessageContaining("Too many wrong passwords");
  }

  @Test
  void a_closed_account_opens_no_session_whatever_else_it_shows() {
    Principal ann = setUp().principal();
    Person bo = invited("bo@example.com", Role.ADMIN);
    await(people.setClosed(ann, bo.id(), true));
    Person closed = await(people.find(ann, bo.id()));
    assertThatThrownBy(() -> await(sessions.open(closed, "a"))).hasMessageContaining("closed");
  }

  @Test
  void two_administrators_who_withdraw_each_others_role_leave_one() {
    Person ann = setUp();
    Person bo = invited("bo@example.com", Role.ADMIN);
    var both =
        Future.join(
            people.setRole(ann.principal(), bo.id(), null, null),
            people.setRole(bo.principal(), ann.id(), null, null));
    await(both.otherwiseEmpty());
    assertThat(both.failed(0)).isNotEqualTo(both.failed(1));
  }

  @Test
  void an_unknown_client_is_said_to_be_none() {
    Person ann = setUp();
    assertThatThrownBy(() -> await(people.setRole(ann.principal(), ann.id(), Role.VIEWER, 77)))
        .hasMessageContaining("no such client");
    assertThatThrownBy(
            () ->
                await(
                    tokens.create(
                        ann.principal(), new ApiTokens.Draft("t", Role.VIEWER, 77, null))))
        .hasMessageContaining("no such client");
  }

  @Test
  void an_administrator_of_one_client_learns_nothing_of_a_persons_roles_at_others() {
    Principal ann = setUp().principal();
    db.sql("INSERT INTO client (name, created_at) VALUES ('Bakery', now()), ('Brewery', now())");
    PersonDraft draft = new PersonDraft("cy@example.com", "Cy");
    Person cy = await(people.createUnasked("test", draft, Role.VIEWER, 1));
    await(people.setRole(ann, cy.id(), Role.ADMIN, 2));
    Principal bo = new Principal(null, "Bo", null, Map.of(1, Role.ADMIN, 2, Role.VIEWER));

    assertThat(await(people.find(bo, cy.id())).roles()).containsOnlyKeys(1);
    assertThat(await(people.list(bo)).get(0).roles()).containsOnlyKeys(1);
    assertThat(await(people.setRole(bo, cy.id(), Role.REQUESTER, 1)).roles()).containsOnlyKeys(1);
    assertThat(await(people.find(ann, cy.id())).roles()).containsOnlyKeys(1, 2);
  }

  private Person invited(String email, Role role) {
    Person person = await(people.createUnasked("test", new PersonDraft(email, email), role, null));
    String link = await(links.issue(OneTimeLinks.Purpose.INVITE, person.id(), Duration.ofDays(1)));
    return await(credentials.set(link, OneTimeLinks.Purpose.INVITE, PASSWORD));
  }

  private Person setUp() {
    String token = await(links.forSetUp()).orElseThrow();
    return await(people.setUp(token, new PersonDraft("Ann@Example.com", "Ann"), PASSWORD));
  }
}
