package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.SqlTime;

/** The accounts behind a sign-in server's people, and the roles of their groups. */
final class OidcAccounts {
  private static final Logger LOG = LoggerFactory.getLogger(OidcAccounts.class);
  private static final String WHO = "Single sign-on";

  private final GroupRoles groupRoles;
  private final AuditLog audit;
  private final Clock clock;

  OidcAccounts(GroupRoles groupRoles, AuditLog audit, Clock clock) {
    this.groupRoles = groupRoles;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The account of these claims, with the roles of its groups; empty when they have none: then it
   * is left without a role, or not made at all.
   */
  Future<Optional<Person>> account(SqlConnection connection, Claims claims, Origin origin) {
    return known(connection, claims)
        .compose(
            known -> {
              if (known.isPresent()) return withRoles(connection, known.get(), claims, origin);
              if (groupRoles.of(claims.groups()).isEmpty()) {
                return Future.succeededFuture(Optional.empty());
              }
              return make(connection, claims, origin)
                  .compose(made -> withRoles(connection, made, claims, origin));
            });
  }

  /** By the server's own id; at the first time by an address that the server vouches for. */
  private Future<Optional<Person>> known(SqlConnection connection, Claims claims) {
    return connection
        .preparedQuery(OidcQueries.PERSON_OF)
        .execute(Tuple.of(claims.issuer(), claims.subject()))
        .compose(
            rows -> {
              if (rows.rowCount() > 0) {
                int id = rows.iterator().next().getInteger("person_id");
                return People.byId(connection, id).map(Optional::of);
              }
              return byEmail(connection, claims);
            });
  }

  private Future<Optional<Person>> byEmail(SqlConnection connection, Claims claims) {
    return connection
        .preparedQuery(AccessQueries.PERSON_BY_EMAIL)
        .execute(Tuple.of(claims.email()))
        .compose(
            rows -> {
              if (rows.rowCount() == 0) return Future.succeededFuture(Optional.empty());
              if (!claims.verified()) {
                throw Refusal.of(
                    Refusal.Kind.FORBIDDEN,
                    "There is an account for "
                        + claims.email()
                        + ", but the sign-in server does not vouch for this address.");
              }
              Person person = PersonRows.people(rows).get(0);
              return remember(connection, claims, person.id())
                  .compose(known -> endSessions(connection, person))
                  .map(Optional.of(person));
            });
  }

  /** Those of before, by a password, would not be asked for again. */
  private Future<Void> endSessions(SqlConnection connection, Person person) {
    if (groupRoles.none()) return Future.succeededFuture();
    return connection
        .preparedQuery(AccessQueries.DELETE_SESSIONS_OF)
        .execute(Tuple.of(person.id()))
        .mapEmpty();
  }

  private Future<Person> make(SqlConnection connection, Claims claims, Origin origin) {
    PersonDraft draft = new PersonDraft(claims.email(), claims.name());
    return connection
        .preparedQuery(AccessQueries.INSERT_PERSON)
        .execute(Tuple.of(draft.email(), draft.name(), null, SqlTime.now(clock)))
        .map(rows -> rows.iterator().next().getInteger("id"))
        .compose(id -> remember(connection, claims, id).map(id))
        .compose(
            id ->
                audit
                    .write(
                        connection,
                        AuditEntry.of(WHO, origin.of(id), null, "create person", draft.email())
                            .made(Map.of("email", draft.email(), "name", draft.name())))
                    .compose(done -> People.byId(connection, id)));
  }

  /** Whether the groups of the sign-in server say what this person may do. */
  static Future<Boolean> rules(SqlClient connection, SessionRules rules, int personId) {
    if (rules.rolesFrom() == null) return Future.succeededFuture(false);
    return connection
        .preparedQuery(OidcQueries.KNOWS)
        .execute(Tuple.of(personId, rules.rolesFrom()))
        .map(rows -> rows.iterator().next().getBoolean("there"));
  }

  private static Future<Void> remember(SqlConnection connection, Claims claims, int personId) {
    return connection
        .preparedQuery(OidcQueries.REMEMBER)
        .execute(Tuple.of(claims.issuer(), claims.subject(), personId))
        .mapEmpty();
  }

  private Future<Optional<Person>> withRoles(
      SqlConnection connection, Person person, Claims claims, Origin origin) {
    if (person.disabledAt() != null) {
      throw Refusal.of(Refusal.Kind.FORBIDDEN, "Your account at this Tagwarden is closed.");
    }
    if (groupRoles.none()) return Future.succeededFuture(Optional.of(person));
    return clients(connection)
        .compose(clients -> set(connection, person, wanted(claims, clients), origin))
        .compose(done -> People.byId(connection, person.id()))
        .map(
            now ->
                now.everywhere() == null && now.roles().isEmpty()
                    ? Optional.empty()
                    : Optional.of(now));
  }

  private static Future<Map<String, Integer>> clients(SqlConnection connection) {
    return connection
        .query(OidcQueries.CLIENTS)
        .execute()
        .map(
            rows -> {
              Map<String, Integer> ids = new HashMap<>();
              for (Row row : rows) ids.put(row.getString("name"), row.getInteger("id"));
              return ids;
            });
  }

  /** By client id; null for all clients. */
  private Map<@Nullable Integer, Role> wanted(Claims claims, Map<String, Integer> clients) {
    Map<@Nullable Integer, Role> wanted = new LinkedHashMap<>();
    groupRoles
        .of(claims.groups())
        .forEach(
            (client, role) -> {
              if (client.isEmpty()) wanted.put(null, role);
              else if (clients.containsKey(client.get())) {
                wanted.put(clients.get(client.get()), role);
              } else {
                LOG.warn("oidc.roles names the client \"{}\", which there is not", client.get());
              }
            });
    return wanted;
  }

  private Future<Void> set(
      SqlConnection connection, Person person, Map<@Nullable Integer, Role> wanted, Origin origin) {
    Map<@Nullable Integer, Role> held = new LinkedHashMap<>(person.roles());
    if (person.everywhere() != null) held.put(null, person.everywhere());
    Future<Void> set = Future.succeededFuture();
    for (Integer client : held.keySet()) {
      if (wanted.containsKey(client)) continue;
      set = set.compose(done -> change(connection, person, client, null, held, origin));
    }
    for (var entry : wanted.entrySet()) {
      if (entry.getValue() == held.get(entry.getKey())) continue;
      set =
          set.compose(
              done -> change(connection, person, entry.getKey(), entry.getValue(), held, origin));
    }
    return set;
  }

  private Future<Void> change(
      SqlConnection connection,
      Person person,
      @Nullable Integer client,
      @Nullable Role role,
      Map<@Nullable Integer, Role> held,
      Origin origin) {
    if (client != null || role == Role.ADMIN) {
      return write(connection, person, client, role, held.get(client), origin);
    }
    return Memberships.isLastAdmin(connection, person)
        .compose(
            last -> {
              if (!last) return write(connection, person, null, role, held.get(null), origin);
              LOG.warn("{} stays: the groups would leave no administrator", person.email());
              return Future.succeededFuture();
            });
  }

  private Future<Void> write(
      SqlConnection connection,
      Person person,
      @Nullable Integer client,
      @Nullable Role role,
      @Nullable Role before,
      Origin origin) {
    AuditEntry entry =
        AuditEntry.of(
                WHO,
                origin.of(person.id()),
                client,
                role == null ? "withdraw role" : "set role",
                person.email())
            .changed(
                before == null ? Map.of() : Map.of("role", before.word()),
                role == null ? Map.of() : Map.of("role", role.word()));
    return (role == null
            ? connection
                .preparedQuery(AccessQueries.WITHDRAW_ROLE)
                .execute(Tuple.of(person.id(), client))
            : People.role(connection, person, client, role))
        .compose(done -> audit.write(connection, entry));
  }
}
