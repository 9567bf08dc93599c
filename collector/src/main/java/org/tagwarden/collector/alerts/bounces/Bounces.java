package org.tagwarden.collector.alerts.bounces;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.bounces.DeliveryReport.Failure;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.owners.OrphanWatch;

/** Contacts whom mails do not reach: marked by what came back, cleared by people. */
public final class Bounces {
  private static final Logger LOG = LoggerFactory.getLogger(Bounces.class);

  private final Database database;
  private final ReturnAddress returns;
  private final OrphanWatch watch;
  private final AuditLog audit;
  private final Clock clock;

  public Bounces(
      Database database, ReturnAddress returns, OrphanWatch watch, AuditLog audit, Clock clock) {
    this.database = database;
    this.returns = returns;
    this.watch = watch;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A marked address.
   *
   * @param clients who relies on it, by name; "" for people of all clients
   * @param mayClear whether the one who asks may say that it works
   */
  public record Contact(
      String email, Instant at, String reason, String clients, boolean mayClear) {}

  /**
   * Takes down what a report says; answers whether a contact was marked. What is about none of our
   * messages is nobody's business: anybody can write such a mail.
   */
  Future<Boolean> note(DeliveryReport report) {
    Optional<Failure> failure = report.failure();
    if (failure.isEmpty()) return Future.succeededFuture(false);
    return message(report)
        .compose(
            rows -> {
              if (rows.size() == 0) return Future.succeededFuture(false);
              Row message = rows.iterator().next();
              String email = message.getString("email");
              return database
                  .inTransaction(tx -> note(tx, message.getLong("id"), email, failure.get()))
                  .compose(
                      done ->
                          failure.get().isPermanent()
                              ? look(email).map(true)
                              : Future.succeededFuture(false));
            });
  }

  private Future<RowSet<Row>> message(DeliveryReport report) {
    OptionalLong named = returns.find(report.addressed());
    if (named.isPresent())
      return database.pool().preparedQuery(BounceQueries.BY_ID).execute(tuple(named.getAsLong()));
    String id = report.messageId();
    return database
        .pool()
        .preparedQuery(BounceQueries.BY_MESSAGE_ID)
        .execute(tuple(id == null ? "" : id));
  }

  private Future<Void> note(SqlConnection tx, long alertId, String email, Failure failure) {
    LOG.info("Alert {} to {} came back: {}", alertId, email, failure.status());
    return tx.preparedQuery(BounceQueries.CAME_BACK)
        .execute(tuple(alertId, failure.sentence()))
        .compose(
            done ->
                failure.isPermanent()
                    ? tx.preparedQuery(BounceQueries.MARK)
                        .execute(tuple(email, SqlTime.now(clock), failure.sentence()))
                        .mapEmpty()
                    : Future.succeededFuture());
  }

  /** Its sites hear of it at once. */
  private Future<Void> look(String email) {
    return database
        .pool()
        .preparedQuery(BounceQueries.SITES)
        .execute(tuple(email))
        .compose(
            rows -> {
              Future<Void> done = Future.succeededFuture();
              for (Row row : rows) {
                int site = row.getInteger("id");
                done = done.compose(before -> watch.look(site));
              }
              return done;
            });
  }

  /** The marked addresses on which clients rely that the principal may read. */
  public Future<List<Contact>> list(Principal by) {
    return database
        .pool()
        .preparedQuery(BounceQueries.LIST)
        .execute(tuple(by.readable().parameter(), by.scope(Role.ADMIN).parameter()))
        .map(
            rows -> {
              List<Contact> contacts = new ArrayList<>();
              for (Row row : rows) {
                contacts.add(
                    new Contact(
                        row.getString("email"),
                        SqlTime.instant(row, "at"),
                        row.getString("reason"),
                        row.getString("clients"),
                        row.getBoolean("may_clear")));
              }
              return contacts;
            });
  }

  /** Takes the mark away: somebody knows that the address works; for administrators. */
  public Future<Void> clear(Principal by, String email) {
    return database
        .inTransaction(
            tx ->
                tx.preparedQuery(BounceQueries.CLEAR)
                    .execute(tuple(email, by.scope(Role.ADMIN).parameter()))
                    .compose(
                        rows ->
                            audit.write(
                                tx,
                                rows,
                                Refusal.invalid(
                                    "email", "No such address is marked: reload the page."),
                                row ->
                                    AuditEntry.of(
                                            by,
                                            row.getInteger("client_id"),
                                            "say that an address works",
                                            row.getString("email"))
                                        .gone(Map.of("reason", row.getString("reason"))))))
        .compose(done -> look(email));
  }
}
