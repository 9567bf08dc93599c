package org.tagwarden.collector.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("database")
class DatabaseTest {
  private static TestDatabase db;

  @BeforeAll
  static void start() {
    db = TestDatabase.fresh();
  }

  @AfterAll
  static void stop() {
    db.close();
  }

  @Test
  void a_transaction_that_fails_leaves_nothing_behind() {
    Future<Void> work =
        db.database()
            .inTransaction(
                connection ->
                    connection
                        .query("INSERT INTO client (name, created_at) VALUES ('Half', now())")
                        .execute()
                        .compose(rows -> Future.failedFuture("second step broke")));

    assertThatThrownBy(() -> await(work)).hasMessageContaining("second step broke");
    assertThat(clientsNamed("Half")).isZero();
  }

  @Test
  void a_transaction_that_succeeds_is_kept() {
    await(
        db.database()
            .inTransaction(
                connection ->
                    connection
                        .query("INSERT INTO client (name, created_at) VALUES ('Whole', now())")
                        .execute()));

    assertThat(clientsNamed("Whole")).isOne();
  }

  @Test
  void migrating_twice_changes_nothing() {
    DatabaseSettings settings = TestDatabase.empty();
    Migrations.run(settings);
    Migrations.run(settings);
    Database database = Database.open(db.vertx(), settings);

    assertThat(
            await(database.pool().query("SELECT version FROM flyway_schema_history").execute())
                .rowCount())
        .isPositive();
    await(database.close());
  }

  @Test
  void an_unreachable_database_is_named_without_its_password() {
    DatabaseSettings nowhere =
        new DatabaseSettings("localhost", 1, "nothing", "somebody", "s3cret", "disable");

    assertThatThrownBy(() -> Migrations.run(nowhere))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("postgresql://somebody@localhost:1/nothing")
        .hasMessageNotContaining("s3cret");
  }

  private static long clientsNamed(String name) {
    return await(
            db.database()
                .pool()
                .query("SELECT count(*) FROM client WHERE name = '" + name + "'")
                .execute())
        .iterator()
        .next()
        .getLong(0);
  }
}
