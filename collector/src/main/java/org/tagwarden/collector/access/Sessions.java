package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.OneTimeLinks.Purpose;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;

/** Sign-in, sign-out, and who a session cookie belongs to. */
public final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private static final Duration HALF_LIFE = Duration.ofMinutes(5);

  private final Database database;
  private final Credentials credentials;
  private final OneTimeLinks links;
  private final SecondFactor secondFactor;
  private final AuditLog audit;
  private final Clock clock;
  private final SessionRules rules;
  private final SignInLimit limit;

  public Sessions(
      Database database,
      Credentials credentials,
      OneTimeLinks links,
      SecondFactor secondFactor,
      AuditLog audit,
      Clock clock,
      SessionRules rules) {
    this.database = database;
    this.credentials = credentials;
    this.links = links;
    this.secondFactor = secondFactor;
    this.audit = audit;
    this.clock = clock;
    this.rules = rules;
    this.limit = new SignInLimit(clock);
  }

  /** As {@link #enter}, for whoever has no second factor; refused when a code is asked for. */
  public Future<Session> signIn(String email, String password, String address) {
    return enter(email, password, address)
        .map(
            entrance -> {
              if (entrance instanceof Entrance.In in) return in.session();
              throw Refusal.of(
                  Refusal.Kind.UNAUTHENTICATED, "This account asks for a code as well.");
            });
  }

  /**
   * A new session, or half of one, or a {@link Refusal}; a wrong e-mail and a wrong password read
   * the same.
   *
   * @param address the caller's address, for the limit of failed attempts
   */
  public Future<Entrance> enter(String email, String password, String address) {
    try {
      limit.attempt(address, email);
    } catch (Refusal refusal) {
      return Future.failedFuture(refusal);
    }
    return credentials
        .verify(email, password)
        .onFailure(unjudged -> limit.forgive(address, email))
        .compose(
            verified -> {
              if (!verified.right()) {
                noteFailure(verified.known(), address);
                return Future.failedFuture(
                    Refusal.of(
                        Refusal.Kind.UNAUTHENTICATED, "This e-mail and password do not fit."));
              }
              limit.succeeded(address, email);
              return enter(verified.known().orElseThrow(), address);
            });
  }

  /** For somebody whose password is right, or was just set: in, or asked for the code. */
  public Future<Entrance> enter(Person person, String address) {
    return database.inTransaction(connection -> enter(connection, person, address));
  }

  private Future<Entrance> enter(SqlClient connection, Person person, String address) {
    return unlessElsewhere(connection, person)
        .compose(here -> secondFactor.state(connection, person.id()))
        .compose(
            state ->
                state.on()
                    ? links
                        .issue(connection, Purpose.HALF, person.id(), HALF_LIFE)
                        .map(Entrance.Half::new)
                    : open(connection, person, address).map(Entrance.In::new));
  }

  /** An administrator of everything comes in all the same: that server may be down. */
  private Future<Void> unlessElsewhere(SqlClient connection, Person person) {
    if (person.everywhere() == Role.ADMIN) return Future.succeededFuture();
    return OidcAccounts.rules(connection, rules, person.id())
        .map(
            elsewhere -> {
              if (!elsewhere) return null;
              throw Refusal.of(
                  Refusal.Kind.FORBIDDEN,
                  "What you may do here is said by your sign-in server: sign in through it, not"
                      + " with a password.");
            });
  }

  /** The second step: a code of the app, or a recovery code. Five wrong ones, and it is over. */
  public Future<Session> enterWithCode(String half, String code, String address) {
    return database.inTransaction(
        connection ->
            links
                .holder(connection, half, Purpose.HALF)
                .map(
                    holder ->
                        holder.orElseThrow(
                            () ->
                                Refusal.of(
                                    Refusal.Kind.UNAUTHENTICATED,
                                    "This took too long: sign in again.")))
                .compose(id -> People.byId(connection, id))
                .compose(
                    person ->
                        secondFactor
                            .check(connection, person.id(), code)
                            .compose(
                                fits ->
                                    fits
                                        ? links
                                            .use(connection, half, Purpose.HALF)
                                            .compose(used -> open(connection, person, address))
                                        : wrongCode(person, address))));
  }

  private Future<Session> wrongCode(Person person, String address) {
    noteFailure(Optional.of(person), address);
    return Future.failedFuture(
        Refusal.invalid("code", "This code does not fit: wait for the next one and try again."));
  }

  /** Beside the answer, which must not take longer for an address that there is. */
  private void noteFailure(Optional<Person> known, String address) {
    if (known.isEmpty()) return;
    audit
        .write(database.pool(), entry(known.get(), Origin.door(address), "fail to sign in"))
        .onFailure(e -> LOG.error("A failed sign-in was not written into the audit log", e));
  }

  private static AuditEntry entry(Person person, Origin origin, String action) {
    return AuditEntry.of(
        person.name(), origin.of(person.id()), person.onlyClient(), action, person.email());
  }

  /** A new session by a one-time sign-in link. */
  public Future<Entrance> signInByLink(String linkToken, String address) {
    return database.inTransaction(
        connection ->
            links
                .use(connection, linkToken, Purpose.SIGN_IN)
                .compose(personId -> People.byId(connection, personId))
                .compose(person -> enter(connection, person, address)));
  }

  /** A new session for somebody who has just set a password. */
  public Future<Session> open(Person person, String address) {
    return database.inTransaction(connection -> open(connection, person, address));
  }

  /** The session of a cookie's value, unless it has ended. */
  public Future<Optional<Session>> find(String token) {
    return find(database.pool(), token);
  }

  Future<Optional<Session>> find(SqlClient connection, String token) {
    return connection
        .preparedQuery(AccessQueries.SESSION)
        .execute(Tuple.of(SecretToken.sha256(token), SqlTime.now(clock)))
        .map(
            rows -> {
              if (rows.rowCount() == 0) return Optional.empty();
              var row = rows.iterator().next();
              return Optional.of(
                  new Session(
                      token,
                      PersonRows.people(rows).get(0),
                      row.getString("csrf"),
                      SqlTime.instant(row, "expires_at"),
                      SqlTime.instantOrNull(row, "ask_again_at")));
            });
  }

  /** Ends the principal's session; says nothing when there was none. */
  public Future<Void> signOut(Principal by, String token) {
    return database.inTransaction(
        connection ->
            connection
                .preparedQuery(AccessQueries.DELETE_SESSION)
                .execute(Tuple.of(SecretToken.sha256(token)))
                .compose(
                    rows ->
                        rows.rowCount() == 0
                            ? Future.succeededFuture()
                            : audit.write(
                                connection,
                                AuditEntry.of(by, by.onlyClient(), "sign out", by.name()))));
  }

  /** A new session, in the transaction that found the person. */
  Future<Session> open(SqlClient connection, Person person, String address) {
    return open(connection, person, address, clock.instant().plus(rules.life()), null);
  }

  /**
   * Likewise.
   *
   * @param askAgainAt when the sign-in server has to be asked again; null: never
   */
  Future<Session> open(
      SqlClient connection,
      Person person,
      String address,
      Instant until,
      @Nullable Instant askAgainAt) {
    if (person.disabledAt() != null) {
      return Future.failedFuture(
          Refusal.of(Refusal.Kind.FORBIDDEN, "This account is closed: ask an administrator."));
    }
    Session session =
        new Session(SecretToken.generate(), person, SecretToken.generate(), until, askAgainAt);
    return connection
        .preparedQuery(AccessQueries.INSERT_SESSION)
        .execute(
            SqlValues.tuple(
                SecretToken.sha256(session.token()),
                person.id(),
                session.csrf(),
                SqlTime.now(clock),
                SqlTime.of(until),
                askAgainAt == null ? null : SqlTime.of(askAgainAt)))
        .compose(
            opened ->
                audit.write(
                    connection,
                    entry(person, new Origin(Origin.Way.SESSION, person.id(), address), "sign in")))
        .map(session);
  }
}
