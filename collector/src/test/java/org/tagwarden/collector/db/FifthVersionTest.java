package org.tagwarden.collector.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.access.AuditExport;
import org.tagwarden.collector.access.AuditFile;
import org.tagwarden.collector.access.AuditVerdict;

/** What the audit log held before it was a chain is part of the chain. */
@Tag("database")
class FifthVersionTest {
  private static final String EARLIER_ROWS =
      """
      INSERT INTO audit_entry (at, who, client_id, action, subject, detail) VALUES
        ('2026-01-01T10:00:00Z', 'Ann', 1, 'create site', 'Shop "West"', '{}'),
        ('2026-01-02T10:00:00Z', 'Bob', NULL, 'decide', 'hotjar', '{"state": "APPROVED"}');
      INSERT INTO one_time_link (token_sha256, purpose, created_at, expires_at)
        VALUES (sha256('x'), 'setup', now(), now());
      """;

  @TempDir Path folder;

  @Test
  void earlier_entries_are_linked_in_their_order() throws IOException {
    DatabaseSettings settings = TestDatabase.broughtUpFrom("2", EARLIER_ROWS);
    TestDatabase.sql(
        settings,
        "INSERT INTO audit_entry (at, who, action, subject) VALUES (now(), 'Cy', 'create site', 'Pub')");

    Vertx vertx = Vertx.vertx();
    Database database = Database.open(vertx, settings);
    Buffer file = Buffer.buffer();
    await(
        new AuditExport(database, null, Clock.systemUTC())
            .write(
                true,
                portion -> {
                  file.appendBuffer(portion);
                  return Future.succeededFuture();
                }));
    await(database.close());
    await(vertx.close());

    List<String> lines = file.toString().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(1)).contains("\"seq\": 1", "Shop \\\"West\\\"");
    assertThat(lines.get(2)).contains("\"seq\": 2", "\"state\": \"APPROVED\"");
    assertThat(lines.get(3)).contains("\"seq\": 3", "\"who\": \"Cy\"");
    Path log = Files.write(folder.resolve("log"), file.getBytes());
    AuditVerdict verdict = AuditFile.verify(log, null, null);
    assertThat(verdict.problems()).isEmpty();
  }
}
