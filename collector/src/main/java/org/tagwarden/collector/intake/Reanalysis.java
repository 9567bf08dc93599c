package org.tagwarden.collector.intake;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.alerts.AlertOutbox;
import org.tagwarden.collector.changes.DecidedChanges;
import org.tagwarden.collector.changes.Voices;
import org.tagwarden.collector.checks.Examination;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SiteLock;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.findings.Judgement;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.governance.SiteDecisions;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.SiteScope;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.VisitOutcome;

/**
 * Judges what is stored by today's checks and decisions: after a check or an authorization was
 * changed, a site's findings follow without waiting for its next scan. Inventory and curves stay as
 * they were.
 */
public final class Reanalysis {
  private final Database database;
  private final StoredVisits visits;
  private final DecisionBook decisions;
  private final FindingLedger findings;
  private final DecidedChanges changes;
  private final Clock clock;
  private final VisitPreparation preparation;
  private final WorkerExecutor workers;
  private final AlertOutbox alerts = new AlertOutbox();

  public Reanalysis(
      Vertx vertx,
      Database database,
      Recogniser recogniser,
      DecisionBook decisions,
      FindingLedger findings,
      Clock clock) {
    this.database = database;
    this.visits = new StoredVisits(vertx, database);
    this.decisions = decisions;
    this.findings = findings;
    this.changes = new DecidedChanges(findings);
    this.clock = clock;
    this.preparation = new VisitPreparation(recogniser, new StoredScripts(database)::body);
    this.workers = vertx.createSharedWorkerExecutor("reanalysis", 1);
  }

  /** Judges the newest stored visit of every page's every state; answers how many were judged. */
  public Future<Integer> reanalyze(int siteId) {
    return reanalyze(siteId, null);
  }

  /**
   * Likewise, of the pages that carry one of these tags; each in a transaction of its own, so that
   * reports are not kept waiting.
   *
   * @param tagIds null for any
   */
  public Future<Integer> reanalyze(int siteId, Integer @Nullable [] tagIds) {
    Set<String> barred = new HashSet<>();
    return site(siteId)
        .compose(
            site ->
                database
                    .pool()
                    .preparedQuery(IntakeQueries.STATES_WITH_REPORT)
                    .execute(tuple(siteId, tagIds))
                    .compose(
                        pages -> {
                          Future<Integer> judged = Future.succeededFuture(0);
                          for (Row row : pages) {
                            State state =
                                new State(
                                    row.getInteger("page_id"),
                                    row.getInteger("state_id"),
                                    row.getUUID("visit_id"));
                            judged =
                                judged.compose(n -> judge(site, state, barred).map(m -> n + m));
                          }
                          return judged;
                        }))
        .compose(judged -> settle(siteId, tagIds, barred).map(judged));
  }

  /** Changes that were approved since are the new baseline. */
  private Future<Void> settle(int siteId, Integer @Nullable [] tagIds, Set<String> barred) {
    return database.inTransaction(
        tx ->
            SiteLock.take(tx, siteId)
                .compose(done -> changes.settle(tx, siteId, tagIds, barred, clock.instant()))
                .compose(
                    settled ->
                        settled.isEmpty()
                            ? Future.succeededFuture()
                            : alerts
                                .announce(tx, siteId, settled, clock.instant())
                                .compose(done -> findings.countOpen(tx, siteId, clock.instant()))));
  }

  /** A page as it was last seen in one way. */
  private record State(int pageId, int id, UUID visitId) {}

  /** One state; answers 1, or 0 when a newer visit or decision came in between. */
  private Future<Integer> judge(ScannedSite site, State state, Set<String> barred) {
    return visits
        .find(site.siteId(), state.visitId())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(0)
                    : decisions
                        .of(site.siteId())
                        .compose(made -> judge(site, state, found.get(), made, barred)));
  }

  private Future<Integer> judge(
      ScannedSite site, State state, PageVisit visit, SiteDecisions made, Set<String> barred) {
    Instant now = clock.instant();
    // By today's decisions; a clock that was set back since judges by the visit's day.
    Instant judgedAt = now.isBefore(visit.startedAt()) ? visit.startedAt() : now;
    return workers
        .executeBlocking(() -> preparation.judgeAgain(site, visit, made, judgedAt), false)
        .onSuccess(examination -> barred.addAll(DecidedChanges.barred(examination)))
        .compose(
            examination ->
                database.inTransaction(
                    tx ->
                        SiteLock.take(tx, site.siteId())
                            .compose(done -> isCurrent(tx, site, state, made))
                            .compose(
                                current ->
                                    current
                                        ? enter(tx, site, state, visit, examination, judgedAt)
                                            .map(1)
                                        : Future.succeededFuture(0))));
  }

  private Future<Boolean> isCurrent(
      SqlConnection tx, ScannedSite site, State state, SiteDecisions made) {
    return tx.preparedQuery(IntakeQueries.IS_STILL_NEWEST)
        .execute(Tuple.of(state.id(), state.visitId()))
        .compose(
            rows ->
                decisions
                    .version(tx, site.siteId())
                    .map(version -> rows.size() == 1 && version == made.version()));
  }

  private Future<Void> enter(
      SqlConnection tx,
      ScannedSite site,
      State state,
      PageVisit visit,
      Examination examination,
      Instant judgedAt) {
    return Future.all(tagIds(tx, site.siteId()), Voices.merged(tx, site.siteId(), examination))
        .compose(
            read ->
                findings.enter(
                    tx,
                    new Judgement(
                        site.siteId(),
                        state.pageId(),
                        state.id(),
                        visit.visitId(),
                        visit.startedAt(),
                        judgedAt,
                        read.resultAt(1),
                        read.resultAt(0),
                        visit.outcome() == VisitOutcome.COMPLETE,
                        null)))
        .compose(found -> alerts.announce(tx, site.siteId(), found, clock.instant()))
        .compose(done -> findings.countOpen(tx, site.siteId(), clock.instant()));
  }

  private static Future<Map<String, Integer>> tagIds(SqlConnection tx, int siteId) {
    return tx.preparedQuery(IntakeQueries.TAG_IDS)
        .execute(Tuple.of(siteId))
        .map(
            rows -> {
              Map<String, Integer> ids = new HashMap<>();
              for (Row row : rows) ids.put(row.getString("key"), row.getInteger("id"));
              return ids;
            });
  }

  private Future<ScannedSite> site(int siteId) {
    return database
        .pool()
        .preparedQuery(IntakeQueries.SITE)
        .execute(Tuple.of(siteId))
        .map(
            rows -> {
              if (rows.size() == 0) throw Refusal.notFound("There is no site " + siteId + ".");
              Row row = rows.iterator().next();
              SiteScope scope =
                  new SiteScope(
                      row.getString("base_url"), List.of(row.getArrayOfStrings("first_party")));
              return new ScannedSite(new UUID(0, 0), siteId, scope, null, false);
            });
  }
}
