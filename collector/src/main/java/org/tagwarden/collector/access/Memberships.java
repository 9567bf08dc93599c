package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/** Who may do what: roles given and withdrawn, accounts closed and opened. */
final class Memberships {
  private final Database database;
  private final AuditLog audit;
  private final SessionRules rules;
  private final Clock clock;

  Memberships(Database database, AuditLog audit, SessionRules rules, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.rules = rules;
    this.clock = clock;
  }

  /** Sets (or, with null, withdraws) a person's role for a client, or (null) for all clients. */
  Future<Person> setRole(
      Principal by, int personId, @Nullable Role role, @Nullable Integer clientId) {
    requireAdmin(by, role, clientId);
    return database.inTransaction(
        connection ->
            Invitations.requireClient(connection, clientId)
                .compose(there -> People.find(connection, by, personId))
                .compose(
                    person ->
                        role == null
                            ? Future.succeededFuture(person)
                            : unlessByGroups(connection, person))
                .compose(
                    person ->
                        clientId == null && role != Role.ADMIN
                            ? unlessLastAdmin(connection, person)
                            : Future.succeededFuture(person))
                .compose(
                    person ->
                        (role == null
                                ? connection
                                    .preparedQuery(AccessQueries.WITHDRAW_ROLE)
                                    .execute(Tuple.of(personId, clientId))
                                : People.role(connection, person, clientId, role))
                            .compose(
                                set ->
                                    audit.write(connection, roleSet(by, person, role, clientId))))
                .compose(done -> People.byId(connection, personId)));
  }

  /** Closes an account: its sessions end at once. Or opens it again. */
  Future<Person> setClosed(Principal by, int personId, boolean closed) {
    by.requireEverywhere(Role.ADMIN);
    return database.inTransaction(
        connection ->
            People.byId(connection, personId)
                .compose(
                    person ->
                        closed
                            ? unlessLastAdmin(connection, person)
                            : Future.succeededFuture(person))
                .compose(
                    person ->
                        connection
                            .preparedQuery(AccessQueries.CLOSE_PERSON)
                            .execute(Tuple.of(personId, closed ? SqlTime.now(clock) : null))
                            .compose(
                                set ->
                                    connection
                                        .preparedQuery(AccessQueries.DELETE_SESSIONS_OF)
                                        .execute(Tuple.of(personId)))
                            .compose(
                                ended ->
                                    connection
                                        .preparedQuery(AccessQueries.DELETE_ALL_LINKS_OF)
                                        .execute(Tuple.of(personId)))
                            .compose(
                                ended ->
                                    audit.write(
                                        connection,
                                        AuditEntry.of(
                                                by,
                                                null,
                                                closed ? "close account" : "open account",
                                                person.email())
                                            .changed(
                                                Map.of("closed", person.disabledAt() != null),
                                                Map.of("closed", closed)))))
                .compose(done -> People.byId(connection, personId)));
  }

  Future<Boolean> byGroups(int personId) {
    return OidcAccounts.rules(database.pool(), rules, personId);
  }

  /** What is given by hand would be gone with the next page. Withdrawing holds until then. */
  private Future<Person> unlessByGroups(SqlClient connection, Person person) {
    return OidcAccounts.rules(connection, rules, person.id())
        .map(
            byGroups -> {
              if (!byGroups) return person;
              throw Refusal.of(
                  Refusal.Kind.CONFLICT,
                  "Groups of the sign-in server say what this person may do: change them there.");
            });
  }

  private static AuditEntry roleSet(
      Principal by, Person person, @Nullable Role role, @Nullable Integer clientId) {
    Role before = clientId == null ? person.everywhere() : person.roles().get(clientId);
    return AuditEntry.of(by, clientId, role == null ? "withdraw role" : "set role", person.email())
        .changed(
            before == null ? Map.of() : Map.of("role", before.word()),
            role == null ? Map.of() : Map.of("role", role.word()));
  }

  static void requireAdmin(Principal by, @Nullable Role given, @Nullable Integer clientId) {
    if (clientId == null) by.requireEverywhere(Role.ADMIN);
    else by.require(Role.ADMIN, clientId);
    if (given == Role.SCANNER) {
      throw Refusal.invalid("role", "The role \"scanner\" is for tokens, not for people.");
    }
  }

  /** Nobody may lock everybody out. */
  private static Future<Person> unlessLastAdmin(SqlClient connection, Person person) {
    return isLastAdmin(connection, person)
        .map(
            last -> {
              if (!last) return person;
              throw Refusal.of(
                  Refusal.Kind.CONFLICT,
                  "This is the last administrator: make somebody else one first.");
            });
  }

  /** Whether nobody else could do everything. */
  static Future<Boolean> isLastAdmin(SqlClient connection, Person person) {
    if (person.everywhere() != Role.ADMIN) return Future.succeededFuture(false);
    return connection
        // One after the other: two who withdraw each other's role at once would both see the other.
        .query(AccessQueries.LOCK_ADMINS)
        .execute()
        .compose(
            locked ->
                connection.preparedQuery(AccessQueries.OTHER_ADMIN).execute(Tuple.of(person.id())))
        .map(rows -> !rows.iterator().next().getBoolean("there"));
  }
}
