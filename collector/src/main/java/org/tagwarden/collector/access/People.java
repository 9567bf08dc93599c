package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/** Accounts: who there is, with which roles. Passwords are with {@link Credentials}. */
public final class People {
  private final Database database;
  private final OneTimeLinks links;
  private final AuditLog audit;
  private final Clock clock;
  private final Passwords passwords;
  private final Memberships memberships;

  public People(
      Database database,
      Passwords passwords,
      OneTimeLinks links,
      AuditLog audit,
      SessionRules rules,
      Clock clock) {
    this.database = database;
    this.links = links;
    this.audit = audit;
    this.clock = clock;
    this.passwords = passwords;
    this.memberships = new Memberships(database, audit, rules, clock);
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

  /**
   * Somebody new, without a password until a link is used, for the program itself (the demo's
   * people). People are invited with {@link Invitations}.
   */
  public Future<Person> createUnasked(
      String who, PersonDraft draft, Role role, @Nullable Integer clientId) {
    AuditEntry entry = AuditEntry.of(who, Origin.PROGRAM, clientId, "create person", draft.email());
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

  /** Sets (or, with null, withdraws) a person's role for a client, or (null) for all clients. */
  public Future<Person> setRole(
      Principal by, int personId, @Nullable Role role, @Nullable Integer clientId) {
    return memberships.setRole(by, personId, role, clientId).map(person -> person.as(by));
  }

  /** Whether groups of the sign-in server say what this person may do. */
  public Future<Boolean> hasRolesByGroups(int personId) {
    return memberships.byGroups(personId);
  }

  /** Closes an account: its sessions end at once. Or opens it again. */
  public Future<Person> setClosed(Principal by, int personId, boolean closed) {
    return memberships.setClosed(by, personId, closed);
  }

  /**
   * A person whom the principal administers somewhere, with the roles there; anybody else is not
   * found.
   */
  public Future<Person> find(Principal by, int personId) {
    return find(database.pool(), by, personId).map(person -> person.as(by));
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

  /** Everybody with a role for one of the principal's clients, with the roles there. */
  public Future<List<Person>> list(Principal by) {
    return database
        .pool()
        .preparedQuery(AccessQueries.PEOPLE_IN_SCOPE)
        .execute(Tuple.of(by.scope(Role.ADMIN).parameter()))
        .map(rows -> PersonRows.people(rows).stream().map(person -> person.as(by)).toList());
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

  private static Future<RowSet<Row>> role(
      SqlClient connection, int personId, @Nullable Integer clientId, Role role) {
    return connection
        .preparedQuery(AccessQueries.SET_ROLE)
        .execute(Tuple.of(personId, clientId, role.word()));
  }

  /**
   * Gives somebody a role. Where they had none, links for a new password end that an administrator
   * of what they could do so far may hold.
   */
  static Future<RowSet<Row>> role(
      SqlClient connection, Person person, @Nullable Integer clientId, Role role) {
    Role held = clientId == null ? person.everywhere() : person.roles().get(clientId);
    Future<RowSet<Row>> set = role(connection, person.id(), clientId, role);
    if (held != null) return set;
    return set.compose(
        done ->
            connection.preparedQuery(AccessQueries.DELETE_LINKS_OF).execute(Tuple.of(person.id())));
  }

  static Future<Person> byEmail(SqlClient connection, String email) {
    return connection
        .preparedQuery(AccessQueries.PERSON_BY_EMAIL)
        .execute(Tuple.of(email.strip().toLowerCase(Locale.ROOT)))
        .map(
            rows -> {
              if (rows.rowCount() > 0) return PersonRows.people(rows).get(0);
              throw Refusal.notFound("Nobody has an account by " + email + ".");
            });
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
