package org.tagwarden.collector.intake;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Optional;
import java.util.UUID;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.SiteScope;
import org.tagwarden.report.PageVisit;

/** Stored visits, recognised by today's catalogue: for pages that show who did what. */
public final class RecognisedVisits {
  private static final int WORKERS = 2;

  private final StoredVisits visits;
  private final Recogniser recogniser;
  private final StoredScripts scripts;
  private final WorkerExecutor workers;

  public RecognisedVisits(
      Vertx vertx, Database database, StoredVisits visits, Recogniser recogniser) {
    this.visits = visits;
    this.recogniser = recogniser;
    this.scripts = new StoredScripts(database);
    this.workers = vertx.createSharedWorkerExecutor("recognised-visits", WORKERS);
  }

  /** One visit; empty when it is not kept any more. */
  public Future<Optional<RecognisedVisit>> find(int siteId, UUID visitId, SiteScope scope) {
    return visits.find(siteId, visitId).compose(found -> recognise(found, scope));
  }

  /** The newest visit that saw the tag; empty when none is kept. */
  public Future<Optional<RecognisedVisit>> newestWithTag(int siteId, int tagId, SiteScope scope) {
    return visits.newestWithTag(siteId, tagId).compose(found -> recognise(found, scope));
  }

  private Future<Optional<RecognisedVisit>> recognise(Optional<PageVisit> found, SiteScope scope) {
    if (found.isEmpty()) return Future.succeededFuture(Optional.empty());
    PageVisit visit = found.get();
    // Recognising costs milliseconds and may ask for a script's text: not on the event loop.
    return workers.executeBlocking(
        () ->
            Optional.of(
                new RecognisedVisit(visit, recogniser.recognise(visit, scope, scripts::body))),
        false);
  }
}
