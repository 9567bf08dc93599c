package org.tagwarden.collector.db;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A program for tests to kill: prints a dot for each row that it has committed. */
final class CommittingServer {
  private CommittingServer() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    DatabaseSettings to = EmbeddedPostgres.start(home).settings();
    String pid = Files.readAllLines(home.resolve("data/postmaster.pid")).get(0).strip();
    Files.writeString(home.resolve("first.pid"), pid);
    try (Connection connection =
            DriverManager.getConnection(to.jdbcUrl(), to.user(), to.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept (n int)");
      for (int n = 0; ; n++) {
        statement.execute("INSERT INTO kept VALUES (" + n + ")");
        System.out.print('.');
        System.out.flush();
      }
    }
  }
}
