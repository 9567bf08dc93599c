package org.tagwarden.collector.site;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
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
import org.tagwarden.report.Journey;

/** Sites: made, changed, archived, listed, each as far as the principal may see. */
public final class Sites {
  /** PostgreSQL's foreign_key_violation. */
  private static final String NO_SUCH_CLIENT = "23503";

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  public Sites(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** A new site of a client; for approvers. */
  public Future<Site> create(Principal by, int clientId, SiteDraft draft) {
    if (!by.readable().includes(clientId))
      throw Refusal.notFound("There is no client " + clientId + ".");
    by.require(Role.APPROVER, clientId);
    return database
        .inTransaction(
            connection ->
                insert(connection, clientId, draft)
                    .compose(
                        id ->
                            audit
                                .write(
                                    connection,
                                    AuditEntry.of(by, clientId, "create site", draft.name())
                                        .made(draft))
                                .map(id)))
        .compose(id -> get(by, id));
  }

  /** Changes what a person can change about a site; for approvers. */
  public Future<Site> update(Principal by, int id, SiteDraft draft) {
    return get(by, id)
        .compose(
            site -> {
              by.require(Role.APPROVER, site.clientId());
              return database.inTransaction(
                  connection ->
                      connection
                          .preparedQuery(SiteQueries.UPDATE_SITE)
                          .execute(values(draft, id, site.clientId()))
                          .map(rows -> unlessTaken(rows, draft.name()))
                          .compose(
                              updated ->
                                  audit.write(
                                      connection,
                                      AuditEntry.of(
                                              by, site.clientId(), "change site", draft.name())
                                          .changed(site.draft(), draft))));
            })
        .compose(done -> get(by, id));
  }

  /** Takes a site off the lists and out of the schedules; what was seen is kept. */
  public Future<Site> archive(Principal by, int id) {
    return setArchived(by, id, true);
  }

  /** Brings an archived site back. */
  public Future<Site> restore(Principal by, int id) {
    return setArchived(by, id, false);
  }

  private Future<Site> setArchived(Principal by, int id, boolean archived) {
    return get(by, id)
        .compose(
            site -> {
              by.require(Role.APPROVER, site.clientId());
              return database.inTransaction(
                  connection ->
                      connection
                          .preparedQuery(SiteQueries.ARCHIVE_SITE)
                          .execute(Tuple.of(id, archived ? SqlTime.now(clock) : null))
                          .compose(
                              rows ->
                                  audit.write(
                                      connection,
                                      AuditEntry.of(
                                              by,
                                              site.clientId(),
                                              archived ? "archive site" : "restore site",
                                              site.name())
                                          .changed(
                                              Map.of("archived", site.archivedAt() != null),
                                              Map.of("archived", archived)))));
            })
        .compose(done -> get(by, id));
  }

  /** The sites that the principal may read, by client and name, without archived ones. */
  public Future<List<Site>> list(Principal by) {
    return select(by, null, false);
  }

  /** One site, also an archived one; not found when the principal may not read it. */
  public Future<Site> get(Principal by, int id) {
    return select(by, id, true)
        .map(
            found -> {
              if (found.isEmpty()) throw Refusal.notFound("There is no site " + id + ".");
              return found.get(0);
            });
  }

  /** As {@link #get}, and the role is held for the site's client. */
  public Future<Site> get(Principal by, int id, Role needed) {
    return get(by, id)
        .map(
            site -> {
              by.require(needed, site.clientId());
              return site;
            });
  }

  private Future<List<Site>> select(Principal by, @Nullable Integer id, boolean archived) {
    return database
        .pool()
        .preparedQuery(SiteQueries.SITES)
        .execute(Tuple.of(by.readable().parameter(), id, archived))
        .map(
            rows -> {
              List<Site> sites = new ArrayList<>();
              for (Row row : rows) sites.add(SiteRow.site(row));
              return sites;
            });
  }

  private Future<Integer> insert(SqlConnection connection, int clientId, SiteDraft draft) {
    Tuple values = values(draft, clientId);
    values.addValue(SqlTime.now(clock));
    return connection
        .preparedQuery(SiteQueries.INSERT_SITE)
        .execute(values)
        .map(rows -> unlessTaken(rows, draft.name()))
        .recover(
            e ->
                e instanceof PgException refused && NO_SUCH_CLIENT.equals(refused.getSqlState())
                    ? Future.failedFuture(Refusal.notFound("There is no client " + clientId + "."))
                    : Future.failedFuture(e));
  }

  /** The leading values, then the draft's columns in the order of the statements. */
  private static Tuple values(SiteDraft draft, Object... leading) {
    Tuple tuple = Tuple.tuple();
    Journey signIn = draft.steps().readSignIn();
    for (Object value : leading) tuple.addValue(value);
    return tuple
        .addValue(draft.name())
        .addValue(draft.baseUrl())
        .addValue(draft.firstParty().toArray(String[]::new))
        .addValue(draft.pages().kind().name())
        .addValue(draft.pages().urls().toArray(String[]::new))
        .addValue(draft.pages().limit())
        .addValue(SiteRow.toJson(draft.pages().rules()))
        .addValue(SiteRow.toJson(draft.options()))
        .addValue(draft.automaticSettle())
        .addValue(draft.steps().consentRecipe())
        .addValue(draft.steps().journeys())
        .addValue(draft.steps().signIn())
        .addValue(SiteRow.toJson(draft.steps().readJourneys()))
        .addValue(signIn == null ? null : SiteRow.toJson(signIn))
        .addValue(draft.lighthouse())
        .addValue(draft.alertEmails().toArray(String[]::new));
  }

  private static int unlessTaken(RowSet<Row> rows, String name) {
    if (rows.rowCount() == 1) return rows.iterator().next().getInteger("id");
    throw Refusal.of(
        Refusal.Kind.CONFLICT, "This client has already a site named \"" + name + "\".");
  }
}
