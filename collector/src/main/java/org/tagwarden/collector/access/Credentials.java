package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.Database;

/** Passwords of accounts: compared, proven again before what matters, set anew. */
public final class Credentials {
  private static final int WRONG_PASSWORDS = 5;
  private static final Duration PAUSE = Duration.ofMinutes(15);

  private final Database database;
  private final Passwords passwords;
  private final OneTimeLinks links;
  private final AuditLog audit;

  /** Of somebody at an open screen who tries passwords where no door slows them down. */
  private final CallLimit wrongPasswords;

  public Credentials(
      Database database, Passwords passwords, OneTimeLinks links, AuditLog audit, Clock clock) {
    this.database = database;
    this.passwords = passwords;
    this.links = links;
    this.audit = audit;
    this.wrongPasswords = new CallLimit(clock, WRONG_PASSWORDS, PAUSE);
  }

  /** As {@link #set(String, OneTimeLinks.Purpose, String, Origin)}, without an address. */
  public Future<Person> set(String linkToken, OneTimeLinks.Purpose purpose, String password) {
    return set(linkToken, purpose, password, Origin.PROGRAM);
  }

  /** A new password by an invitation or reset link; every session of that person ends. */
  public Future<Person> set(
      String linkToken, OneTimeLinks.Purpose purpose, String password, Origin origin) {
    return replace(
        password,
        connection -> links.use(connection, linkToken, purpose),
        person ->
            AuditEntry.of(
                    person.name(),
                    origin.of(person.id()),
                    person.onlyClient(),
                    "set password",
                    person.email())
                .made(Map.of("by", purpose.word())));
  }

  /** Another password for oneself; every session ends, also this one. */
  public Future<Void> change(Principal by, String email, String old, String password) {
    return proven(by, email, old, "old")
        .compose(
            proof ->
                replace(
                    password,
                    connection -> Future.succeededFuture(by.requirePerson()),
                    person ->
                        AuditEntry.of(by, person.onlyClient(), "set password", email)
                            .made(Map.of("by", "the old one"))))
        .mapEmpty();
  }

  /**
   * It is the account's owner who sits there, and not somebody at an open screen. Refused
   * otherwise, and for a quarter of an hour after five wrong ones.
   *
   * @param field which one of the form the refusal is about
   */
  public Future<Void> proven(Principal by, String email, String password, String field) {
    String key = String.valueOf(by.requirePerson());
    if (!wrongPasswords.take(key)) {
      throw Refusal.of(
          Refusal.Kind.TOO_MANY,
          "Too many wrong passwords: wait " + PAUSE.toMinutes() + " minutes and try again.");
    }
    return verify(email, password)
        .map(
            verified -> {
              if (!verified.right()) {
                throw Refusal.invalid(field, "This is not your present password.");
              }
              wrongPasswords.clear(key);
              return null;
            });
  }

  /** Whether this person has a password; who only ever came through a sign-in server has none. */
  public Future<Boolean> has(int personId) {
    return has(database.pool(), personId);
  }

  static Future<Boolean> has(SqlClient connection, int personId) {
    return connection
        .preparedQuery(AccessQueries.HAS_PASSWORD)
        .execute(Tuple.of(personId))
        .map(rows -> rows.rowCount() == 1);
  }

  private Future<Person> replace(
      String password,
      Function<SqlClient, Future<Integer>> whose,
      Function<Person, AuditEntry> entry) {
    return passwords
        .hash(password)
        .compose(
            hash ->
                database.inTransaction(
                    connection ->
                        whose
                            .apply(connection)
                            .compose(id -> store(connection, id, hash))
                            .compose(
                                person ->
                                    audit.write(connection, entry.apply(person)).map(person))));
  }

  private static Future<Person> store(SqlClient connection, int id, String hash) {
    return connection
        .preparedQuery(AccessQueries.SET_PASSWORD)
        .execute(Tuple.of(id, hash))
        .compose(
            set -> connection.preparedQuery(AccessQueries.DELETE_SESSIONS_OF).execute(Tuple.of(id)))
        // Half a sign-in with the old password, a link that somebody else has: over as well.
        .compose(
            ended ->
                connection.preparedQuery(AccessQueries.DELETE_ALL_LINKS_OF).execute(Tuple.of(id)))
        .compose(ended -> People.byId(connection, id));
  }

  /**
   * Whether e-mail and password fit.
   *
   * @param known whose address it is, also when the password is wrong or the account closed
   */
  record Verified(Optional<Person> known, boolean right) {}

  /** Looks an e-mail address up and compares the password; takes as long when there is none. */
  Future<Verified> verify(String email, String password) {
    return database
        .pool()
        .preparedQuery(AccessQueries.PERSON_BY_EMAIL)
        .execute(Tuple.of(email.strip().toLowerCase(Locale.ROOT)))
        .compose(
            rows -> {
              Row first = rows.rowCount() == 0 ? null : rows.iterator().next();
              boolean open = first != null && first.getValue("disabled_at") == null;
              String hash = open ? first.getString("password_hash") : null;
              return passwords
                  .matches(password, hash)
                  .map(same -> new Verified(PersonRows.people(rows).stream().findFirst(), same));
            });
  }
}
