package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Examination;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.FindingChange;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.findings.Watch;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.VisitOutcome;

/**
 * Compares a visit with what its site is known to hold, in intake's transaction: counts it, judges
 * what is unknown, writes the log, and answers the findings that follow. Called for a page's newest
 * visits only, under the site's lock.
 */
public final class ChangeWatch {
  /**
   * So many whole visits long a page is learned: what fires on one load of five shows up in these
   * with 95 %.
   */
  public static final int LEARNING_VISITS = 14;

  /** A script with so many texts in a month changes often: another one is no news. */
  public static final int OFTEN = 4;

  /** What the log of changes says of it. */
  public static final String OFTEN_CHANGED = "This script changes often.";

  private static final Duration DAY = Duration.ofHours(20);
  private static final String LEARNED =
      "This script turned out to change often; from now on only what it newly does is told.";

  private final FindingLedger findings;
  private final DecidedChanges decided;

  public ChangeWatch(FindingLedger findings) {
    this.findings = findings;
    this.decided = new DecidedChanges(findings);
  }

  /**
   * What is looked at.
   *
   * @param approved whether the tag with that key was approved when the visit was examined
   */
  public record Look(
      int siteId,
      int pageId,
      boolean whole,
      PageVisit visit,
      VisitTraitList seen,
      Examination examination,
      Predicate<String> approved) {
    Place place() {
      return new Place(siteId, pageId, visit.visitId(), visit.startedAt());
    }
  }

  /**
   * What came of it.
   *
   * @param examination with what the comparison found
   * @param accepted findings that decisions have settled since
   */
  public record Outcome(Examination examination, Watch watch, List<FindingChange> accepted) {
    public Outcome {
      accepted = List.copyOf(accepted);
    }
  }

  /** What a look has gathered so far. */
  private record Judged(Map<UUID, Known> known, List<Change> changes, Map<UUID, Integer> ids) {}

  /** Compares, and writes down. */
  public Future<Outcome> look(SqlConnection tx, Look look) {
    return watch(tx, look)
        .compose(
            watch ->
                judge(tx, look, watch)
                    .compose(
                        judged ->
                            accepted(tx, look, judged)
                                .compose(
                                    accepted ->
                                        conclude(tx, look, watch, judged)
                                            .map(
                                                examination ->
                                                    new Outcome(examination, watch, accepted)))));
  }

