package org.tagwarden.dashboard.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.db.DatabaseSettings;
import org.tagwarden.collector.db.TestDatabase;

/** The way back in for the last administrator, on the server's machine. */
@Tag("database")
class SecondFactorCommandTest {
  private static final String ADDRESS = "ann@example.com";

  @TempDir Path folder;

  @Test
  void a_second_factor_is_switched_off_by_address_and_a_wrong_address_is_said() throws IOException {
    try (TestDatabase database = TestDatabase.fresh()) {
      database.sql(
          """
          INSERT INTO person (email, name, created_at) VALUES ('ann@example.com', 'Ann', now());
          INSERT INTO person_totp (person_id, sealed, confirmed_at)
            VALUES (1, 'sealed with a lost key', now());
          """);
      Path config = Files.writeString(folder.resolve("server.yaml"), config(database.settings()));
      CommandRun unknown = run(config, "nobody@example.com");
      assertThat(unknown.exitCode()).isEqualTo(ProgramFailure.CANNOT);
      assertThat(unknown.err()).contains("Nobody has an account by nobody@example.com.");
      CommandRun off = run(config, ADDRESS);
      assertThat(off.exitCode()).as(off.err()).isZero();
      assertThat(off.out()).contains("is off: the password alone opens it");
      assertThat(run(config, ADDRESS).err()).contains("off already");
    }
  }

  private static CommandRun run(Path config, String address) {
    return CommandRun.of("second-factor", "off", address, "--config", config.toString());
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
}
