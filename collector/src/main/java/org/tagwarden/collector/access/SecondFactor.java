package org.tagwarden.collector.access;

import com.google.common.base.CharMatcher;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/**
 * A code beside the password, for whoever wants it: from an authenticator app, or one of ten
 * recovery codes that work once.
 */
public final class SecondFactor {
  private static final String OFF_ACTION = "switch second factor off";
  private static final int DIGITS = 6;
  private static final int WRONG_CODES = 5;
  private static final Duration PAUSE = Duration.ofMinutes(15);

  /** From begin to confirm: what is left half done must not be finished by somebody else. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Refusal WRONG =
      Refusal.invalid("code", "This code does not fit: wait for the next one and try again.");
  private static final Refusal KEY_LOST =
      Refusal.invalid(
          "code",
          "This server has lost the key with which it checks the codes of your app. Use a recovery"
              + " code, or ask an administrator to switch your second factor off.");

  private final Database database;
  private final TotpSecrets secrets;
  private final AuditLog audit;
  private final Clock clock;

  /** Of an account, wherever the codes come from: at the door and behind it. */
  private final CallLimit wrongCodes;

  /**
   * @param seal what the apps' secrets are stored under
   */
  public SecondFactor(Database database, Seal seal, AuditLog audit, Clock clock) {
    this.database = database;
    this.secrets = new TotpSecrets(database, seal, audit);
    this.audit = audit;
    this.clock = clock;
    this.wrongCodes = new CallLimit(clock, WRONG_CODES, PAUSE);
  }

  /**
   * How it stands with somebody.
   *
   * @param codesLeft recovery codes that were not used yet
   */
  public record State(boolean on, int codesLeft) {
    static final State OFF = new State(false, 0);
  }

  /** What goes into the app: to be typed, or read from the link. Shown once. */
  public record Enrolment(String secret, String uri) {
    /** Without the secret, for logs. */
    @Override
    public String toString() {
      return "Enrolment[]";
    }
  }

  /** How it stands with this person. */
  public Future<State> state(int personId) {
    return state(database.pool(), personId);
  }

  Future<State> state(SqlClient connection, int personId) {
    return connection
        .preparedQuery(SecondFactorQueries.STATE)
        .execute(Tuple.of(personId))
        .map(
            rows -> {
              if (rows.rowCount() == 0) return State.OFF;
              Row row = rows.iterator().next();
              boolean on = row.getValue("confirmed_at") != null;
              return on ? new State(true, row.getInteger("codes_left")) : State.OFF;
            });
  }

  private OffsetDateTime begunAfter() {
    return SqlTime.of(clock.instant().minus(PATIENCE));
  }

  /**
   * A new secret for the principal's app. It counts when a code of it was given. Whoever asks has
   * shown the password just now ({@link Credentials#proven}).
   */
  public Future<Enrolment> begin(Principal by, String email) {
    byte[] secret = Totp.newSecret();
    return database.inTransaction(
        connection ->
            connection
                .preparedQuery(SecondFactorQueries.BEGIN)
                .execute(
                    Tuple.of(
                        by.requirePerson(),
                        secrets.sealed(by.requirePerson(), secret),
                        SqlTime.now(clock)))
                .compose(
                    rows -> {
                      if (rows.rowCount() == 0) {
                        return Future.failedFuture(
                            Refusal.of(
                                Refusal.Kind.CONFLICT,
                                "A second factor is on already: switch it off first."));
                      }
                      return audit.write(
                          connection,
                          AuditEntry.of(by, by.onlyClient(), "prepare second factor", email)
                              .made(Map.of("on", false)));
                    })
                .map(done -> new Enrolment(Totp.text(secret), Totp.uri(email, secret))));
  }

  /** What was begun and not confirmed, to show it again after a wrong code. */
  public Future<Optional<Enrolment>> pending(Principal by, String email) {
    return database
        .pool()
        .preparedQuery(SecondFactorQueries.PENDING)
        .execute(Tuple.of(by.requirePerson(), begunAfter()))
        .map(
            rows -> {
              if (rows.rowCount() == 0) return Optional.empty();
              return secrets
                  .of(by.requirePerson(), rows.iterator().next())
                  .map(secret -> new Enrolment(Totp.text(secret), Totp.uri(email, secret)));
            });
  }