  private static Future<Watch> watch(SqlConnection tx, Look look) {
    PageVisit visit = look.visit();
    JourneyRun journey = visit.journey();
    return tx.preparedQuery(ChangeQueries.WATCH)
        .execute(
            tuple(
                look.siteId(),
                journey == null ? look.pageId() : 0,
                visit.consent().name(),
                visit.device().name(),
                journey == null ? "" : journey.name(),
                journey == null ? (short) 0 : (short) journey.page(),
                look.whole() ? 1 : 0,
                LEARNING_VISITS,
                SqlTime.of(visit.startedAt())))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Watch(
                  row.getInteger("id"),
                  row.getInteger("visits"),
                  row.getBoolean("inherited"),
                  look.seen().subjects());
            });
  }

  private static Future<Judged> judge(SqlConnection tx, Look look, Watch watch) {
    List<Trait> traits = look.seen().traits();
    Place place = look.place();
    return ChangeStore.known(tx, look.siteId(), look.pageId(), traits)
        .compose(
            known -> {
              List<Trait> unknown =
                  traits.stream().filter(t -> !known.containsKey(t.key(look.pageId()))).toList();
              return ChangeStore.past(
                      tx, look.siteId(), look.pageId(), unknown, look.examination(), place.at())
                  .compose(
                      past -> {
                        List<Change> changes = ChangeJudge.judge(scene(look, watch, known, past));
                        return ChangeStore.add(tx, place, changes, look.seen().bodies()::get)
                            .map(ids -> new Judged(known, changes, ids));
                      });
            });
  }

  private static Scene scene(Look look, Watch watch, Map<UUID, Known> known, Past past) {
    boolean early = watch.visit() <= LEARNING_VISITS;
    return new Scene(
        look.pageId(),
        look.visit().page(),
        early && !watch.inherited(),
        early && watch.inherited(),
        watch.visit() <= 1,
        look.seen().traits(),
        look.seen().texts(),
        known,
        past,
        look.approved(),
        look.examination());
  }

  /**
   * What has been approved since it changed is the new baseline, and so is the text of a script
   * that turned out to change often.
   */
  private Future<List<FindingChange>> accepted(SqlConnection tx, Look look, Judged judged) {
    Set<String> often = new TreeSet<>();
    for (Change change : judged.changes()) {
      if (change.note().equals(OFTEN_CHANGED)) often.add(change.trait().subject());
    }
    return decided
        .accept(
            tx,
            look.siteId(),
            judged.known().values(),
            DecidedChanges.barred(look.examination()),
            look.visit().startedAt())
        .compose(
            accepted -> {
              Set<Integer> ids = accepted.ids();
              judged
                  .known()
                  .replaceAll((key, one) -> ids.contains(one.id()) ? one.accepted() : one);
              return acceptOften(tx, look, often)
                  .map(
                      more -> {
                        List<FindingChange> all = new ArrayList<>(accepted.changes());
                        all.addAll(more);
                        return all;
                      });
            });
  }

  private Future<List<FindingChange>> acceptOften(
      SqlConnection tx, Look look, Set<String> scripts) {
    if (scripts.isEmpty()) return Future.succeededFuture(List.of());
    return tx.preparedQuery(ChangeQueries.ACCEPT_SUBJECTS)
        .execute(tuple(look.siteId(), TraitKind.SCRIPT.name(), scripts.toArray(String[]::new)))
        .compose(
            done ->
                findings.accept(
                    tx,
                    look.siteId(),
                    ChangeRule.SCRIPT_TEXT.id(),
                    scripts,
                    LEARNED,
                    look.visit().startedAt()));
  }

  /** Findings of what is open, the log, and what is gone. */
  private static Future<Examination> conclude(
      SqlConnection tx, Look look, Watch watch, Judged judged) {
    Map<String, CheckResult> results = new HashMap<>();
    for (Known known : judged.known().values()) put(results, known.told());
    List<LogEntry> log = new ArrayList<>();
    for (Change change : judged.changes()) {
      put(results, change.told());
      if (change.logged()) log.add(LogEntry.of(change, look.pageId(), judged.ids()));
    }
    return refresh(tx, look, judged)
        .compose(done -> gone(tx, look, watch, judged))
        .compose(
            gone -> {
              for (Told told : gone.missed()) put(results, told);
              log.addAll(gone.log());
              return ChangeStore.log(tx, look.place(), log);
            })
        .map(done -> look.examination().with(ChangeRule.ALL, List.copyOf(results.values())));
  }

  private static void put(Map<String, CheckResult> results, @Nullable Told told) {
    if (told == null) return;
    results.putIfAbsent(told.rule().id() + "\n" + told.failure().subject(), told.result());
  }

  private static Future<Void> refresh(SqlConnection tx, Look look, Judged judged) {
    Instant at = look.visit().startedAt();
    Integer[] stale =
        judged.known().values().stream()
            .filter(known -> known.lastSeen().isBefore(at.minus(DAY)))
            .map(Known::id)
            .toArray(Integer[]::new);
    if (stale.length == 0) return Future.succeededFuture();
    return tx.preparedQuery(ChangeQueries.STILL_SEEN)
        .execute(tuple(stale, SqlTime.of(at)))
        .mapEmpty();
  }

  private static Future<GoneTraits.Outcome> gone(
      SqlConnection tx, Look look, Watch watch, Judged judged) {
    boolean complete = look.visit().outcome() == VisitOutcome.COMPLETE;
    if (!look.whole() || !complete) return Future.succeededFuture(GoneTraits.Outcome.NOTHING);
    Map<Integer, Trait> present = new HashMap<>();
    for (Trait trait : look.seen().traits()) {
      if (!GoneTraits.watches(trait.kind())) continue;
      UUID key = trait.key(look.pageId());
      Known known = judged.known().get(key);
      Integer id = known == null ? judged.ids().get(key) : Integer.valueOf(known.id());
      if (id != null) present.put(id, trait);
    }
    return GoneTraits.note(tx, watch, present, look.approved());
  }
}
