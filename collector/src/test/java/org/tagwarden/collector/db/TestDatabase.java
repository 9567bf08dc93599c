package org.tagwarden.collector.db;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flywaydb.core.Flyway;

/**
 * A fresh, migrated database on a real PostgreSQL, for one test class: make it in
 * {@code @BeforeAll}, close it in {@code @AfterAll}. The server is started once per JVM (see {@link
 * TestServer}); a database is a copy of a migrated template, some 50 ms.
 */
public final class TestDatabase implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final DatabaseSettings settings;
  private final Vertx vertx;
  private final Database database;

  private TestDatabase(DatabaseSettings settings) {
    this.settings = settings;
    this.vertx = Vertx.vertx();
    this.database = Database.open(vertx, settings);
  }

  /** A new database with this version's schema. */
  public static TestDatabase fresh() {
    String name = "t_" + UUID.randomUUID().toString().replace("-", "");
    sql(TestServer.settings(), "CREATE DATABASE " + name + " TEMPLATE " + TestServer.template());
    return new TestDatabase(TestServer.settings().withDatabase(name));
  }

  /** A new database without any table. */
  public static DatabaseSettings empty() {
    String name = "e_" + UUID.randomUUID().toString().replace("-", "");
    sql(TestServer.settings(), "CREATE DATABASE " + name);
    return TestServer.settings().withDatabase(name);
  }

  /** The pool, on {@link #vertx()}. */
  public Database database() {
    return database;
  }

  /** The Vert.x of this test class; closed with it. */
  public Vertx vertx() {
    return vertx;
  }

  public DatabaseSettings settings() {
    return settings;
  }

  /** Runs statements over JDBC, for arranging and for looking from outside. */
  public void sql(String statements) {
    sql(settings, statements);
  }

  /** Waits for a future from a test's thread; a failure is thrown as it is. */
  public static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("No answer within " + PATIENCE_SECONDS + " seconds", e);
    }
  }

  /** A database that held these rows at an earlier version and was brought up to date since. */
  static DatabaseSettings broughtUpFrom(String version, String rows) {
    DatabaseSettings settings = empty();
    Flyway.configure()
        .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
        .target(version)
        .load()
        .migrate();
    sql(settings, rows);
    Migrations.run(settings);
    return settings;
  }

  static void sql(DatabaseSettings settings, String statements) {
    try (Connection connection =
            DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    } catch (SQLException e) {
      throw new IllegalStateException("On " + settings + ": " + statements, e);
    }
  }

  @Override
  public void close() {
    await(database.close());
    await(vertx.close());
    sql(TestServer.settings(), "DROP DATABASE IF EXISTS " + settings.database() + " WITH (FORCE)");
  }
}
