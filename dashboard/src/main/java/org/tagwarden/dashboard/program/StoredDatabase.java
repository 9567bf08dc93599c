package org.tagwarden.dashboard.program;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.DatabaseSettings;
import org.tagwarden.collector.db.EmbeddedPostgres;
import org.tagwarden.dashboard.program.up.Server;

/** The database of the settings for a command, whether the server runs meanwhile or not. */
final class StoredDatabase {
  private StoredDatabase() {}

  /** What a command does with it. */
  @FunctionalInterface
  interface Work<T> {
    T with(Vertx vertx, Database database) throws IOException;
  }

  /** Opens it, starting the embedded PostgreSQL for the time when it does not run. */
  static <T> T use(ServerConfig config, Work<T> work) throws IOException {
    DatabaseSettings configured = config.database();
    if (configured != null) return use(configured, work);
    Path home = config.dataDir().resolve("postgres");
    if (!EmbeddedPostgres.isIn(home)) {
      throw ProgramFailure.usage(
          "There is no Tagwarden in " + config.dataDir() + ": say where with --data DIR.");
    }
    Optional<DatabaseSettings> running = EmbeddedPostgres.running(home);
    if (running.isPresent()) return use(running.get(), work);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
      return use(postgres.settings(), work);
    }
  }

  private static <T> T use(DatabaseSettings settings, Work<T> work) throws IOException {
    Vertx vertx = Vertx.vertx();
    Database database = Database.open(vertx, settings);
    try {
      return work.with(vertx, database);
    } finally {
      Server.await(database.close());
      Server.await(vertx.close());
    }
  }
}
