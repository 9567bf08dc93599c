package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/** Accounts: who there is, their passwords and roles. */
public final class People {
  private final Database database;
  private final OneTimeLinks links;
  private final AuditLog audit;
  private final Clock clock;
  private final Passwords passwords;
  private final Memberships memberships;

  public People(Vertx vertx, Database database, OneTimeLinks links, AuditLog audit, Clock clock) {
    this.database = database;
    this.links = links;
    this.audit = audit;
    this.clock = clock;
    this.passwords = new Passwords(vertx);
    this.memberships = new Memberships(database, audit, clock);
  }

  /** Whether nobody has an account yet. */
  public Future<Boolean> empty() {
    return database
        .pool()
        .query(AccessQueries.ANY_PERSON)
        .execute()
        .map(rows -> !rows.iterator().next().getBoolean("there"));
  }

  /** As {@link #setUp(String, PersonDraft, String, Origin)}, without a caller's address. */
  public Future<Person> setUp(String linkToken, PersonDraft draft, String password) {
    return setUp(linkToken, draft, password, Origin.PROGRAM);
  }

  /** The first person, by the set-up link: an administrator of everything. */
  public Future<Person> setUp(String linkToken, PersonDraft draft, String password, Origin origin) {
    return passwords
        .hash(password)
        .compose(
            hash ->
                database.inTransaction(
                    connection ->
                        links
                            .use(connection, linkToken, OneTimeLinks.Purpose.SETUP)
                            .compose(used -> insert(connection, draft, hash))
                            .compose(id -> role(connection, id, null, Role.ADMIN).map(id))
                            .compose(
                                id ->
                                    audit
                                        .write(
                                            connection,
                                            AuditEntry.of(
                                                    draft.name(),
                                                    origin.of(id),
                                                    null,
                                                    "set up",
                                                    "Tagwarden")
                                                .made(said(draft, Role.ADMIN)))
                                        .compose(done -> byId(connection, id)))));
  }

  /** Somebody new, without a password until an invitation is used. */
  public Future<Person> create(
      Principal by, PersonDraft draft, Role role, @Nullable Integer clientId) {
    Memberships.requireAdmin(by, role, clientId);
    return create(AuditEntry.of(by, clientId, "create person", draft.email()), draft, role);
  }

  /** As {@link #create}, for the program itself (the demo's people). */
  public Future<Person> createUnasked(
      String who, PersonDraft draft, Role role, @Nullable Integer clientId) {
    return create(
        AuditEntry.of(who, Origin.PROGRAM, clientId, "create person", draft.email()), draft, role);
  }

  private Future<Person> create(AuditEntry entry, PersonDraft draft, Role role) {
    return database.inTransaction(
        connection ->
            insert(connection, draft, null)
                .compose(id -> role(connection, id, entry.clientId(), role).map(id))
                .compose(
                    id ->
                        audit
                            .write(connection, entry.made(said(draft, role)))
                            .compose(done -> byId(connection, id))));
  }

  private static Map<String, Object> said(PersonDraft draft, Role role) {
    return Map.of("email", draft.email(), "name", draft.name(), "role", role.word());
  }

  /** As {@link #setPassword(String, OneTimeLinks.Purpose, String, Origin)}, without an address. */
  public Future<Person> setPassword(
      String linkToken, OneTimeLinks.Purpose purpose, String password) {
    return setPassword(linkToken, purpose, password, Origin.PROGRAM);
  }

  /** A new password by an invitation or reset link; every session of that person ends. */
  public Future<Person> setPassword(
      String linkToken, OneTimeLinks.Purpose purpose, String password, Origin origin) {
    return passwords
        .hash(password)
        .compose(
            hash ->
                database.inTransaction(
                    connection ->
                        links
                            .use(connection, linkToken, purpose)
                            .compose(id -> setPassword(connection, id, hash))
                            .compose(
                                person ->
                                    audit
                                        .write(
                                            connection,
                                            AuditEntry.of(
                                                    person.name(),
                                                    origin.of(person.id()),
                                                    person.onlyClient(),
                                                    "set password",
                                                    person.email())
                                                .made(Map.of("by", purpose.word())))
                                        .map(person))));
  }

