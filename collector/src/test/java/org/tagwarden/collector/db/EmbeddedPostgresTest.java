package org.tagwarden.collector.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
class EmbeddedPostgresTest {
  @TempDir Path home;

  @AfterEach
  void stopWhatStillRuns() throws IOException {
    if (Files.exists(home.resolve("data/postmaster.pid"))) EmbeddedPostgres.start(home).close();
  }

  @Test
  void is_durable_private_and_keeps_its_data_and_port_over_restarts() throws Exception {
    int port;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
      port = postgres.settings().port();
      assertThat(show(postgres, "fsync")).isEqualTo("on");
      assertThat(show(postgres, "synchronous_commit")).isEqualTo("on");
      assertThat(show(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(show(postgres, "password_encryption")).isEqualTo("scram-sha-256");
      assertThat(Files.readString(home.resolve("data/pg_hba.conf")).lines())
          .filteredOn(line -> line.startsWith("host") || line.startsWith("local"))
          .isNotEmpty()
          .allMatch(line -> line.endsWith("scram-sha-256"));
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(home.resolve("password"))))
          .isEqualTo("rw-------");
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(postgres.settings().jdbcUrl(), "tagwarden", "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password");
      TestDatabase.sql(
          postgres.settings(), "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
    }
    assertThat(home.resolve("data/postmaster.pid")).doesNotExist();

    try (EmbeddedPostgres again = EmbeddedPostgres.start(home)) {
      assertThat(again.settings().port()).isEqualTo(port);
      assertThat(single(again, "SELECT n FROM kept")).isEqualTo("7");
    }
  }

  @Test
  void the_database_of_a_killed_server_is_taken_over_with_everything_committed() throws Exception {
    Process server = otherServer();
    int committed = awaitRows(server, 20);
    kill(server);

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
      long postmaster = postmaster();
      assertThat(Integer.parseInt(single(postgres, "SELECT count(*) FROM kept")))
          .isGreaterThanOrEqualTo(committed);
      assertThat(show(postgres, "data_directory")).isEqualTo(home.resolve("data").toString());
      assertThat(postmaster).isEqualTo(Long.parseLong(Files.readString(home.resolve("first.pid"))));
    }
  }

  @Test
  void a_database_that_was_killed_too_recovers_everything_committed() throws Exception {
    Process server = otherServer();
    int committed = awaitRows(server, 20);
    ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
    List<ProcessHandle> workers = postmaster.children().toList();
    postmaster.destroyForcibly();
    kill(server);
    postmaster.onExit().get(30, TimeUnit.SECONDS);
    for (ProcessHandle worker : workers) worker.onExit().get(30, TimeUnit.SECONDS);
    assertThat(home.resolve("data/postmaster.pid")).exists();

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
      assertThat(Integer.parseInt(single(postgres, "SELECT count(*) FROM kept")))
          .isGreaterThanOrEqualTo(committed);
    }
  }

  @Test
  void a_pid_file_whose_number_now_belongs_to_another_program_does_not_stop_it() throws Exception {
    EmbeddedPostgres.start(home).close();
    Path pidFile = home.resolve("data/postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + home + "\n0\n1\n\n\n");

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
      assertThat(single(postgres, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void moves_to_another_port_when_its_own_is_taken() throws Exception {
    EmbeddedPostgres first = EmbeddedPostgres.start(home);
    int port = first.settings().port();
    first.close();

    try (ServerSocket taken = new ServerSocket(port);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
      assertThat(taken.isBound()).isTrue();
      assertThat(postgres.settings().port()).isNotEqualTo(port);
      assertThat(single(postgres, "SELECT 1")).isEqualTo("1");
    }
  }

  /** A JVM of its own that starts the database and commits a row at a time until it is killed. */
  private Process otherServer() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            CommittingServer.class.getName(),
            home.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Reads what the server says it has committed. */
  private static int awaitRows(Process server, int count) throws IOException {
    InputStream output = server.getInputStream();
    int rows = 0;
    while (rows < count) {
      int read = output.read();
      if (read < 0) throw new AssertionError("The server ended before " + count + " rows");
      if (read == '.') rows++;
    }
    return rows;
  }

  private static void kill(Process server) throws InterruptedException {
    assertThat(server.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private long postmaster() throws IOException {
    return Long.parseLong(Files.readAllLines(home.resolve("data/postmaster.pid")).get(0).strip());
  }

  private static String show(EmbeddedPostgres postgres, String setting) throws SQLException {
    return single(postgres, "SHOW " + setting);
  }

  private static String single(EmbeddedPostgres postgres, String query) throws SQLException {
    DatabaseSettings to = postgres.settings();
    try (Connection connection =
            DriverManager.getConnection(to.jdbcUrl(), to.user(), to.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
