package org.tagwarden.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.db.TestDatabase;

/** The chain as the database keeps it. */
@Tag("database")
class AuditLogTest {
  private static final Principal ANN =
      new Principal(7, "Ann", Role.ADMIN, Map.of(), new Origin(Origin.Way.SESSION, 7, "10.0.0.7"));

  private final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
  private TestDatabase db;
  private AuditLog log;
  private AuditTrail trail;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    log = new AuditLog(clock);
    trail = new AuditTrail(db.database());
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void an_entry_says_who_what_before_after_when_and_from_where() {
    write(
        AuditEntry.of(ANN, 3, "rename client", "Bakery")
            .changed(Map.of("name", "Baker"), Map.of("name", "Bakery")));
    AuditLine line = all().get(0);
    assertThat(line.seq()).isOne();
    assertThat(line.at()).isEqualTo(Instant.parse("2026-03-02T08:00:00Z"));
    assertThat(line.who()).isEqualTo("Ann");
    assertThat(line.way()).isEqualTo("session");
    assertThat(line.address()).isEqualTo("10.0.0.7");
    assertThat(line.action()).isEqualTo("rename client");
    assertThat(line.before()).isEqualTo(JsonObject.of("name", "Baker"));
    assertThat(line.after()).isEqualTo(JsonObject.of("name", "Bakery"));
  }

  @Test
  void of_a_change_only_what_differs_is_kept_and_nothing_secret() {
    JsonObject before =
        new JsonObject(
            """
            {"name": "Shop", "limit": 20, "mail": {"host": "a", "port": 25, "password": "one"},
             "proxyPassword": "${secret:PROXY}", "lists": [{"secret": "s1"}]}
            """);
    JsonObject after = before.copy().put("limit", 30);
    after.getJsonObject("mail").put("host", "b").put("password", "two");
    after.put("lists", new JsonObject("{\"l\": [{\"secret\": \"s2\", \"n\": 1}]}").getValue("l"));
    write(AuditEntry.of(ANN, null, "change", "x").changed(before, after));
    AuditLine line = all().get(0);
    assertThat(line.before())
        .isEqualTo(
            new JsonObject(
                "{\"limit\": 20, \"mail\": {\"host\": \"a\"}, \"lists\": [{\"secret\": \"********\"}]}"));
    assertThat(line.after())
        .isEqualTo(
            new JsonObject(
                "{\"limit\": 30, \"mail\": {\"host\": \"b\"}, \"lists\": [{\"secret\": \"********\", \"n\": 1}]}"));
  }

