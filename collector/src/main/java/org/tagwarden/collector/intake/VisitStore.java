package org.tagwarden.collector.intake;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.alerts.AlertOutbox;
import org.tagwarden.collector.changes.ChangeWatch;
import org.tagwarden.collector.changes.Confirmations;
import org.tagwarden.collector.changes.Voices;
import org.tagwarden.collector.checks.Examination;
import org.tagwarden.collector.db.SiteLock;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.FindingChange;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.findings.Judgement;
import org.tagwarden.collector.findings.Watch;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.inventory.InventoryUpdate;
import org.tagwarden.report.PageVisit;

/** The transaction of intake: a visit is stored with all that follows from it, or not at all. */
final class VisitStore {
  private final DecisionBook decisions;
  private final FindingLedger findings;
  private final AlertOutbox alerts;
  private final Clock clock;
  private final InventoryUpdate inventory = new InventoryUpdate();
  private final StateSweep retirement;
  private final ChangeWatch changes;
  private final Confirmations confirmations = new Confirmations();

  VisitStore(DecisionBook decisions, FindingLedger findings, AlertOutbox alerts, Clock clock) {
    this.decisions = decisions;
    this.findings = findings;
    this.alerts = alerts;
    this.clock = clock;
    this.retirement = new StateSweep(findings, alerts, clock);
    this.changes = new ChangeWatch(findings);
  }

  /**
   * Stores the visit in the caller's transaction; answers false when it is stored already. Fails
   * with {@link StaleDecisionsException} when it has to be judged again.
   */
  Future<Boolean> store(
      SqlConnection tx, ScannedSite site, PreparedVisit visit, Dictionaries words, Kept kept) {
    Instant now = clock.instant();
    return SiteLock.take(tx, site.siteId())
        .compose(done -> markSeen(tx, site, visit.visit(), now))
        .compose(
            first ->
                first
                    ? sameDecisions(tx, site, visit)
                        .compose(done -> words.learn(tx, visit, now))
                        .compose(numbers -> storeNew(tx, site, visit, numbers, kept))
                        .map(true)
                    : Future.succeededFuture(false));
  }

  /** What the caller needs after the commit. */
  static final class Kept {
    private Dictionaries.@Nullable Learned numbers;
    private final String scanner;

    Kept(String scanner) {
      this.scanner = scanner;
    }

    void committed() {
      if (numbers != null) numbers.remember();
    }
  }

  private Future<Void> storeNew(
      SqlConnection tx,
      ScannedSite site,
      PreparedVisit visit,
      Dictionaries.Learned numbers,
      Kept kept) {
    kept.numbers = numbers;
    VisitRow figures = new VisitRow(visit, numbers);
    return page(tx, site, visit)
        .compose(
            page ->
                conclude(tx, site, visit, figures, page)
                    .compose(
                        tagIds ->
                            tx.preparedQuery(IntakeQueries.VISIT)
                                .execute(figures.row(site, page, tagIds, kept.scanner))))
        .compose(done -> report(tx, site, visit))
        .compose(done -> VisitImages.store(tx, site, visit))
        .compose(done -> countVisit(tx, site, visit.visit()));
  }

  /** What follows from a visit; nothing does from one that failed or was challenged. */
  private Future<Map<String, Integer>> conclude(
      SqlConnection tx, ScannedSite site, PreparedVisit visit, VisitRow figures, int page) {
    if (!visit.judged()) return Future.succeededFuture(Map.of());
    if (site.confirms()) return probe(tx, site, visit);
    return inventory
        .apply(tx, figures.sighting(site.siteId(), page))
        .compose(outcome -> judge(tx, site, visit, page, outcome).map(outcome.tagIds()));
  }

  /** It looks again at something else, as somebody else: it is no state of the page. */
  private Future<Map<String, Integer>> probe(
      SqlConnection tx, ScannedSite site, PreparedVisit visit) {
    Instant now = clock.instant();
    return confirmations
        .probe(tx, site.siteId(), visit.visit(), visit.examination(), visit.changes().seen(), now)
        .compose(changes -> alerts.announce(tx, site.siteId(), changes, now))
        .map(Map.of());
  }

