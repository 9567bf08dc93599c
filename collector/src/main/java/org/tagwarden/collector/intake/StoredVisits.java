package org.tagwarden.collector.intake;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import org.tagwarden.collector.db.Blobs;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;

/** Visits as they arrived, for as long as they are kept: the evidence behind every figure. */
public final class StoredVisits {
  private static final int READERS = 2;

  private final Database database;
  private final WorkerExecutor workers;

  public StoredVisits(Vertx vertx, Database database) {
    this.database = database;
    this.workers = vertx.createSharedWorkerExecutor("stored-visits", READERS);
  }

  /** One visit; empty when it is not kept any more. */
  public Future<Optional<PageVisit>> find(int siteId, UUID visitId) {
    return report(siteId, visitId).map(report -> report.map(one -> one.visits().get(0)));
  }

  /** The newest visit that saw the tag; empty when none is kept. */
  public Future<Optional<PageVisit>> newestWithTag(int siteId, int tagId) {
    return database
        .pool()
        .preparedQuery(IntakeQueries.NEWEST_REPORT_WITH_TAG)
        .execute(Tuple.of(siteId, tagId))
        .compose(this::read)
        .map(report -> report.map(one -> one.visits().get(0)));
  }

  /** A screenshot that this visit of this site shows; empty when there is none (any more). */
  public Future<Optional<StoredImage>> image(int siteId, UUID visitId, String sha256) {
    return database
        .pool()
        .preparedQuery(IntakeQueries.IMAGE)
        .execute(Tuple.of(siteId, SqlValues.bytes(sha256), visitId))
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              Row row = rows.iterator().next();
              return Optional.of(
                  new StoredImage(row.getString("mime_type"), row.getBuffer("image")));
            });
  }

  Future<Optional<ScanReport>> report(int siteId, UUID visitId) {
    return database
        .pool()
        .preparedQuery(IntakeQueries.REPORT_OF_VISIT)
        .execute(Tuple.of(siteId, visitId))
        .compose(this::read);
  }

  private Future<Optional<ScanReport>> read(RowSet<Row> rows) {
    if (rows.size() == 0) return Future.succeededFuture(Optional.empty());
    Buffer blob = rows.iterator().next().getBuffer("report");
    // Decompressing and parsing cost milliseconds: not on the event loop.
    return workers.executeBlocking(
        () -> Optional.of(ReportCodec.readReport(Blobs.unpack(blob))), false);
  }
}
