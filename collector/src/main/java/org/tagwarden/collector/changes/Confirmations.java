package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Examination;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.findings.FindingChange;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.PageVisit;

/**
 * A critical change is looked at again before anybody is told: in another consent state, and as
 * another device. Whoever shows it again confirms it; when nobody does, or cannot in time, it is
 * told all the same, and says so. Every method joins the caller's transaction, which holds the
 * site's lock.
 */
public final class Confirmations {
  private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);

  /**
   * So long a change waits; a large site's own scan has to end before its pages are visited again.
   */
  public static final Duration PATIENCE = Duration.ofMinutes(30);

  /** What a visit leaves to be told now. */
  public Future<List<FindingChange>> hold(
      SqlConnection tx,
      int siteId,
      PageVisit visit,
      Examination examination,
      List<FindingChange> changes,
      Instant now) {
    Set<Change.Ref> critical = critical(examination);
    if (critical.isEmpty()) return Future.succeededFuture(changes);
    List<FindingChange> held = new ArrayList<>();
    List<FindingChange> told = new ArrayList<>();
    for (FindingChange change : changes) {
      boolean waits =
          change.kind() != ChangeKind.RESOLVED
              && critical.contains(new Change.Ref(change.checkId(), change.subject()));
      (waits ? held : told).add(change);
    }
    return confirm(tx, siteId, visit.visitId(), critical, now)
        .compose(
            confirmed -> {
              told.addAll(confirmed);
              return held.isEmpty()
                  ? Future.succeededFuture(told)
                  : put(tx, siteId, visit, held, now)
                      .compose(done -> lookAgain(tx, siteId, visit, now))
                      .map(told);
            });
  }

  /** The critical findings that the visit shows. */
  private static Set<Change.Ref> critical(Examination examination) {
    Set<Change.Ref> critical = new HashSet<>();
    for (CheckResult result : examination.results()) {
      if (result.failure().severity() == Severity.CRITICAL) critical.add(ref(result));
    }
    return critical;
  }

  private static Change.Ref ref(CheckResult result) {
    return new Change.Ref(result.check().id(), result.failure().subject());
  }

  /** A visit that was made to look again; answers what it confirms. */
  public Future<List<FindingChange>> probe(
      SqlConnection tx,
      int siteId,
      PageVisit visit,
      Examination examination,
      VisitTraitList seen,
      Instant now) {
    Set<Change.Ref> shown = new HashSet<>();
    for (CheckResult result : examination.results()) shown.add(ref(result));
    for (Trait trait : seen.traits()) {
      if (trait.kind() != TraitKind.CONTACT) continue;
      shown.add(new Change.Ref(ChangeRule.SCRIPT_CONTACT.id(), ChangeTexts.contactSubject(trait)));
    }
    return confirm(tx, siteId, visit.visitId(), shown, now);
  }

  private static Future<List<FindingChange>> confirm(
      SqlConnection tx, int siteId, UUID visitId, Set<Change.Ref> shown, Instant now) {
    if (shown.isEmpty()) return Future.succeededFuture(List.of());
    List<Change.Ref> all = List.copyOf(shown);
    return tx.preparedQuery(ConfirmationQueries.CONFIRM)
        .execute(
            tuple(
                siteId,
                all.stream().map(Change.Ref::checkId).toArray(String[]::new),
                all.stream().map(Change.Ref::subject).toArray(String[]::new),
                visitId,
                SqlTime.of(now)))
        .map(Confirmations::changes);
  }

  private static Future<Void> put(
      SqlConnection tx, int siteId, PageVisit visit, List<FindingChange> held, Instant now) {
    return tx.preparedQuery(ConfirmationQueries.HOLD)
        .execute(
            tuple(
                siteId,
                visit.visitId(),
                SqlTime.of(now),
                SqlTime.of(now.plus(PATIENCE)),
                held.stream().map(FindingChange::id).toArray(Long[]::new)))
        .mapEmpty();
  }

  /** In another consent state, and as another device; a journey is walked again as it is. */
  private static Future<Void> lookAgain(
      SqlConnection tx, int siteId, PageVisit visit, Instant now) {
    LOG.info("Site {}: a critical change on {} is looked at again", siteId, visit.page());
    boolean journey = visit.journey() != null;
    String @Nullable [] pages = journey ? null : new String[] {visit.page()};
    ConsentState other =
        visit.consent() == ConsentState.ACCEPT ? ConsentState.NONE : ConsentState.ACCEPT;
    DeviceProfile device = visit.device().mobile() ? DeviceProfile.DESKTOP : DeviceProfile.MOBILE;
    JsonObject otherState =
        new JsonObject()
            .put("consents", new JsonArray().add(visit.consent().name()).add(other.name()));
    JsonObject otherDevice =
        new JsonObject()
            .put("consents", new JsonArray().add(visit.consent().name()))
            .put(
                "device",
                new JsonObject()
                    .put("name", device.name())
                    .put("width", device.width())
                    .put("height", device.height())
                    .put("mobile", device.mobile()));
    return scan(tx, siteId, pages, otherState, now)
        .compose(done -> scan(tx, siteId, pages, otherDevice, now));
  }

  private static Future<Void> scan(
      SqlConnection tx, int siteId, String @Nullable [] pages, JsonObject options, Instant now) {
    return tx.preparedQuery(ConfirmationQueries.LOOK_AGAIN)
        .execute(
            tuple(UUID.randomUUID(), siteId, SqlTime.of(now), pages, options, UUID.randomUUID()))
        .mapEmpty();
  }

  static List<FindingChange> changes(RowSet<Row> rows) {
    List<FindingChange> changes = new ArrayList<>();
    for (Row row : rows) {
      changes.add(
          new FindingChange(
              row.getLong("id"),
              row.getInteger("finding_id"),
              row.getString("check_id"),
              row.getString("subject"),
              ChangeKind.valueOf(row.getString("change"))));
    }
    return changes;
  }
}
