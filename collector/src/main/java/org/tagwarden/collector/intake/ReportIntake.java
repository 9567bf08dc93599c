package org.tagwarden.collector.intake;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.alerts.AlertOutbox;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.SiteScope;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ScanReport;

/**
 * From a scan report to stored facts. Each visit is one transaction and counts once, however often
 * it arrives; a visit that is half stored does not exist.
 */
public final class ReportIntake {
  /** A visit is tried so often when decisions or other writers come in between. */
  private static final int MOST_TRIES = 5;

  private static final Set<String> WORTH_ANOTHER_TRY = Set.of("40001", "40P01");

  private final Database database;
  private final DecisionBook decisions;
  private final StoredScripts scripts;
  private final ScriptTexts texts;
  private final VisitPreparation preparation;
  private final VisitStore store;
  private final Dictionaries words = new Dictionaries();
  private final WorkerExecutor workers;
  private final StateSweep sweep;

  public ReportIntake(
      Vertx vertx,
      Database database,
      Recogniser recogniser,
      DecisionBook decisions,
      FindingLedger findings,
      Clock clock) {
    this.database = database;
    this.decisions = decisions;
    this.scripts = new StoredScripts(database);
    this.texts = new ScriptTexts(database);
    this.preparation = new VisitPreparation(recogniser, scripts::body);
    this.store = new VisitStore(decisions, findings, new AlertOutbox(), clock);
    this.sweep = new StateSweep(findings, new AlertOutbox(), clock);
    int cores = Runtime.getRuntime().availableProcessors();
    this.workers = vertx.createSharedWorkerExecutor("intake", Math.max(1, cores));
  }

  /**
   * Stores the report's visits in their order. Is refused (not found) when the scan is not known
   * here; visits before the failing one stay stored, so that the report can be sent again.
   */
  public Future<IntakeResult> accept(ScanReport report, String scannerName) {
    return siteOf(report.scanId())
        .compose(
            site -> {
              List<UUID> stored = new ArrayList<>();
              List<UUID> known = new ArrayList<>();
              Future<Void> done = Future.succeededFuture();
              for (PageVisit visit : report.visits()) {
                done =
                    done.compose(before -> accept(site, report, visit, scannerName, 1))
                        .map(
                            fresh -> {
                              (fresh ? stored : known).add(visit.visitId());
                              return null;
                            });
              }
              return done.map(all -> new IntakeResult(stored, known));
            });
  }

  /** The job's scan is done: what the site's settings do not ask for any more is forgotten. */
  public Future<Void> scanDone(UUID jobId) {
    return sweep.afterScan(database, jobId);
  }

  private Future<Boolean> accept(
      ScannedSite site, ScanReport report, PageVisit visit, String scanner, int attempt) {
    return isKnown(visit.visitId())
        .compose(
            known ->
                known
                    ? Future.succeededFuture(false)
                    : prepare(site, report, visit).compose(ready -> store(site, ready, scanner)))
        .recover(
            failure ->
                attempt < MOST_TRIES && worthAnotherTry(failure)
                    ? accept(site, report, visit, scanner, attempt + 1)
                    : Future.failedFuture(failure));
  }

  private Future<PreparedVisit> prepare(ScannedSite site, ScanReport report, PageVisit visit) {
    Set<String> hashes = new HashSet<>();
    for (CapturedScript script : visit.scripts()) hashes.add(script.sha256());
    return Future.join(decisions.of(site.siteId()), scripts.stored(hashes), texts.read(hashes))
        .compose(
            read ->
                // Recognising, checking and compressing cost milliseconds: not on the event loop.
                workers.executeBlocking(
                    () ->
                        preparation.prepare(
                            site,
                            report,
                            visit,
                            read.resultAt(0),
                            read.resultAt(1),
                            read.resultAt(2)),
                    false));
  }

  private Future<Boolean> store(ScannedSite site, PreparedVisit visit, String scanner) {
    VisitStore.Kept kept = new VisitStore.Kept(scanner);
    return database
        .inTransaction(tx -> store.store(tx, site, visit, words, kept))
        .onSuccess(fresh -> kept.committed());
  }

  private Future<ScannedSite> siteOf(UUID scanId) {
    return database
        .pool()
        .preparedQuery(IntakeQueries.SITE_OF_SCAN)
        .execute(Tuple.of(scanId))
        .map(
            rows -> {
              if (rows.size() == 0) throw unknown(scanId);
              Row row = rows.iterator().next();
              SiteScope scope =
                  new SiteScope(
                      row.getString("base_url"), List.of(row.getArrayOfStrings("first_party")));
              return new ScannedSite(
                  scanId,
                  row.getInteger("id"),
                  scope,
                  row.getInteger("settle_ms"),
                  row.getBoolean("confirms"));
            });
  }

  private Future<Boolean> isKnown(UUID visitId) {
    return database
        .pool()
        .preparedQuery(IntakeQueries.IS_SEEN)
        .execute(Tuple.of(visitId))
        .map(rows -> rows.size() > 0);
  }

  /** A decision came in between, or PostgreSQL gave way to another transaction. */
  private static boolean worthAnotherTry(Throwable failure) {
    return failure instanceof StaleDecisionsException
        || (failure instanceof PgException e && WORTH_ANOTHER_TRY.contains(e.getSqlState()));
  }

  private static Refusal unknown(UUID scanId) {
    return Refusal.notFound(
        "There is no scan "
            + scanId
            + " here: its site was removed, or the report belongs to another server. It cannot be"
            + " stored.");
  }
}