  private Future<Void> judge(
      SqlConnection tx,
      ScannedSite site,
      PreparedVisit visit,
      int page,
      InventoryUpdate.Outcome outcome) {
    Instant at = visit.visit().startedAt();
    return compare(tx, site, visit, page, outcome)
        .compose(
            compared ->
                findings
                    .enter(tx, judgement(site, visit, page, outcome, compared))
                    .compose(
                        changes ->
                            confirmations.hold(
                                tx,
                                site.siteId(),
                                visit.visit(),
                                compared.examination(),
                                changes,
                                clock.instant()))
                    .map(
                        told ->
                            Stream.concat(compared.accepted().stream(), told.stream()).toList()))
        .compose(changes -> alerts.announce(tx, site.siteId(), changes, clock.instant()))
        .compose(
            done ->
                outcome.newest()
                    ? retirement.afterJourneyPage(tx, site.siteId(), outcome.stateId(), at)
                    : Future.succeededFuture())
        .compose(
            done ->
                outcome.newest()
                    ? findings.countOpen(tx, site.siteId(), at)
                    : Future.succeededFuture());
  }

  /** What changed since the last visit; a late report says nothing about that. */
  private Future<Compared> compare(
      SqlConnection tx,
      ScannedSite site,
      PreparedVisit visit,
      int page,
      InventoryUpdate.Outcome outcome) {
    if (!outcome.newest()) {
      return Voices.merged(tx, site.siteId(), visit.examination())
          .map(told -> new Compared(told, null, List.of()));
    }
    return ScriptTexts.add(tx, visit.changes().readTexts())
        .compose(
            done ->
                changes.look(
                    tx,
                    new ChangeWatch.Look(
                        site.siteId(),
                        page,
                        outcome.whole(),
                        visit.visit(),
                        visit.changes().seen(),
                        visit.examination(),
                        visit.changes().approved())))
        .compose(
            seen ->
                Voices.merged(tx, site.siteId(), seen.examination())
                    .map(told -> new Compared(told, seen.watch(), seen.accepted())));
  }

  private record Compared(
      Examination examination, @Nullable Watch watch, List<FindingChange> accepted) {}

  private static Judgement judgement(
      ScannedSite site,
      PreparedVisit visit,
      int page,
      InventoryUpdate.Outcome outcome,
      Compared compared) {
    return new Judgement(
        site.siteId(),
        page,
        outcome.stateId(),
        visit.visit().visitId(),
        visit.visit().startedAt(),
        visit.visit().startedAt(),
        compared.examination(),
        outcome.tagIds(),
        outcome.newest() && outcome.whole(),
        compared.watch());
  }

  private static Future<Boolean> markSeen(
      SqlConnection tx, ScannedSite site, PageVisit visit, Instant now) {
    return tx.preparedQuery(IntakeQueries.MARK_SEEN)
        .execute(tuple(visit.visitId(), site.siteId(), SqlTime.of(now)))
        .map(rows -> rows.size() == 1);
  }

  private Future<Void> sameDecisions(SqlConnection tx, ScannedSite site, PreparedVisit visit) {
    return decisions
        .version(tx, site.siteId())
        .map(
            version -> {
              if (version != visit.decisionsVersion()) throw new StaleDecisionsException();
              return null;
            });
  }

  private static Future<Integer> page(SqlConnection tx, ScannedSite site, PreparedVisit visit) {
    return tx.preparedQuery(IntakeQueries.PAGE)
        .execute(tuple(site.siteId(), visit.page(), SqlTime.of(visit.visit().startedAt())))
        .map(rows -> rows.iterator().next().getInteger("id"));
  }

  private static Future<Void> report(SqlConnection tx, ScannedSite site, PreparedVisit visit) {
    return tx.preparedQuery(IntakeQueries.REPORT)
        .execute(
            tuple(
                site.siteId(),
                visit.visit().visitId(),
                SqlTime.of(visit.visit().startedAt()),
                visit.blob()))
        .mapEmpty();
  }

  private static Future<Void> countVisit(SqlConnection tx, ScannedSite site, PageVisit visit) {
    int failed = PreparedVisit.isResult(visit) ? 0 : 1;
    return tx.preparedQuery(IntakeQueries.COUNT_VISIT)
        .execute(tuple(site.scanId(), failed))
        .mapEmpty();
  }
}
