package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/**
 * Tells the people of the rules when a mute is over and its finding is still open, once, and begins
 * its path again. Noting and telling are one transaction.
 */
final class MuteEnds {
  private static final Logger LOG = LoggerFactory.getLogger(MuteEnds.class);

  private final Database database;
  private final AlertOutbox outbox = new AlertOutbox();
  private final Clock clock;

  MuteEnds(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Tells of every mute that is over; answers of how many. */
  Future<Integer> tell() {
    return tell(0);
  }

  private Future<Integer> tell(int before) {
    return database
        .inTransaction(this::site)
        .compose(ended -> ended == 0 ? Future.succeededFuture(before) : tell(before + ended));
  }

  /** Those of one site, so that they are one message. */
  private Future<Integer> site(SqlConnection tx) {
    Instant now = clock.instant();
    return tx.preparedQuery(CareQueries.ENDED)
        .execute(tuple(SqlTime.of(now)))
        .compose(rows -> tell(tx, rows, now).map(rows.rowCount()));
  }

  private Future<Void> tell(SqlConnection tx, RowSet<Row> rows, Instant now) {
    List<Long> changes = new ArrayList<>();
    Set<Integer> cared = new HashSet<>();
    int siteId = 0;
    for (Row row : rows) {
      siteId = row.getInteger("site_id");
      Long change = row.getLong("change_id");
      if (!row.getBoolean("held") || change == null) continue;
      changes.add(change);
      if (row.getBoolean("acknowledged")) cared.add(row.getInteger("finding_id"));
    }
    if (changes.isEmpty()) return Future.succeededFuture();
    LOG.info("Site {}: {} mutes are over, their findings still open", siteId, changes.size());
    return outbox.unmute(tx, siteId, changes, cared, now);
  }
}
