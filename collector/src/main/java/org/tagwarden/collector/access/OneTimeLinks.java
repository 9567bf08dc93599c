package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/** Links that work once: set-up of the first person, sign-in (demo), invitation, reset. */
public final class OneTimeLinks {
  private static final Duration SETUP_LIFE = Duration.ofDays(1);

  /** What a link is for. */
  public enum Purpose {
    SETUP,
    SIGN_IN,
    INVITE,
    RESET,
    /** The password was right, the code of the second factor is still to come. */
    HALF;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Purpose of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  private final Database database;
  private final Clock clock;

  public OneTimeLinks(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * The token of a fresh set-up link, or nothing when somebody has an account. Earlier set-up links
   * stop working.
   */
  public Future<Optional<String>> forSetUp() {
    return database.inTransaction(
        connection ->
            connection
                .query(AccessQueries.DELETE_OPEN_SETUP_LINKS)
                .execute()
                .compose(deleted -> connection.query(AccessQueries.ANY_PERSON).execute())
                .compose(
                    rows ->
                        rows.iterator().next().getBoolean("there")
                            ? Future.succeededFuture(Optional.empty())
                            : insert(connection, Purpose.SETUP, null, SETUP_LIFE)
                                .map(Optional::of)));
  }

  /** The token of a link for this person. */
  public Future<String> issue(Purpose purpose, int personId, Duration life) {
    return insert(database.pool(), purpose, personId, life);
  }

  /** Likewise, within a transaction. */
  Future<String> issue(SqlClient connection, Purpose purpose, int personId, Duration life) {
    return insert(connection, purpose, personId, life);
  }

  /** Whose unused link for this purpose it is, without using it. */
  Future<Optional<Integer>> holder(SqlClient connection, String token, Purpose purpose) {
    return connection
        .preparedQuery(AccessQueries.LINK_OF)
        .execute(Tuple.of(SecretToken.sha256(token), purpose.word(), SqlTime.now(clock)))
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.ofNullable(rows.iterator().next().getInteger("person_id")));
  }

  /** What an unused link is for; nothing when it was used, is too old, or never was. */
  public Future<Optional<Purpose>> purpose(String token) {
    return database
        .pool()
        .preparedQuery(AccessQueries.LINK)
        .execute(Tuple.of(SecretToken.sha256(token), SqlTime.now(clock)))
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.of(Purpose.of(rows.iterator().next().getString("purpose"))));
  }

  /** Spends the link; answers its person (null for set-up). A second use is refused. */
  Future<@Nullable Integer> use(SqlClient connection, String token, Purpose purpose) {
    return connection
        .preparedQuery(AccessQueries.USE_LINK)
        .execute(Tuple.of(SecretToken.sha256(token), purpose.word(), SqlTime.now(clock)))
        .map(
            rows -> {
              if (rows.rowCount() == 1) return rows.iterator().next().getInteger("person_id");
              throw Refusal.of(
                  Refusal.Kind.FORBIDDEN,
                  "This link was used already or is too old: ask for a new one.");
            });
  }

  private Future<String> insert(
      SqlClient connection, Purpose purpose, @Nullable Integer personId, Duration life) {
    String token = SecretToken.generate();
    return connection
        .preparedQuery(AccessQueries.INSERT_LINK)
        .execute(
            Tuple.of(
                SecretToken.sha256(token),
                purpose.word(),
                personId,
                SqlTime.now(clock),
                SqlTime.of(clock.instant().plus(life))))
        .map(token);
  }
}
