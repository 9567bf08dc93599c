package org.tagwarden.collector.governance;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Occurrence;

/** Says what a draft matches of what runs today. */
public final class Previews {
  private static final String RUNNING =
      """
      SELECT s.id AS site_id, s.name, t.id AS tag_id, t.key, t.vendor, t.product, NULL AS url, NULL AS sha256
      FROM site s JOIN tag t ON t.site_id = s.id AND t.pages > 0
      WHERE s.client_id = $1 AND s.archived_at IS NULL
      UNION ALL
      SELECT s.id, s.name, t.id, t.key, t.vendor, t.product, r.url, encode(v.sha256, 'hex')
      FROM site s JOIN tag t ON t.site_id = s.id AND t.pages > 0
      JOIN site_script c ON c.tag_id = t.id AND c.last_seen >= t.last_seen - interval '1 day'
      JOIN script_version v ON v.id = c.script_id
      JOIN resource r ON r.id = c.resource_id
      WHERE s.client_id = $1 AND s.archived_at IS NULL
      ORDER BY 2, 6, 7 NULLS FIRST
      LIMIT 20000
      """;

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
    var running = running(draft.scope().clientId());
    var held = book.ofClient(draft.scope().clientId());
    return Future.all(running, held)
        .compose(
            all ->
                // Some ten thousand scripts against some hundred rules: not on the event loop.
                workers.executeBlocking(
                    () -> Preview.of(draft, running.result(), held.result(), clock.instant()),
                    false));
  }

  private Future<List<Preview.Running>> running(int clientId) {
    return database
        .pool()
        .preparedQuery(RUNNING)
        .execute(Tuple.of(clientId))
        .map(
            rows -> {
              List<Preview.Running> running = new ArrayList<>(rows.size());
              for (Row row : rows) running.add(one(row));
              return running;
            });
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
