package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;

/**
 * Sessions of people whom a sign-in server knows. Where its groups say who may do what, it is asked
 * again and again while they are in: a group that was withdrawn there must not live on here until
 * the evening.
 */
final class OidcSessions {
  private final Sessions sessions;
  private final SessionRules rules;
  private final Clock clock;

  OidcSessions(Sessions sessions, SessionRules rules, Clock clock) {
    this.sessions = sessions;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * The session that this browser has of the same person goes on; or a new one begins.
   *
   * @param token the value of the browser's cookie; null when it has none
   */
  Future<Session> enter(
      SqlClient connection, Person person, @Nullable String token, String address) {
    if (rules.rolesFrom() == null) return sessions.open(connection, person, address);
    Future<Optional<Session>> known =
        token == null ? Future.succeededFuture(Optional.empty()) : sessions.find(connection, token);
    return known.compose(
        found ->
            found.filter(session -> session.person().id() == person.id()).isPresent()
                ? prolong(connection, found.get(), person, address)
                : begin(connection, person, address));
  }

  private Future<Session> begin(SqlClient connection, Person person, String address) {
    Instant now = clock.instant();
    return sessions.open(
        connection, person, address, rules.boundedUntil(now), rules.askAgainAt(now));
  }

  /** No longer than a session lasts from its beginning. */
  private Future<Session> prolong(
      SqlClient connection, Session session, Person person, String address) {
    Instant now = clock.instant();
    Instant askAgainAt = now.plus(rules.askAgain());
    return connection
        .preparedQuery(AccessQueries.PROLONG_SESSION)
        .execute(
            SqlValues.tuple(
                SecretToken.sha256(session.token()),
                SqlTime.of(askAgainAt),
                SqlTime.of(rules.boundedUntil(now)),
                (double) rules.life().toSeconds()))
        .compose(
            rows ->
                rows.rowCount() == 0 // ended at this very moment
                    ? begin(connection, person, address)
                    : Future.succeededFuture(
                        new Session(
                            session.token(),
                            person,
                            session.csrf(),
                            SqlTime.instant(rows.iterator().next(), "expires_at"),
                            askAgainAt)));
  }
}
