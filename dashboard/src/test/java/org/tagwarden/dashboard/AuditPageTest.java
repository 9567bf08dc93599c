package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.AuditFile;
import org.tagwarden.collector.access.AuditVerdict;
import org.tagwarden.collector.access.Role;

/** The audit log as auditors take it away, and what the page says of one that was forged. */
@Tag("database")
class AuditPageTest {
  private static DemoServer server;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server = DemoServer.filled();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void an_auditor_takes_the_whole_log_away_signed_and_is_told_when_it_is_another_one()
      throws IOException {
    Browserless auditor = Browserless.with(server, server.sessionOf(Role.AUDITOR, null));
    assertThat(auditor.get("/audit").body()).contains("Download the log").doesNotContain("Signed");
    AuditVerdict verdict = verified(auditor.get("/audit/log"));
    assertThat(verified(byToken()).problems()).isEmpty();
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.entries()).isEqualTo(server.newestEntry() - 1); // the token came after
    assertThat(auditor.get("/audit").body())
        .contains("Signed up to entry " + (verdict.entries() + 1), verdict.key());

    await(
        server
            .collector()
            .database()
            .pool()
            .query(
                """
                ALTER TABLE audit_entry DISABLE TRIGGER USER;
                UPDATE audit_entry SET hash = sha256('forged') WHERE seq = (SELECT max(seq) FROM audit_entry);
                ALTER TABLE audit_entry ENABLE TRIGGER USER;
                """)
            .execute());
    assertThat(verified(auditor.get("/audit/log")).intact()).isFalse();
    assertThat(auditor.get("/audit").body())
        .contains("This log is not what it was.", "written anew by somebody who owns");
  }

  @Test
  void one_clients_auditor_reads_that_clients_entries_and_has_not_the_whole() {
    int client = server.clientId("Harbour Bank");
    Browserless auditor = Browserless.with(server, server.sessionOf(Role.AUDITOR, client));
    assertThat(auditor.get("/audit").body()).doesNotContain("Download the log", "Nordwind");
    assertThat(auditor.get("/audit/log").statusCode()).isEqualTo(403);
  }

  /** As another machine fetches it night by night. */
  private static HttpResponse<String> byToken() {
    ApiTokens.Draft draft = new ApiTokens.Draft("keeper", Role.AUDITOR, null, null);
    String token =
        await(server.collector().access().tokens().createUnasked("test", null, draft)).secret();
    return new Browserless(server.url()).get("/api/v1/audit", "Authorization", "Bearer " + token);
  }

  private AuditVerdict verified(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
        .contains("tagwarden-audit-", ".jsonl");
    Path file = Files.writeString(folder.resolve("log"), answer.body());
    return AuditFile.verify(file, null, server.collector().access().auditSeals().fingerprint());
  }
}
