package org.tagwarden.collector.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import com.google.common.io.BaseEncoding;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.Refusal;

@Tag("database")
class SecondFactorTest {
  private static final String EMAIL = "ann@example.com";

  private static TestDoor house;
  private TestDoor door;
  private Person ann;
  private byte[] secret;

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
    ann = door.person(EMAIL, Role.ADMIN, null);
  }

  @Test
  void the_password_alone_opens_half_the_door_and_the_code_the_rest() {
    switchOn();
    String half = half();
    Session session = await(door.sessions.enterWithCode(half, code(), "10.0.0.1"));
    assertThat(await(door.sessions.find(session.token())).orElseThrow().person()).isEqualTo(ann);
    assertThatThrownBy(() -> await(door.sessions.signIn(EMAIL, TestDoor.PASSWORD, "a")))
        .hasMessageContaining("asks for a code");
  }

  @Test
  void what_was_begun_and_not_confirmed_is_not_asked_for() {
    await(door.secondFactor.begin(ann.principal(), EMAIL));
    assertThat(await(door.sessions.enter(EMAIL, TestDoor.PASSWORD, "a")))
        .isInstanceOf(Entrance.In.class);
    assertThatThrownBy(() -> await(door.secondFactor.confirm(ann.principal(), EMAIL, "000000")))
        .isInstanceOf(Refusal.class);
    assertThat(await(door.secondFactor.state(ann.id())).on()).isFalse();
  }

  @Test
  void what_was_begun_is_not_finished_by_somebody_who_finds_the_screen_later() {
    SecondFactor.Enrolment begun = await(door.secondFactor.begin(ann.principal(), EMAIL));
    secret = BaseEncoding.base32().decode(begun.secret());
    assertThat(await(door.secondFactor.pending(ann.principal(), EMAIL))).contains(begun);
    door.clock.advance(Duration.ofMinutes(11));
    assertThat(await(door.secondFactor.pending(ann.principal(), EMAIL))).isEmpty();
    assertThatThrownBy(() -> await(door.secondFactor.confirm(ann.principal(), EMAIL, code())))
        .hasMessageContaining("set it up again");
    assertThat(await(door.secondFactor.state(ann.id())).on()).isFalse();
  }

  @Test
  void a_code_works_once_also_when_it_is_read_over_a_shoulder() {
    switchOn();
    String code = code();
    await(door.sessions.enterWithCode(half(), code, "a"));
    String second = half();
    assertThatThrownBy(() -> await(door.sessions.enterWithCode(second, code, "b")))
        .hasMessageContaining("does not fit");
    door.clock.advance(Duration.ofSeconds(30));
    assertThat(await(door.sessions.enterWithCode(second, code(), "a"))).isNotNull();
  }

  @Test
  void half_a_door_is_used_once_and_closes_after_five_minutes() {
    switchOn();
    String half = half();
    await(door.sessions.enterWithCode(half, code(), "a"));
    door.clock.advance(Duration.ofSeconds(30));
    assertThatThrownBy(() -> await(door.sessions.enterWithCode(half, code(), "a")))
        .hasMessageContaining("sign in again");
    String late = half();
    door.clock.advance(Duration.ofMinutes(6));
    assertThatThrownBy(() -> await(door.sessions.enterWithCode(late, code(), "a")))
        .hasMessageContaining("sign in again");
  }

  @Test
  void after_five_wrong_codes_none_is_taken_from_anywhere_for_a_quarter_of_an_hour() {
    switchOn();
    String half = half();
    for (int i = 0; i < 5; i++) {
      String address = "10.0.0." + i;
      assertThatThrownBy(() -> await(door.sessions.enterWithCode(half, "000000", address)))
          .hasMessageContaining("does not fit");
    }
    assertThatThrownBy(() -> await(door.sessions.enterWithCode(half, code(), "10.0.0.9")))
        .hasMessageContaining("Too many");
    door.clock.advance(Duration.ofMinutes(16));
    assertThat(await(door.sessions.enterWithCode(half(), code(), "a"))).isNotNull();
  }

  @Test
  void a_recovery_code_works_once_however_it_is_typed() {
    List<String> codes = switchOn();
    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    String typed = " " + codes.get(0).toUpperCase(java.util.Locale.ROOT).replace("-", " ");
    await(door.sessions.enterWithCode(half(), typed, "a"));
    assertThat(await(door.secondFactor.state(ann.id())).codesLeft()).isEqualTo(9);
    String half = half();
    assertThatThrownBy(() -> await(door.sessions.enterWithCode(half, codes.get(0), "a")))
        .hasMessageContaining("does not fit");
    assertThat(await(door.sessions.enterWithCode(half, codes.get(1), "a"))).isNotNull();
  }

  @Test
  void neither_recovery_codes_nor_links_are_stored_in_clear() {
    List<String> codes = switchOn();
    var stored =
        await(
                door.db
                    .database()
                    .pool()
                    .query("SELECT string_agg(c::text, ' ') FROM recovery_code c")
                    .execute())
            .iterator()
            .next()
            .getString(0);
    assertThat(stored).doesNotContain(codes.get(0), codes.get(0).replace("-", ""));
  }

  @Test
  void it_is_switched_off_by_a_code_or_by_whoever_administers_all_of_the_person() {
    switchOn();
    assertThatThrownBy(() -> await(door.secondFactor.off(ann.principal(), EMAIL, "000000")))
        .isInstanceOf(Refusal.class);
    door.clock.advance(Duration.ofSeconds(30));
    await(door.secondFactor.off(ann.principal(), EMAIL, code()));
    assertThat(await(door.secondFactor.state(ann.id())).on()).isFalse();

    switchOn();
    Person bo = door.person("bo@example.com", Role.ADMIN, 1);
    assertThatThrownBy(() -> await(door.secondFactor.offFor(bo.principal(), ann.id())))
        .hasMessageContaining("no such person");
    Person cy = door.person("cy@example.com", Role.ADMIN, null);
    await(door.secondFactor.offFor(cy.principal(), ann.id()));
    assertThat(await(door.sessions.signIn(EMAIL, TestDoor.PASSWORD, "a"))).isNotNull();
  }

  @Test
  void wrong_codes_at_the_same_moment_are_counted_before_they_are_judged() {
    switchOn();
    String half = half();
    List<Future<Session>> guesses = new ArrayList<>();
    for (int i = 0; i < 12; i++)
      guesses.add(door.sessions.enterWithCode(half, "00000" + i % 5, "a"));
    await(Future.join(guesses).otherwiseEmpty());
    assertThat(guesses).filteredOn(g -> g.cause().getMessage().contains("Too many")).hasSize(7);
  }

  @Test
  void codes_are_not_guessed_at_an_open_screen_either() {
    switchOn();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> await(door.secondFactor.off(ann.principal(), EMAIL, "000000")))
          .hasMessageContaining("does not fit");
    }
    assertThatThrownBy(() -> await(door.secondFactor.off(ann.principal(), EMAIL, code())))
        .hasMessageContaining("Too many wrong codes");
  }

  @Test
  void secrets_are_sealed_in_the_database_and_one_of_another_row_opens_nothing() {
    switchOn();
    Person eve = door.person("eve@example.com", Role.VIEWER, null);
    byte[] stored =
        await(door.db.database().pool().query("SELECT sealed FROM person_totp").execute())
            .iterator()
            .next()
            .getBuffer(0)
            .getBytes();
    assertThat(new String(stored, ISO_8859_1)).doesNotContain(new String(secret, ISO_8859_1));
    door.db.sql(
        "INSERT INTO person_totp (person_id, sealed, confirmed_at) SELECT "
            + eve.id()
            + ", sealed, confirmed_at FROM person_totp");
    assertThatThrownBy(
            () -> await(door.secondFactor.off(eve.principal(), "eve@example.com", code())))
        .hasMessageContaining("lost the key");
  }

  @Test
  void with_the_key_lost_recovery_codes_open_and_an_administrator_helps() {
    List<String> codes = switchOn();
    SecondFactor other =
        new SecondFactor(door.db.database(), new Seal(new byte[32]), door.audit, door.clock);
    await(other.sealAll());
    assertThatThrownBy(() -> await(other.off(ann.principal(), EMAIL, code())))
        .hasMessageContaining("Use a recovery code, or ask an administrator");
    assertThat(await(other.state(ann.id())).on()).isTrue();
    await(other.off(ann.principal(), EMAIL, codes.get(0)));
    switchOn();
    await(other.offUnasked("Command line", " ANN@example.com"));
    assertThat(await(other.state(ann.id())).on()).isFalse();
    assertThat(door.audited().get(0).who()).isEqualTo("Command line");
    assertThatThrownBy(() -> await(other.offUnasked("Command line", EMAIL)))
        .hasMessageContaining("off already");
    assertThatThrownBy(() -> await(other.offUnasked("Command line", "nobody@example.com")))
        .hasMessageContaining("Nobody has an account");
  }

  @Test
  void a_link_from_the_mailbox_does_not_get_past_it() {
    switchOn();
    Person same = await(door.people.find(ann.principal(), ann.id()));
    assertThat(await(door.sessions.enter(same, "a"))).isInstanceOf(Entrance.Half.class);
    String link =
        await(door.links.issue(OneTimeLinks.Purpose.SIGN_IN, ann.id(), Duration.ofHours(1)));
    assertThat(await(door.sessions.signInByLink(link, "a"))).isInstanceOf(Entrance.Half.class);
  }

  private List<String> switchOn() {
    secret =
        BaseEncoding.base32()
            .decode(await(door.secondFactor.begin(ann.principal(), EMAIL)).secret());
    List<String> codes = await(door.secondFactor.confirm(ann.principal(), EMAIL, code()));
    door.clock.advance(Duration.ofSeconds(30));
    return codes;
  }

  private String code() {
    return Totp.code(secret, Totp.step(door.clock.instant()));
  }

  private String half() {
    return ((Entrance.Half) await(door.sessions.enter(EMAIL, TestDoor.PASSWORD, "a"))).token();
  }
}
