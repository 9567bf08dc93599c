package org.tagwarden.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.Refusal;

/** Programs' way in: made, recognised, stopped, withdrawn. */
@Tag("database")
class ApiTokensTest {
  private static TestDoor house;
  private TestDoor door;

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
  }

  @Test
  void a_token_is_recognised_until_it_expires_or_is_withdrawn() {
    Principal ann = door.newcomer("ann@example.com", Role.ADMIN, null).principal();
    ApiTokens.Made scanner =
        await(door.tokens.create(ann, new ApiTokens.Draft("scanner-1", Role.SCANNER, null, null)));
    ApiTokens.Made brief =
        await(
            door.tokens.create(
                ann,
                new ApiTokens.Draft(
                    "export", Role.AUDITOR, null, door.clock.instant().plusSeconds(60))));

    assertThat(await(door.tokens.find(scanner.secret())).orElseThrow().role())
        .isEqualTo(Role.SCANNER);
    assertThat(await(door.tokens.find(brief.secret()))).isPresent();
    door.clock.advance(Duration.ofMinutes(2));
    assertThat(await(door.tokens.find(brief.secret()))).isEmpty();
    await(door.tokens.withdraw(ann, scanner.token().id()));
    assertThat(await(door.tokens.find(scanner.secret()))).isEmpty();
    assertThat(await(door.tokens.find("tw_guessed"))).isEmpty();
  }

  @Test
  void nobody_hands_out_more_than_they_administer() {
    Principal ann = door.newcomer("ann@example.com", Role.ADMIN, null).principal();
    Principal viewer = new Principal(null, "Vic", Role.VIEWER, Map.of());

    assertThatThrownBy(
            () ->
                await(
                    door.tokens.create(
                        viewer, new ApiTokens.Draft("more", Role.ADMIN, null, null))))
        .isInstanceOf(Refusal.class);
    ApiTokens.Made made =
        await(door.tokens.create(ann, new ApiTokens.Draft("t", Role.VIEWER, null, null)));
    assertThatThrownBy(() -> await(door.tokens.withdraw(viewer, made.token().id())))
        .hasMessageContaining("There is no token");
  }

  @Test
  void what_somebody_made_to_read_along_stops_with_the_right_to_make_it() {
    Principal ann = door.newcomer("ann@example.com", Role.ADMIN, null).principal();
    Person bo = door.newcomer("bo@example.com", Role.ADMIN, null);
    String reader = await(door.tokens.create(bo.principal(), draft(Role.ADMIN))).secret();
    String scanner = await(door.tokens.create(bo.principal(), draft(Role.SCANNER))).secret();
    Principal byToken = await(door.tokens.find(reader)).orElseThrow().principal();
    String second = await(door.tokens.create(byToken, draft(Role.VIEWER))).secret();

    await(door.people.setRole(ann, bo.id(), Role.VIEWER, null));
    assertThat(await(door.tokens.find(reader))).isEmpty();
    assertThat(await(door.tokens.find(second))).isEmpty();
    assertThat(await(door.tokens.find(scanner))).isPresent();
    assertThat(await(door.tokens.list(ann)))
        .extracting(ApiToken::stopped)
        .containsExactly(true, false, true);
    assertThat(await(door.tokens.list(ann)))
        .extracting(ApiToken::madeBy)
        .containsOnly("bo@example.com");
    await(door.people.setRole(ann, bo.id(), Role.ADMIN, null));
    assertThat(await(door.tokens.find(second))).isPresent();
    await(door.people.setClosed(ann, bo.id(), true));
    assertThat(await(door.tokens.find(second))).isEmpty();
  }

  @Test
  void neither_tokens_nor_sessions_are_stored_in_clear() {
    Principal ann = door.newcomer("ann@example.com", Role.ADMIN, null).principal();
    String secret =
        await(door.tokens.create(ann, new ApiTokens.Draft("t", Role.VIEWER, null, null))).secret();

    var stored =
        await(door.db.database().pool().query("SELECT token_sha256 FROM api_token").execute())
            .iterator()
            .next()
            .getBuffer(0);
    assertThat(stored).isEqualTo(SecretToken.sha256(secret));
    assertThat(stored.toString()).doesNotContain(secret);
  }

  private static ApiTokens.Draft draft(Role role) {
    return new ApiTokens.Draft(role.word(), role, null, null);
  }
}
