package org.tagwarden.dashboard.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.access.SigningKey;
import org.tagwarden.collector.db.DatabaseSettings;
import org.tagwarden.collector.db.EmbeddedPostgres;
import org.tagwarden.collector.db.Migrations;
import org.tagwarden.collector.db.TestDatabase;

/** The audit log of an installation, exported while it runs and while it does not, and checked. */
@Tag("database")
class AuditCommandTest {
  @TempDir Path folder;

  @Test
  void the_log_is_exported_checked_and_a_change_is_named() throws Exception {
    Path file = folder.resolve("audit.jsonl");
    String[] export = {"audit", "export", file.toString(), "--data", folder.toString()};
    CommandRun nothing = CommandRun.of(export);
    assertThat(nothing.exitCode()).isEqualTo(ProgramFailure.USAGE);
    assertThat(nothing.err()).contains("There is no Tagwarden in " + folder);

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"))) {
      Migrations.run(postgres.settings());
      for (int i = 1; i <= 3; i++) write(postgres.settings(), "site " + i);
      CommandRun exported = CommandRun.of(export);
      assertThat(exported.exitCode()).as(exported.err()).isZero();
      assertThat(exported.out()).contains("3 entries are in " + file, "Not signed");
      write(postgres.settings(), "it still runs");
    }
    String head = Files.readAllLines(file).get(4).replaceAll(".*\"hash\":\"|\"}", "");
    CommandRun intact = CommandRun.of("audit", "verify", file.toString());
    assertThat(intact.exitCode()).as(intact.err()).isZero();
    assertThat(intact.out()).contains("3 entries", "intact", head);

    assertThat(CommandRun.of(export).out()).contains("4 entries");
    CommandRun grown = CommandRun.of("audit", "verify", file.toString(), "--head", head);
    assertThat(grown.exitCode()).as(grown.out()).isZero();

    spoil(file);
    CommandRun spoiled = CommandRun.of("audit", "verify", file.toString());
    assertThat(spoiled.exitCode()).isEqualTo(1);
    assertThat(spoiled.out()).contains("Entry 2 (line 3) was changed", "is not the log");
  }

  @Test
  void a_signed_log_names_its_key_and_a_forged_one_the_entries() throws Exception {
    Path file = folder.resolve("audit.jsonl");
    SigningKey key = SigningKey.in(SigningKey.fileIn(folder));
    try (TestDatabase database = TestDatabase.fresh()) {
      Path config = Files.writeString(folder.resolve("server.yaml"), config(database.settings()));
      String[] export = {"audit", "export", file.toString(), "--config", config.toString()};
      for (int i = 1; i <= 3; i++) write(database.settings(), "site " + i);
      CommandRun first = CommandRun.of(export);
      assertThat(first.exitCode()).as(first.err()).isZero();
      assertThat(first.out()).contains("Signed with the key " + key.fingerprint());
      String[] verify = {"audit", "verify", file.toString(), "--key", key.fingerprint()};
      CommandRun intact = CommandRun.of(verify);
      assertThat(intact.out()).contains("intact", "Signed with the key " + key.fingerprint());
      assertThat(intact.exitCode()).isZero();
      assertThat(CommandRun.of("audit", "verify", file.toString(), "--key", "ab").exitCode())
          .isEqualTo(ProgramFailure.USAGE);
      database.sql(
          """
          ALTER TABLE audit_entry DISABLE TRIGGER USER;
          UPDATE audit_entry SET subject = 'site 7' WHERE seq = 3;
          UPDATE audit_entry e SET hash =
            audit_hash((SELECT hash FROM audit_entry WHERE seq = 2), e) WHERE seq = 3;
          """);
      CommandRun forged = CommandRun.of(export);
      assertThat(forged.exitCode()).isEqualTo(1);
      assertThat(forged.err()).contains("entry 3, signed at", "written anew");
      CommandRun named = CommandRun.of(verify);
      assertThat(named.exitCode()).isEqualTo(1);
      assertThat(named.out()).contains("Entries 1 to 3 are not those that the server signed");
    }
  }

  private String config(DatabaseSettings settings) {
    return """
        data-dir: %s
        database:
          url: %s
          user: %s
          password: "%s"
        """
        .formatted(folder, settings.jdbcUrl(), settings.user(), settings.password());
  }

  @Test
  void what_is_no_log_is_said() throws IOException {
    CommandRun missing = CommandRun.of("audit", "verify", folder.resolve("none").toString());
    assertThat(missing.exitCode()).isEqualTo(ProgramFailure.USAGE);
    assertThat(missing.err()).contains("does not exist");
    Path other = Files.writeString(folder.resolve("other"), "Hello\n");
    CommandRun wrong = CommandRun.of("audit", "verify", other.toString());
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.out()).contains("Line 1 does not say that this is an audit log");
    assertThat(CommandRun.of("audit").exitCode()).isEqualTo(ProgramFailure.USAGE);
  }

  private static void write(DatabaseSettings settings, String subject) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO audit_entry (at, who, action, subject) VALUES (now(), 'Ann', 'create site', '"
              + subject
              + "')");
    }
  }

  private static void spoil(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    lines.set(2, lines.get(2).replace("site 2", "site 7"));
    Files.writeString(file, String.join("\n", lines) + "\n");
  }
}