  /** The app works: from now on it is asked for. Answers the recovery codes, shown once. */
  public Future<List<String>> confirm(Principal by, String email, String code) {
    int person = by.requirePerson();
    List<String> codes = RecoveryCodes.fresh();
    return database.inTransaction(
        connection ->
            limited(person, () -> useStep(connection, person, digits(code)))
                .compose(fits -> fits ? Future.succeededFuture() : Future.failedFuture(WRONG))
                .compose(
                    used ->
                        connection
                            .preparedQuery(SecondFactorQueries.CONFIRM)
                            .execute(Tuple.of(person, SqlTime.now(clock), begunAfter())))
                .compose(
                    rows ->
                        rows.rowCount() == 1
                            ? RecoveryCodes.store(connection, person, codes)
                            : Future.failedFuture(
                                Refusal.of(
                                    Refusal.Kind.CONFLICT,
                                    "It is on already, or this took longer than "
                                        + PATIENCE.toMinutes()
                                        + " minutes: set it up again.")))
                .compose(
                    stored ->
                        audit.write(
                            connection,
                            AuditEntry.of(by, by.onlyClient(), "switch second factor on", email)
                                .changed(Map.of("on", false), Map.of("on", true))))
                .map(codes));
  }

  /** Switches the principal's own off; a code proves that it is not somebody at an open screen. */
  public Future<Void> off(Principal by, String email, String code) {
    int person = by.requirePerson();
    return database.inTransaction(
        connection ->
            check(connection, person, code)
                .compose(fits -> fits ? Future.succeededFuture() : Future.failedFuture(WRONG))
                .compose(
                    checked ->
                        drop(
                            connection,
                            person,
                            AuditEntry.of(by, by.onlyClient(), OFF_ACTION, email))));
  }

  /** For somebody who lost app and codes; by an administrator of all that the person may do. */
  public Future<Void> offFor(Principal by, int personId) {
    return database.inTransaction(
        connection ->
            People.byId(connection, personId)
                .compose(
                    person -> {
                      person.requireAdministeredBy(by);
                      return drop(
                          connection,
                          personId,
                          AuditEntry.of(by, person.onlyClient(), OFF_ACTION, person.email()));
                    }));
  }

  /** For the last administrator who lost app and codes: by whoever may run this on the server. */
  public Future<Void> offUnasked(String who, String email) {
    return database.inTransaction(
        connection ->
            People.byEmail(connection, email)
                .compose(
                    person ->
                        drop(
                            connection,
                            person.id(),
                            AuditEntry.of(
                                who,
                                Origin.PROGRAM,
                                person.onlyClient(),
                                OFF_ACTION,
                                person.email()))));
  }

  private Future<Void> drop(SqlClient connection, int personId, AuditEntry entry) {
    return connection
        .preparedQuery(SecondFactorQueries.DELETE)
        .execute(Tuple.of(personId))
        .map(
            rows -> {
              if (rows.rowCount() == 1) return rows;
              throw Refusal.of(
                  Refusal.Kind.CONFLICT, "There is no second factor: it is off already.");
            })
        .compose(rows -> RecoveryCodes.drop(connection, personId))
        .compose(
            rows ->
                audit.write(connection, entry.changed(Map.of("on", true), Map.of("on", false))));
  }

  /** Whether it is a code of the app or a recovery code; it is used up with that. */
  Future<Boolean> check(SqlClient connection, int personId, String code) {
    String digits = digits(code);
    return limited(
        personId,
        () ->
            digits.length() == DIGITS
                ? useStep(connection, personId, digits)
                : RecoveryCodes.use(connection, personId, code, clock));
  }

  /** Five wrong codes, and none is looked at for a quarter of an hour. */
  private Future<Boolean> limited(int personId, Supplier<Future<Boolean>> check) {
    String key = String.valueOf(personId);
    if (!wrongCodes.take(key)) {
      return Future.failedFuture(
          Refusal.of(
              Refusal.Kind.TOO_MANY,
              "Too many wrong codes: wait " + PAUSE.toMinutes() + " minutes and try again."));
    }
    return check
        .get()
        .onSuccess(
            fits -> {
              if (fits) wrongCodes.clear(key);
            });
  }

  private Future<Boolean> useStep(SqlClient connection, int personId, String code) {
    return connection
        .preparedQuery(SecondFactorQueries.SECRET)
        .execute(Tuple.of(personId))
        .compose(
            rows -> {
              if (rows.rowCount() == 0) return Future.succeededFuture(false);
              Row row = rows.iterator().next();
              OptionalLong step =
                  Totp.matching(
                      secrets.of(personId, row).orElseThrow(() -> KEY_LOST),
                      code,
                      clock.instant(),
                      row.getLong("last_step"));
              if (step.isEmpty()) return Future.succeededFuture(false);
              return connection
                  .preparedQuery(SecondFactorQueries.USE_STEP)
                  .execute(Tuple.of(personId, step.getAsLong()))
                  .map(used -> used.rowCount() == 1);
            });
  }

  /** At the start: seals what an earlier version stored in clear, tells of a lost key. */
  public Future<Void> sealAll() {
    return secrets.sealAll();
  }

  private static String digits(String code) {
    return CharMatcher.whitespace().removeFrom(code);
  }
}
