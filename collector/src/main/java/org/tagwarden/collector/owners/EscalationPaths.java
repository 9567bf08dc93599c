package org.tagwarden.collector.owners;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.Versions;
import org.tagwarden.collector.site.Sites;

/** The escalation paths of clients, and of sites that have one of their own. */
public final class EscalationPaths {
  private final Database database;
  private final Sites sites;
  private final AuditLog audit;

  public EscalationPaths(Database database, Sites sites, AuditLog audit) {
    this.database = database;
    this.sites = sites;
    this.audit = audit;
  }

  /**
   * A path that is laid down.
   *
   * @param version grows with every change
   */
  public record Laid(EscalationPath path, int version) {}

  /** The one that holds for a site, its own or its client's; null when there is none. */
  public Future<@Nullable Laid> holding(Principal by, int siteId) {
    return sites
        .get(by, siteId)
        .compose(site -> database.pool().preparedQuery(OwnerQueries.PATH).execute(tuple(siteId)))
        .map(EscalationPaths::laid);
  }

  /** A client's, for its sites without one of their own; null when there is none. */
  public Future<@Nullable Laid> ofClient(Principal by, int clientId) {
    if (!by.readable().includes(clientId)) throw noSuchClient();
    return own(database.pool(), clientId, null);
  }

  private static Future<@Nullable Laid> own(
      SqlClient client, int clientId, @Nullable Integer siteId) {
    return client
        .preparedQuery(OwnerQueries.OWN_PATH)
        .execute(tuple(clientId, siteId))
        .map(EscalationPaths::laid);
  }

  /**
   * Lays down a client's path, or one of its sites; for approvers.
   *
   * @param seen the version that it is based upon, 0 for none; null: whatever is there
   */
  public Future<Void> set(Principal by, EscalationPath path, @Nullable Integer seen) {
    for (EscalationStep step : path.steps()) {
      if (step.who() == null && !OwnerDraft.EMAIL.matcher(step.contact()).matches())
        throw Refusal.invalid("steps", "\"" + step.contact() + "\" is no e-mail address.");
    }
    return allowed(by, path.clientId(), path.siteId())
        .compose(
            allowed ->
                database.inTransaction(
                    tx ->
                        own(tx, path.clientId(), path.siteId())
                            .compose(
                                before -> {
                                  Versions.check(seen, before == null ? 0 : before.version());
                                  return write(tx, by, path, before);
                                })));
  }

  private Future<Void> write(
      SqlConnection tx, Principal by, EscalationPath path, @Nullable Laid before) {
    AuditEntry entry =
        AuditEntry.of(by, path.clientId(), "set escalation path", where(path.siteId()));
    Severity always = path.alwaysFrom();
    return tx.preparedQuery(OwnerQueries.SET_PATH)
        .execute(
            tuple(
                path.clientId(),
                path.siteId(),
                path.hours().zone().getId(),
                path.hours().days().stream()
                    .map(day -> (short) day.getValue())
                    .sorted()
                    .toArray(Short[]::new),
                path.hours().from(),
                path.hours().until(),
                always == null ? null : always.name(),
                Responsibility.json(path.steps())))
        .compose(
            done ->
                audit.write(
                    tx, before == null ? entry.made(path) : entry.changed(before.path(), path)));
  }

  /**
   * Takes a path away; for approvers.
   *
   * @param seen the version that is meant; null: whatever is there
   */
  public Future<Void> remove(
      Principal by, int clientId, @Nullable Integer siteId, @Nullable Integer seen) {
    return allowed(by, clientId, siteId)
        .compose(
            allowed ->
                database.inTransaction(
                    tx ->
                        own(tx, clientId, siteId)
                            .compose(before -> remove(tx, by, clientId, siteId, seen, before))));
  }

  private Future<Void> remove(
      SqlConnection tx,
      Principal by,
      int clientId,
      @Nullable Integer siteId,
      @Nullable Integer seen,
      @Nullable Laid before) {
    if (before == null) throw Refusal.notFound("There is no such path.");
    Versions.check(seen, before.version());
    return tx.preparedQuery(OwnerQueries.REMOVE_PATH)
        .execute(tuple(clientId, siteId))
        .compose(
            done ->
                audit.write(
                    tx,
                    AuditEntry.of(by, clientId, "remove escalation path", where(siteId))
                        .gone(before.path())));
  }

  /** For approvers of the client; the site must be the client's. */
  private Future<Void> allowed(Principal by, int clientId, @Nullable Integer siteId) {
    if (!by.readable().includes(clientId)) throw noSuchClient();
    by.require(Role.APPROVER, clientId);
    if (siteId == null) return Future.succeededFuture();
    return sites
        .get(by, siteId)
        .map(
            site -> {
              if (site.clientId() != clientId)
                throw Refusal.notFound("There is no such site of this client.");
              return null;
            });
  }

  private static Refusal noSuchClient() {
    return Refusal.notFound("There is no such client.");
  }

  private static String where(@Nullable Integer siteId) {
    return siteId == null ? "of the client" : "of site " + siteId;
  }

  private static @Nullable Laid laid(RowSet<Row> rows) {
    if (rows.size() == 0) return null;
    Row row = rows.iterator().next();
    return new Laid(Responsibility.path(row), row.getInteger("version"));
  }
}
