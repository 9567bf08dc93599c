package org.tagwarden.collector.site;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/** Clients: made, renamed, listed, each as far as the principal may see. */
public final class Clients {
  private static final int LONGEST_NAME = 100;

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  public Clients(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** A new client; for administrators of everything. */
  public Future<Client> create(Principal by, String name) {
    by.requireEverywhere(Role.ADMIN);
    String checked = checked(name);
    return database.inTransaction(
        connection ->
            connection
                .preparedQuery(SiteQueries.INSERT_CLIENT)
                .execute(Tuple.of(checked, SqlTime.now(clock)))
                .map(rows -> unlessTaken(rows, checked))
                .compose(
                    client ->
                        audit
                            .write(
                                connection,
                                AuditEntry.of(by, client.id(), "create client", checked)
                                    .made(Map.of("name", checked)))
                            .map(client)));
  }

  /** Another name for a client. */
  public Future<Client> rename(Principal by, int id, String name) {
    return get(by, id)
        .compose(
            client -> {
              by.require(Role.ADMIN, id);
              String checked = checked(name);
              return database.inTransaction(
                  connection ->
                      connection
                          .preparedQuery(SiteQueries.RENAME_CLIENT)
                          .execute(Tuple.of(id, checked))
                          .map(rows -> unlessTaken(rows, checked))
                          .compose(
                              renamed ->
                                  audit
                                      .write(
                                          connection,
                                          AuditEntry.of(by, id, "rename client", checked)
                                              .changed(
                                                  Map.of("name", client.name()),
                                                  Map.of("name", checked)))
                                      .map(renamed)));
            });
  }

  /** The clients that the principal may read, by name. */
  public Future<List<Client>> list(Principal by) {
    return select(by, null);
  }

  /** One client; not found when the principal may not read it. */
  public Future<Client> get(Principal by, int id) {
    return select(by, id)
        .map(
            found -> {
              if (found.isEmpty()) throw Refusal.notFound("There is no client " + id + ".");
              return found.get(0);
            });
  }

  private Future<List<Client>> select(Principal by, @Nullable Integer id) {
    return database
        .pool()
        .preparedQuery(SiteQueries.CLIENTS)
        .execute(Tuple.of(by.readable().parameter(), id))
        .map(
            rows -> {
              List<Client> clients = new ArrayList<>();
              for (Row row : rows) clients.add(client(row));
              return clients;
            });
  }

  private static String checked(String name) {
    String stripped = name.strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST_NAME) {
      throw Refusal.invalid(
          "name", "Give the client a name of at most " + LONGEST_NAME + " characters.");
    }
    // It stands in mails.
    if (stripped.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.invalid("name", "Write the name on one line.");
    }
    return stripped;
  }

  private static Client unlessTaken(RowSet<Row> rows, String name) {
    if (rows.rowCount() == 1) return client(rows.iterator().next());
    throw Refusal.of(Refusal.Kind.CONFLICT, "There is already a client named \"" + name + "\".");
  }

  private static Client client(Row row) {
    return new Client(
        row.getInteger("id"), row.getString("name"), SqlTime.instant(row, "created_at"));
  }
}