  @Test
  void writers_side_by_side_make_one_line_without_gaps() throws IOException {
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int number = i;
      writers.add(
          db.database()
              .inTransaction(
                  connection ->
                      log.write(connection, AuditEntry.of(ANN, null, "first", "" + number))
                          .compose(
                              first ->
                                  number % 5 == 0
                                      ? Future.failedFuture("taken back")
                                      : log.write(
                                          connection,
                                          AuditEntry.of(ANN, null, "second", "" + number)))));
    }
    await(Future.join(writers).otherwiseEmpty());
    assertThat(exported().intact()).isTrue();
    assertThat(exported().entries()).isEqualTo(96);
  }

  @Test
  void nothing_is_changed_removed_or_emptied() {
    write(AuditEntry.of(ANN, null, "create client", "Bakery"));
    for (String attempt :
        List.of(
            "UPDATE audit_entry SET who = 'Bob'",
            "UPDATE audit_entry SET hash = sha256('x'), seq = 9",
            "DELETE FROM audit_entry",
            "TRUNCATE audit_entry")) {
      assertThatThrownBy(() -> db.sql(attempt))
          .as(attempt)
          .cause()
          .hasMessageContaining("only ever added to");
    }
    assertThatThrownBy(
            () ->
                db.sql(
                    """
                    BEGIN;
                    INSERT INTO audit_entry (at, who, action, subject) VALUES (now(), 'a', 'b', 'c');
                    UPDATE audit_entry SET who = 'Bob' WHERE seq IS NULL;
                    """))
        .cause()
        .hasMessageContaining("only ever added to");
    assertThat(all()).hasSize(1);
  }

  @Test
  void a_place_in_the_chain_can_not_be_chosen() throws IOException {
    db.sql(
        """
        INSERT INTO audit_entry (at, who, action, subject, seq, hash)
        VALUES (now(), 'a', 'b', 'c', 77, sha256('x'))
        """);
    write(AuditEntry.of(ANN, null, "create client", "Bakery"));
    assertThat(all()).extracting(AuditLine::seq).containsExactly(2L, 1L);
    assertThat(exported().intact()).isTrue();
  }

  @Test
  void an_entry_that_the_database_lost_is_named_by_the_export() throws IOException {
    for (int i = 0; i < 5; i++) write(AuditEntry.of(ANN, null, "create client", "c" + i));
    db.sql(
        """
        ALTER TABLE audit_entry DISABLE TRIGGER USER;
        DELETE FROM audit_entry WHERE seq = 2;
        UPDATE audit_entry SET subject = 'c9' WHERE seq = 4;
        """);
    assertThat(exported().problems())
        .containsExactly(
            "Entry 4 (line 4) was changed: its hash does not fit it.", "Entry 2 is missing.");
  }

  @Test
  void it_is_read_by_person_client_and_time_and_only_as_far_as_the_role_goes() {
    db.sql("INSERT INTO client (name, created_at) VALUES ('Bakery', now()), ('Brewery', now())");
    write(AuditEntry.of(ANN, 1, "create site", "Shop"));
    clock.advance(Duration.ofDays(1));
    write(AuditEntry.of("Bob", Origin.door("10.0.0.8"), 2, "create site", "Pub"));
    clock.advance(Duration.ofDays(1));
    write(AuditEntry.of(ANN, null, "create person", "cy@example.com"));

    assertThat(subjects(ANN, AuditFilter.ALL)).containsExactly("cy@example.com", "Pub", "Shop");
    assertThat(subjects(ANN, new AuditFilter("Ann", null, null, null, null)))
        .containsExactly("cy@example.com", "Shop");
    assertThat(subjects(ANN, new AuditFilter(null, 2, null, null, null))).containsExactly("Pub");
    Instant second = Instant.parse("2026-03-03T00:00:00Z");
    Instant third = Instant.parse("2026-03-04T00:00:00Z");
    assertThat(subjects(ANN, new AuditFilter(null, null, second, third, null)))
        .containsExactly("Pub");
    assertThat(subjects(ANN, new AuditFilter(null, null, null, null, 2L))).containsExactly("Shop");
    Principal auditor = new Principal(8, "Di", null, Map.of(2, Role.AUDITOR, 1, Role.APPROVER));
    assertThat(subjects(auditor, AuditFilter.ALL)).containsExactly("Pub");
    assertThat(await(trail.doers(auditor))).containsExactly("Bob");
  }

  private List<String> subjects(Principal by, AuditFilter filter) {
    return await(trail.list(by, filter, 10)).stream().map(AuditLine::subject).toList();
  }

  private void write(AuditEntry entry) {
    await(log.write(db.database().pool(), entry));
  }

  private List<AuditLine> all() {
    return await(trail.list(ANN, AuditFilter.ALL, 100));
  }

  private AuditVerdict exported() throws IOException {
    Buffer lines = Buffer.buffer();
    await(new AuditExport(db.database(), null, clock).write(true, into(lines)));
    Path file = Files.write(folder.resolve("audit.jsonl"), lines.getBytes());
    return AuditFile.verify(file, null, null);
  }

  private static Function<Buffer, Future<Void>> into(Buffer lines) {
    return portion -> {
      lines.appendBuffer(portion);
      return Future.succeededFuture();
    };
  }
}
