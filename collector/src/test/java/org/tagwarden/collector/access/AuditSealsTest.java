package org.tagwarden.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.db.TestDatabase;

/** The log as the server signs it, and what whoever owns the database could do to it. */
@Tag("database")
class AuditSealsTest {
  /** With every trigger off and every hash computed again. */
  private static final String WRITE_ANEW =
      """
      ALTER TABLE audit_entry DISABLE TRIGGER USER;
      UPDATE audit_entry SET subject = 'another site' WHERE seq = 2;
      DO $$
      DECLARE
        e audit_entry;
        last bytea;
      BEGIN
        FOR e IN SELECT * FROM audit_entry ORDER BY seq LOOP
          last := audit_hash(last, e);
          UPDATE audit_entry SET hash = last WHERE seq = e.seq;
        END LOOP;
      END $$;
      """;

  private static final String CUT_OFF =
      """
      ALTER TABLE audit_entry DISABLE TRIGGER USER;
      ALTER TABLE audit_seal DISABLE TRIGGER USER;
      DELETE FROM audit_entry WHERE seq > 3;
      DELETE FROM audit_seal WHERE seq > 3;
      ALTER TABLE audit_entry ENABLE TRIGGER USER;
      """;

  private final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
  private TestDatabase db;
  private SigningKey key;
  private AuditSeals seals;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    db = TestDatabase.fresh();
    key = SigningKey.in(SigningKey.fileIn(folder));
    seals = new AuditSeals(db.vertx(), db.database(), key, folder, clock);
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void what_came_since_is_signed_once_and_an_export_proves_it() throws IOException {
    assertThat(await(seals.seal()).entries()).isZero();
    write(3);
    assertThat(await(seals.seal()).entries()).isEqualTo(3);
    assertThat(await(seals.seal()).entries()).isEqualTo(3);
    write(2);
    assertThat(await(seals.seal()).entries()).isEqualTo(5);
    assertThat(exported(true))
        .filteredOn(line -> line.startsWith("{\"seal\""))
        .extracting(line -> line.replaceAll(".*\"seq\":(\\d+).*", "$1"))
        .containsExactly("3", "5");
    AuditVerdict verdict = verify();
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.key()).isEqualTo(key.fingerprint());
  }

  @Test
  void a_log_that_was_written_anew_with_fitting_hashes_is_noticed_and_not_signed()
      throws IOException {
    write(3);
    await(seals.seal());
    write(3);
    db.sql(WRITE_ANEW);
    AuditSeals.State state = await(seals.seal());
    assertThat(state.problem()).contains("entry 3, signed at", "written anew");
    assertThat(state.entries()).isEqualTo(3);
    exported(state.problem() == null);
    assertThat(verify().problems())
        .anyMatch(problem -> problem.startsWith("Entries 1 to 3 are not those that the server"))
        .anyMatch(problem -> problem.startsWith("The closing line is not signed"));
  }

  @Test
  void newest_entries_that_went_with_their_seals_are_missed() {
    write(5);
    await(seals.seal());
    db.sql(CUT_OFF);
    assertThat(await(seals.seal()).problem()).contains("entry 5, signed at", "not there any more");
    // Nor does it help to write on.
    write(4);
    assertThat(await(seals.seal()).problem()).contains("entry 5, signed at", "another one");
  }

  @Test
  void after_a_backup_was_put_back_on_purpose_it_goes_on() throws IOException {
    write(5);
    await(seals.seal());
    db.sql(CUT_OFF);
    Files.delete(folder.resolve("audit-seal"));
    write(1);
    assertThat(await(seals.seal()).problem()).isNull();
    assertThat(await(seals.seal()).entries()).isEqualTo(4);
  }

  @Test
  void an_entry_changed_before_it_was_signed_is_named() {
    write(4);
    db.sql(
        """
        ALTER TABLE audit_entry DISABLE TRIGGER USER;
        UPDATE audit_entry SET subject = 'another site' WHERE seq = 3;
        """);
    assertThat(await(seals.seal()).problem()).contains("entry 3 is missing or does not fit");
  }

  @Test
  void a_file_that_is_written_while_the_log_grows_is_whole() throws IOException {
    write(1_200); // more than a portion
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < 40; i++) writers.add(entry("meanwhile " + i));
    Future<AuditSeals.State> sealed = seals.seal();
    exported(true);
    await(Future.all(writers));
    await(sealed);
    assertThat(verify().problems()).isEmpty();
    assertThat(verify().entries()).isBetween(1_200L, 1_240L);
  }

  private void write(int entries) {
    db.sql(
        "INSERT INTO audit_entry (at, who, action, subject)"
            + " SELECT now(), 'Ann', 'change site', 'site ' || n FROM generate_series(1, "
            + entries
            + ") n");
  }

  private Future<Void> entry(String subject) {
    AuditEntry entry = AuditEntry.of("Ann", Origin.PROGRAM, null, "change site", subject);
    return db.database().inTransaction(c -> new AuditLog(clock).write(c, entry));
  }

  private List<String> exported(boolean sound) throws IOException {
    Buffer file = Buffer.buffer();
    await(
        new AuditExport(db.database(), key, clock)
            .write(
                sound,
                portion -> {
                  file.appendBuffer(portion);
                  return Future.succeededFuture();
                }));
    Files.write(folder.resolve("log"), file.getBytes());
    return file.toString().lines().toList();
  }

  private AuditVerdict verify() throws IOException {
    return AuditFile.verify(folder.resolve("log"), null, key.fingerprint());
  }
}