  private static Future<Person> setPassword(SqlClient connection, int id, String hash) {
    return connection
        .preparedQuery(AccessQueries.SET_PASSWORD)
        .execute(Tuple.of(id, hash))
        .compose(
            set -> connection.preparedQuery(AccessQueries.DELETE_SESSIONS_OF).execute(Tuple.of(id)))
        .compose(ended -> byId(connection, id));
  }

  /** Another password for oneself; every session ends, also this one. */
  public Future<Void> changePassword(Principal by, String email, String old, String password) {
    return verify(email, old)
        .compose(
            verified ->
                verified.right()
                    ? passwords.hash(password)
                    : Future.failedFuture(
                        Refusal.invalid("old", "This is not your present password.")))
        .compose(
            hash ->
                database.inTransaction(
                    connection ->
                        setPassword(connection, by.requirePerson(), hash)
                            .compose(
                                person ->
                                    audit.write(
                                        connection,
                                        AuditEntry.of(
                                                by, person.onlyClient(), "set password", email)
                                            .made(Map.of("by", "the old one"))))));
  }

  /** Sets (or, with null, withdraws) a person's role for a client, or (null) for all clients. */
  public Future<Person> setRole(
      Principal by, int personId, @Nullable Role role, @Nullable Integer clientId) {
    return memberships.setRole(by, personId, role, clientId);
  }

  /** Closes an account: its sessions end at once. Or opens it again. */
  public Future<Person> setClosed(Principal by, int personId, boolean closed) {
    return memberships.setClosed(by, personId, closed);
  }

  /** A person whom the principal administers somewhere; anybody else is not found. */
  public Future<Person> find(Principal by, int personId) {
    return find(database.pool(), by, personId);
  }

  static Future<Person> find(SqlClient connection, Principal by, int personId) {
    return byId(connection, personId)
        .map(
            person -> {
              boolean theirs =
                  by.mayEverywhere(Role.ADMIN)
                      || person.roles().keySet().stream().anyMatch(id -> by.may(Role.ADMIN, id));
              if (!theirs) throw Refusal.notFound("There is no such person.");
              return person;
            });
  }

  /** Everybody with a role for one of the principal's clients. */
  public Future<List<Person>> list(Principal by) {
    return database
        .pool()
        .preparedQuery(AccessQueries.PEOPLE_IN_SCOPE)
        .execute(Tuple.of(by.scope(Role.ADMIN).parameter()))
        .map(PersonRows::people);
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

  private Future<Integer> insert(SqlClient connection, PersonDraft draft, @Nullable String hash) {
    return connection
        .preparedQuery(AccessQueries.INSERT_PERSON)
        .execute(Tuple.of(draft.email(), draft.name(), hash, SqlTime.now(clock)))
        .map(
            rows -> {
              if (rows.rowCount() == 1) return rows.iterator().next().getInteger("id");
              throw Refusal.of(
                  Refusal.Kind.CONFLICT, "There is already an account for " + draft.email() + ".");
            });
  }

  static Future<RowSet<Row>> role(
      SqlClient connection, int personId, @Nullable Integer clientId, Role role) {
    return connection
        .preparedQuery(AccessQueries.SET_ROLE)
        .execute(Tuple.of(personId, clientId, role.word()));
  }

  static Future<Person> byId(SqlClient connection, int id) {
    return connection
        .preparedQuery(AccessQueries.PERSON_BY_ID)
        .execute(Tuple.of(id))
        .map(
            rows -> {
              if (rows.rowCount() > 0) return PersonRows.people(rows).get(0);
              throw Refusal.notFound("There is no such person.");
            });
  }
}
