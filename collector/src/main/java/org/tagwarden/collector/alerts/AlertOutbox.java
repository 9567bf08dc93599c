package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.alerts.email.EmailChannel;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.FindingChange;

/**
 * Puts alerts down in the transaction that changed the finding; {@link AlertLoop} sends them. So a
 * change is never told that did not happen, and none that happened is forgotten.
 */
public final class AlertOutbox {
  private static final Logger LOG = LoggerFactory.getLogger(AlertOutbox.class);

  /** Makes an alert per recipient for each change that {@link AlertRule} picks. */
  public Future<Void> announce(
      SqlConnection tx, int siteId, List<FindingChange> changes, Instant now) {
    Long[] ids =
        changes.stream()
            .filter(AlertRule::isWorthAMessage)
            .map(FindingChange::id)
            .toArray(Long[]::new);
    if (ids.length == 0) return Future.succeededFuture();
    return tx.preparedQuery(AlertQueries.ANNOUNCE)
        .execute(
            tuple(
                siteId,
                ids,
                EmailChannel.ID,
                SqlTime.of(now),
                SqlTime.of(now.minus(AlertRule.SILENCE))))
        .map(
            rows -> {
              LOG.info("Site {}: {} alerts for {} changes", siteId, rows.rowCount(), ids.length);
              return null;
            });
  }
}
