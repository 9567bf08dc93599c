package org.tagwarden.collector.governance;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.ClientScope;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Occurrence;

/** Says what a draft matches of what runs today. */
public final class Previews {
  /** So many tags and scripts are looked at; a client has some thousands. */
  private static final int MOST = 20_000;

  /** $1 clients, or null for all. */
  private static final String RUNNING =
      """
      SELECT s.id AS site_id, s.client_id, s.name, t.id AS tag_id, t.key, t.vendor, t.product, NULL AS url, NULL AS sha256
      FROM site s JOIN tag t ON t.site_id = s.id AND t.pages > 0
      WHERE ($1::int[] IS NULL OR s.client_id = ANY ($1)) AND s.archived_at IS NULL
      UNION ALL
      SELECT s.id, s.client_id, s.name, t.id, t.key, t.vendor, t.product, r.url, encode(v.sha256, 'hex')
      FROM site s JOIN tag t ON t.site_id = s.id AND t.pages > 0
      JOIN site_script c ON c.tag_id = t.id AND c.last_seen >= t.last_seen - interval '1 day'
      JOIN script_version v ON v.id = c.script_id
      JOIN resource r ON r.id = c.resource_id
      WHERE ($1::int[] IS NULL OR s.client_id = ANY ($1)) AND s.archived_at IS NULL
      ORDER BY 3, 7, 8 NULLS FIRST
      LIMIT\s"""
          + MOST;

  private final Database database;
  private final AuthorizationBook book;
  private final Clock clock;
  private final WorkerExecutor workers;

  public Previews(Vertx vertx, Database database, AuthorizationBook book, Clock clock) {
    this.database = database;
    this.book = book;
    this.clock = clock;
    this.workers = vertx.createSharedWorkerExecutor("previews", 1);
  }

  /** What the draft would be about, on the sites of its client. */
  public Future<Preview> of(AuthorizationDraft draft) {
    var running = rows(new Integer[] {draft.scope().clientId()}).map(Previews::running);
    var held = book.ofClient(draft.scope().clientId());
    return Future.all(running, held)
        .compose(
            all ->
                // Some ten thousand scripts against some hundred rules: not on the event loop.
                workers.executeBlocking(
                    () -> Preview.of(draft, running.result(), held.result(), clock.instant()),
                    false));
  }

  /**
   * How far each of these goes today, by id. Empty when more runs than is looked at: then nobody
   * can tell.
   */
  public Future<Map<Integer, Reach>> reaches(ClientScope scope, List<Authorization> all) {
    return rows(scope.parameter())
        .compose(
            rows -> {
              if (rows.size() >= MOST) return Future.succeededFuture(Map.of());
              Map<Integer, Integer> clients = new HashMap<>();
              for (Row row : rows)
                clients.put(row.getInteger("site_id"), row.getInteger("client_id"));
              List<Preview.Running> running = running(rows);
              return workers.executeBlocking(
                  () -> Reach.of(all, clients, running, clock.instant()), false);
            });
  }

  private Future<RowSet<Row>> rows(@Nullable Object clients) {
    return database.pool().preparedQuery(RUNNING).execute(SqlValues.tuple(clients));
  }

  private static List<Preview.Running> running(RowSet<Row> rows) {
    List<Preview.Running> running = new ArrayList<>(rows.size());
    for (Row row : rows) running.add(one(row));
    return running;
  }

  private static Preview.Running one(Row row) {
    return new Preview.Running(
        row.getInteger("site_id"),
        row.getString("name"),
        row.getInteger("tag_id"),
        row.getString("product"),
        new Occurrence(
            row.getString("vendor"),
            row.getString("key"),
            row.getString("url"),
            row.getString("sha256")));
  }
}
