package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/**
 * Accepting an invitation: signed in with the account of its address, or with a new account. The
 * link alone opens no account that there is: whoever invites may have seen it.
 */
public final class Acceptance {
  private final Database database;
  private final AuditLog audit;
  private final SessionRules rules;
  private final Clock clock;
  private final Passwords passwords;

  public Acceptance(
      Database database, Passwords passwords, AuditLog audit, SessionRules rules, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.rules = rules;
    this.clock = clock;
    this.passwords = passwords;
  }

  /**
   * By somebody who is signed in.
   *
   * @param email that person's address, which has to be the invitation's
   */
  public Future<Invitation> accept(Principal by, String email, String token) {
    int personId = by.requirePerson();
    return database.inTransaction(
        connection ->
            Invitations.take(connection, token, clock)
                .compose(
                    offered -> {
                      requireAddress(offered, email);
                      return unlessByGroups(connection, personId)
                          .compose(byHand -> People.byId(connection, personId))
                          .compose(person -> give(connection, offered, person, by.origin()))
                          .map(offered);
                    }));
  }

  /** The next sign-in would take the role away again. */
  private Future<Void> unlessByGroups(SqlConnection connection, int personId) {
    return OidcAccounts.rules(connection, rules, personId)
        .map(
            byGroups -> {
              if (!byGroups) return null;
              throw Refusal.of(
                  Refusal.Kind.CONFLICT,
                  "Groups of your sign-in server say which clients you serve: ask for the group"
                      + " instead.");
            });
  }

  private static void requireAddress(Invitation offered, String email) {
    if (offered.email().equalsIgnoreCase(email)) return;
    throw Refusal.of(
        Refusal.Kind.CONFLICT,
        "This invitation is for "
            + offered.email()
            + ", and you are signed in as "
            + email
            + ": sign out and open the link again.");
  }

  /** By somebody new: the account is made with it. Refused when there is one already. */
  public Future<Person> join(String token, String name, String password, Origin origin) {
    return Invitations.open(database.pool(), token, clock)
        .compose(offered -> passwords.hash(password))
        .compose(
            hash ->
                database.inTransaction(
                    connection ->
                        Invitations.take(connection, token, clock)
                            .compose(offered -> join(connection, offered, name, hash, origin))));
  }

  private Future<Person> join(
      SqlConnection connection, Invitation offered, String name, String hash, Origin origin) {
    PersonDraft draft = new PersonDraft(offered.email(), name);
    return connection
        .preparedQuery(AccessQueries.INSERT_PERSON)
        .execute(Tuple.of(draft.email(), draft.name(), hash, SqlTime.now(clock)))
        .compose(
            rows -> {
              if (rows.rowCount() == 0) throw existing(offered.email());
              return People.byId(connection, rows.iterator().next().getInteger("id"));
            })
        .compose(
            person ->
                give(connection, offered, person, origin.of(person.id()))
                    .compose(done -> People.byId(connection, person.id())));
  }

  private static Refusal existing(String email) {
    return Refusal.of(
        Refusal.Kind.CONFLICT,
        "There is an account for " + email + " already: sign in with it to accept.");
  }

  private Future<Void> give(
      SqlConnection connection, Invitation offered, Person person, Origin origin) {
    Integer client = offered.clientId();
    Role held = client == null ? person.everywhere() : person.roles().get(client);
    // Accepting never takes anything away.
    Role given = held != null && held.covers(offered.role()) ? held : offered.role();
    return requireRight(connection, offered)
        .compose(still -> People.role(connection, person, client, given))
        .compose(
            done ->
                audit.write(
                    connection,
                    AuditEntry.of(
                            person.name(), origin, client, "accept invitation", person.email())
                        .changed(said(held, null), said(given, offered.invitedBy()))));
  }

  private static Map<String, Object> said(@Nullable Role role, @Nullable String invitedBy) {
    Map<String, Object> said = new HashMap<>();
    if (role != null) said.put("role", role.word());
    if (invitedBy != null) said.put("invitedBy", invitedBy);
    return said;
  }

  /** An invitation is worth what its maker may do now, not what was so when it was made. */
  private static Future<Void> requireRight(SqlConnection connection, Invitation offered) {
    Integer maker = offered.invitedById();
    if (maker == null) return Future.succeededFuture();
    return People.byId(connection, maker)
        .map(
            person -> {
              Principal by = person.principal();
              Integer client = offered.clientId();
              boolean may =
                  client == null ? by.mayEverywhere(Role.ADMIN) : by.may(Role.ADMIN, client);
              if (may && person.disabledAt() == null) return null;
              throw Refusal.of(
                  Refusal.Kind.FORBIDDEN,
                  offered.invitedBy()
                      + " may not invite anybody any more: ask another administrator.");
            });
  }
}
