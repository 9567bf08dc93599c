package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/** Sign-in, sign-out, and who a session cookie belongs to. */
public final class Sessions {
  private final Database database;
  private final People people;
  private final OneTimeLinks links;
  private final Clock clock;
  private final Duration life;
  private final SignInLimit limit;

  public Sessions(
      Database database, People people, OneTimeLinks links, Clock clock, Duration life) {
    this.database = database;
    this.people = people;
    this.links = links;
    this.clock = clock;
    this.life = life;
    this.limit = new SignInLimit(clock);
  }

  /**
   * A new session, or a {@link Refusal}; a wrong e-mail and a wrong password read the same.
   *
   * @param address the caller's address, for the limit of failed attempts
   */
  public Future<Session> signIn(String email, String password, String address) {
    try {
      limit.check(address, email);
    } catch (Refusal refusal) {
      return Future.failedFuture(refusal);
    }
    return people
        .verify(email, password)
        .compose(
            person -> {
              if (person.isEmpty()) {
                limit.failed(address, email);
                return Future.failedFuture(
                    Refusal.of(
                        Refusal.Kind.UNAUTHENTICATED, "This e-mail and password do not fit."));
              }
              limit.succeeded(address, email);
              return open(database.pool(), person.get());
            });
  }

  /** A new session by a one-time sign-in link. */
  public Future<Session> signInByLink(String linkToken) {
    return database.inTransaction(
        connection ->
            links
                .use(connection, linkToken, OneTimeLinks.Purpose.SIGN_IN)
                .compose(personId -> People.byId(connection, personId))
                .compose(person -> open(connection, person)));
  }

  /** A new session for somebody who has just set a password. */
  public Future<Session> open(Person person) {
    return open(database.pool(), person);
  }

  /** The session of a cookie's value, unless it has ended. */
  public Future<Optional<Session>> find(String token) {
    return database
        .pool()
        .preparedQuery(AccessQueries.SESSION)
        .execute(Tuple.of(SecretToken.sha256(token), SqlTime.now(clock)))
        .map(
            rows -> {
              if (rows.rowCount() == 0) return Optional.empty();
              var row = rows.iterator().next();
              return Optional.of(
                  new Session(
                      token,
                      People.people(rows).get(0),
                      row.getString("csrf"),
                      SqlTime.instant(row, "expires_at")));
            });
  }

  /** Ends the session; says nothing when there was none. */
  public Future<Void> signOut(String token) {
    return database
        .pool()
        .preparedQuery(AccessQueries.DELETE_SESSION)
        .execute(Tuple.of(SecretToken.sha256(token)))
        .mapEmpty();
  }

  /** Drops the rows of ended sessions. */
  public Future<Integer> dropExpired() {
    return database
        .pool()
        .preparedQuery(AccessQueries.DELETE_EXPIRED_SESSIONS)
        .execute(Tuple.of(SqlTime.now(clock)))
        .map(rows -> rows.rowCount());
  }

  private Future<Session> open(SqlClient connection, Person person) {
    Instant now = clock.instant();
    Session session =
        new Session(SecretToken.generate(), person, SecretToken.generate(), now.plus(life));
    return connection
        .preparedQuery(AccessQueries.INSERT_SESSION)
        .execute(
            Tuple.of(
                SecretToken.sha256(session.token()),
                person.id(),
                session.csrf(),
                SqlTime.of(now),
                SqlTime.of(session.expiresAt())))
        .map(session);
  }
}
