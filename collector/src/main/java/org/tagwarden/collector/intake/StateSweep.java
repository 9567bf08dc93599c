package org.tagwarden.collector.intake;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.alerts.AlertOutbox;
import org.tagwarden.collector.changes.LeftPages;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SiteLock;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.inventory.StateRetirement;

/**
 * Forgets in which ways pages were seen that are watched no more, with what failed in them alone: a
 * consent state or a journey that the settings do not name any more, a journey's page that is
 * another one now (an order's number in its address), a page that scans do not reach any more.
 */
final class StateSweep {
  private static final Logger LOG = LoggerFactory.getLogger(StateSweep.class);

  private static final String NOT_ASKED_FOR =
      "It showed only in a consent state or on a journey that the site's settings do not name any more.";
  private static final String NOT_LISTED =
      "It showed only on pages that were taken off the site's list.";
  private static final String LEFT =
      "It showed only on pages that no scan visits any more; nobody looked whether it is gone there.";
  private static final String ANOTHER_PAGE = "The journey leads to another page now.";

  private final FindingLedger findings;
  private final AlertOutbox alerts;
  private final Clock clock;

  StateSweep(FindingLedger findings, AlertOutbox alerts, Clock clock) {
    this.findings = findings;
    this.alerts = alerts;
    this.clock = clock;
  }

  /** The journey leads here now: the pages that stood in this one's place are forgotten. */
  Future<Void> afterJourneyPage(SqlConnection tx, int siteId, int stateId, Instant at) {
    return tx.preparedQuery(IntakeQueries.LEFT_BY_JOURNEY)
        .execute(tuple(stateId))
        .compose(rows -> forget(tx, siteId, rows, ANOTHER_PAGE, at));
  }

  /** A scan is done: what the settings do not ask for any more is forgotten. */
  Future<Void> afterScan(Database database, UUID jobId) {
    return database.inTransaction(
        tx ->
            tx.preparedQuery(IntakeQueries.SITE_OF_JOB)
                .execute(tuple(jobId))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture()
                            : sweep(tx, rows.iterator().next().getInteger("site_id"))));
  }

  private Future<Void> sweep(SqlConnection tx, int siteId) {
    Instant now = clock.instant();
    return SiteLock.take(tx, siteId)
        .compose(done -> tx.preparedQuery(IntakeQueries.NOT_WATCHED).execute(tuple(siteId)))
        .compose(rows -> forget(tx, siteId, rows, NOT_ASKED_FOR, now))
        .compose(done -> tx.preparedQuery(IntakeQueries.NOT_LISTED).execute(tuple(siteId)))
        .compose(rows -> forget(tx, siteId, rows, NOT_LISTED, now))
        .compose(done -> LeftPages.since(tx, siteId, now))
        .compose(since -> since == null ? Future.succeededFuture() : left(tx, siteId, since, now));
  }

  private Future<Void> left(SqlConnection tx, int siteId, Instant since, Instant now) {
    return tx.preparedQuery(IntakeQueries.LEFT)
        .execute(tuple(siteId, SqlTime.of(since)))
        .compose(rows -> forget(tx, siteId, rows, LEFT, now))
        .compose(done -> LeftPages.forget(tx, siteId, since, now))
        .mapEmpty();
  }

  private Future<Void> forget(
      SqlConnection tx, int siteId, RowSet<Row> rows, String reason, Instant at) {
    if (rows.size() == 0) return Future.succeededFuture();
    List<Integer> ids = new ArrayList<>();
    for (Row row : rows) ids.add(row.getInteger("id"));
    Integer[] states = ids.toArray(Integer[]::new);
    LOG.info("Site {}: {} states of pages are watched no more", siteId, states.length);
    return findings
        .retire(tx, siteId, states, reason, at)
        .compose(changes -> alerts.announce(tx, siteId, changes, clock.instant()))
        .compose(done -> StateRetirement.forget(tx, siteId, states))
        .compose(done -> findings.countOpen(tx, siteId, at));
  }
}
