package org.tagwarden.collector.db;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database to this version's schema: the SQL files of {@code db/migration}, forward only.
 * Blocks; runs once, at start-up, over JDBC. Two servers that start together wait for each other.
 */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private Migrations() {}

  /** Applies what is missing. Throws {@link DatabaseException} with a sentence for people. */
  public static void run(DatabaseSettings settings) {
    try {
      MigrateResult result =
          Flyway.configure()
              .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
              .locations("classpath:db/migration")
              .cleanDisabled(true)
              .load()
              .migrate();
      if (result.migrationsExecuted > 0) {
        LOG.info("Database schema is now at version {}", result.targetSchemaVersion);
      }
    } catch (FlywayException e) {
      throw new DatabaseException(
          "The database at "
              + settings
              + " could not be brought to this version's schema: "
              + firstLine(e)
              + " Check that it runs, and the user, password and rights.",
          e);
    }
  }

  /** The sentence nearest to the cause: Flyway's own message is a page long. */
  private static String firstLine(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) cause = cause.getCause();
    String message = String.valueOf(cause.getMessage()).strip().lines().findFirst().orElse("");
    return message.endsWith(".") ? message : message + ".";
  }
}
