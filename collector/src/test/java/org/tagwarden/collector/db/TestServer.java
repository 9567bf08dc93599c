package org.tagwarden.collector.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL server of this test run: {@code DATABASE_URL} if set (a user who may create
 * databases), a container if {@code TEST_DB=docker} asks for it, else an embedded one with fsync
 * off. Docker is never probed unasked: that can hang for minutes.
 */
final class TestServer {
  private static @Nullable TestServer running;

  private final DatabaseSettings settings;
  private final String template;

  private TestServer(DatabaseSettings settings) {
    this.settings = settings;
    this.template = "template_" + UUID.randomUUID().toString().replace("-", "");
    TestDatabase.sql(settings, "CREATE DATABASE " + template);
    Migrations.run(settings.withDatabase(template));
  }

  static DatabaseSettings settings() {
    return server().settings;
  }

  static String template() {
    return server().template;
  }

  private static synchronized TestServer server() {
    if (running == null) {
      TestServer started = new TestServer(start());
      Runtime.getRuntime().addShutdownHook(new Thread(started::dropTemplate));
      running = started;
    }
    return running;
  }

  private static DatabaseSettings start() {
    String url = System.getenv("DATABASE_URL");
    if (url != null && !url.isBlank()) return DatabaseSettings.parse(url, null, null);
    return "docker".equals(System.getenv("TEST_DB")) ? inContainer() : embedded();
  }

  private static DatabaseSettings embedded() {
    try {
      // Stops with the JVM by its own shutdown hook.
      @SuppressWarnings("resource")
      EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
      return new DatabaseSettings(
          "localhost", postgres.getPort(), "postgres", "postgres", "", "disable");
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded PostgreSQL for tests did not start", e);
    }
  }

  private static DatabaseSettings inContainer() {
    // Removed by Testcontainers when the JVM ends.
    @SuppressWarnings("resource")
    PostgreSQLContainer container = new PostgreSQLContainer("postgres:18-alpine");
    container.start();
    return new DatabaseSettings(
        container.getHost(),
        container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
        container.getDatabaseName(),
        container.getUsername(),
        container.getPassword(),
        "disable");
  }

  /** Leaves nothing behind on a server that is not ours; an embedded one may be gone already. */
  private void dropTemplate() {
    if (System.getenv("DATABASE_URL") != null) {
      TestDatabase.sql(settings, "DROP DATABASE IF EXISTS " + template);
    }
  }
}
