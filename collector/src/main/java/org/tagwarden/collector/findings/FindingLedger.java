package org.tagwarden.collector.findings;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Failure;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;

/**
 * The book of findings: a failed check is one finding per site and subject, from opened to
 * resolved, however many pages and scans show it. Every method joins the caller's transaction,
 * which holds the site's lock ({@link org.tagwarden.collector.db.SiteLock}).
 */
public final class FindingLedger {
  /** Why a finding is resolved when simply no visit shows it any more. */
  private static final String GONE = "";

  /** The check whose findings a decision about a script settles. */
  public static final String UNAPPROVED_SCRIPT = "unapproved-script";

  /** Enters what a visit showed; answers the changes of state, which are what alerts are about. */
  public Future<List<FindingChange>> enter(SqlConnection transaction, Judgement judgement) {
    return known(transaction, judgement)
        .compose(
            known ->
                FindingShowings.note(transaction, known, judgement)
                    .map(showings -> FindingDiff.of(known, judgement, showings)))
        .compose(
            diff -> {
              Map<Integer, Changed> changes = new LinkedHashMap<>();
              return open(transaction, judgement, diff, changes)
                  .compose(done -> seen(transaction, judgement, diff, changes))
                  .compose(done -> gone(transaction, judgement, diff, changes))
                  .compose(
                      done -> {
                        UUID visit = judgement.visitId();
                        return note(transaction, judgement.judgedAt(), visit, GONE, changes);
                      });
            });
  }

  /** Resolves findings of a site that a decision answers. Answers the changes. */
  public Future<List<FindingChange>> settle(
      SqlConnection transaction, int siteId, List<Integer> ids, String reason, Instant at) {
    return transaction
        .preparedQuery(FindingQueries.SETTLE)
        .execute(tuple(siteId, ids.toArray(Integer[]::new), SqlTime.of(at)))
        .compose(
            rows -> {
              Map<Integer, Changed> changes = new LinkedHashMap<>();
              for (Row row : rows) {
                changes.put(
                    row.getInteger("id"),
                    new Changed(
                        row.getString("check_id"), row.getString("subject"), ChangeKind.RESOLVED));
              }
              return note(transaction, at, null, reason, changes);
            })
        .compose(settled -> countOpen(transaction, siteId, at).map(settled));
  }

  /**
   * Resolves the open findings of that check and these subjects: somebody accepted what they are
   * about. Answers the changes.
   *
   * @param reason who, or what, accepted it: a sentence
   */
  public Future<List<FindingChange>> accept(
      SqlConnection transaction,
      int siteId,
      String checkId,
      Set<String> subjects,
      String reason,
      Instant at) {
    if (subjects.isEmpty()) return Future.succeededFuture(List.of());
    return transaction
        .preparedQuery(FindingQueries.ACCEPT)
        .execute(tuple(siteId, checkId, subjects.toArray(String[]::new), SqlTime.of(at)))
        .compose(
            rows -> {
              Map<Integer, Changed> changes = new LinkedHashMap<>();
              for (Row row : rows) {
                changes.put(
                    row.getInteger("id"),
                    new Changed(checkId, row.getString("subject"), ChangeKind.RESOLVED));
              }
              return note(transaction, at, null, reason, changes);
            });
  }

  /**
   * These states of pages are watched no more: what failed in them alone is resolved. Answers the
   * changes.
   *
   * @param reason why nobody watches them: a sentence
   */
  public Future<List<FindingChange>> retire(
      SqlConnection transaction, int siteId, Integer[] stateIds, String reason, Instant at) {
    return transaction
        .preparedQuery(FindingQueries.RETIRE)
        .execute(tuple(siteId, stateIds, SqlTime.of(at)))
        .compose(
            rows -> {
              Map<Integer, Changed> changes = new LinkedHashMap<>();
              for (Row row : rows) {
                if (row.getString("state").equals("OPEN")) continue;
                changes.put(
                    row.getInteger("id"),
                    new Changed(
                        row.getString("check_id"), row.getString("subject"), ChangeKind.RESOLVED));
              }
              return note(transaction, at, null, reason, changes);
            });
  }

  /** Writes the number of open findings into the site's day, if that day has a visit. */
  public Future<Void> countOpen(SqlConnection transaction, int siteId, Instant at) {
    return transaction
        .preparedQuery(FindingQueries.COUNT_OPEN)
        .execute(Tuple.of(siteId, SqlValues.day(at)))
        .mapEmpty();
  }

  private static Future<List<KnownFinding>> known(SqlConnection tx, Judgement judgement) {
    List<CheckResult> results = judgement.examination().results();
    return tx.preparedQuery(FindingQueries.KNOWN)
        .execute(
            tuple(
                judgement.siteId(),
                judgement.stateId(),
                results.stream().map(r -> r.check().id()).toArray(String[]::new),
                results.stream().map(r -> r.failure().subject()).toArray(String[]::new)))
        .map(
            rows -> {
              List<KnownFinding> known = new ArrayList<>();
              for (Row row : rows) known.add(KnownFinding.of(row));
              return known;
            });
  }

  private record Changed(String checkId, String subject, ChangeKind kind) {}

  private static Future<Void> open(
      SqlConnection tx, Judgement judgement, FindingDiff diff, Map<Integer, Changed> changes) {
    if (diff.opened().isEmpty()) return Future.succeededFuture();
    Columns columns = new Columns(judgement, diff.opened());
    return tx.preparedQuery(FindingQueries.OPEN)
        .execute(
            tuple(
                judgement.siteId(),
                judgement.pageId(),
                judgement.visitId(),
                SqlTime.of(judgement.at()),
                diff.opened().stream().map(r -> r.check().id()).toArray(String[]::new),
                diff.opened().stream().map(r -> r.failure().subject()).toArray(String[]::new),
                columns.tagIds(),
                diff.opened().stream()
                    .map(r -> r.failure().severity().name())
                    .toArray(String[]::new),
                columns.summaries(),
                columns.evidence(),
                columns.remedies(),
                judgement.stateId(),
                SqlTime.of(judgement.judgedAt())))
        .map(
            (RowSet<Row> rows) -> {
              for (Row row : rows) {
                String check = row.getString("check_id");
                String subject = row.getString("subject");
                changes.put(row.getInteger("id"), new Changed(check, subject, ChangeKind.OPENED));
              }
              return null;
            });
  }

  private static Future<Void> seen(
      SqlConnection tx, Judgement judgement, FindingDiff diff, Map<Integer, Changed> changes) {
    if (diff.seen().isEmpty()) return Future.succeededFuture();
    for (FindingDiff.Seen seen : diff.seen()) {
      KnownFinding finding = seen.finding();
      if (seen.change() != null) {
        changes.put(finding.id(), new Changed(finding.checkId(), finding.subject(), seen.change()));
      }
    }
    Columns columns =
        new Columns(judgement, diff.seen().stream().map(FindingDiff.Seen::result).toList());
    return tx.preparedQuery(FindingQueries.SEEN)
        .execute(
            tuple(
                judgement.pageId(),
                judgement.visitId(),
                SqlTime.of(judgement.at()),
                diff.seen().stream().map(s -> s.finding().id()).toArray(Integer[]::new),
                columns.tagIds(),
                diff.seen().stream().map(s -> s.severity().name()).toArray(String[]::new),
                columns.summaries(),
                columns.evidence(),
                columns.remedies(),
                diff.seen().stream().map(FindingDiff.Seen::newest).toArray(Boolean[]::new),
                judgement.stateId(),
                SqlTime.of(judgement.judgedAt())))
        .mapEmpty();
  }

  private static Future<Void> gone(
      SqlConnection tx, Judgement judgement, FindingDiff diff, Map<Integer, Changed> changes) {
    if (diff.gone().isEmpty()) return Future.succeededFuture();
    for (FindingDiff.Gone gone : diff.gone()) {
      KnownFinding finding = gone.finding();
      if (gone.resolved()) {
        changes.put(
            finding.id(), new Changed(finding.checkId(), finding.subject(), ChangeKind.RESOLVED));
      }
    }
    Integer[] ids = diff.gone().stream().map(g -> g.finding().id()).toArray(Integer[]::new);
    return tx.preparedQuery(FindingQueries.GONE)
        .execute(
            tuple(judgement.pageId(), SqlTime.of(judgement.judgedAt()), ids, judgement.stateId()))
        .mapEmpty();
  }

  private static Future<List<FindingChange>> note(
      SqlConnection tx,
      Instant at,
      @Nullable UUID visitId,
      String reason,
      Map<Integer, Changed> changes) {
    if (changes.isEmpty()) return Future.succeededFuture(List.of());
    Integer[] ids = changes.keySet().toArray(Integer[]::new);
    String[] kinds = changes.values().stream().map(c -> c.kind().name()).toArray(String[]::new);
    return tx.preparedQuery(FindingQueries.CHANGE)
        .execute(tuple(SqlTime.of(at), visitId, ids, kinds, reason))
        .map(
            rows -> {
              List<FindingChange> stored = new ArrayList<>();
              for (Row row : rows) {
                int finding = row.getInteger("finding_id");
                Changed changed = changes.get(finding);
                if (changed == null) throw new IllegalStateException("No change of " + finding);
                stored.add(
                    new FindingChange(
                        row.getLong("id"),
                        finding,
                        changed.checkId(),
                        changed.subject(),
                        changed.kind()));
              }
              return List.copyOf(stored);
            });
  }

  /** The parallel arrays that new and known findings share. */
  private record Columns(
      Integer[] tagIds, String[] summaries, String[] evidence, String[] remedies) {
    Columns(Judgement judgement, List<CheckResult> results) {
      this(
          results.stream().map(r -> tagId(judgement, r.failure())).toArray(Integer[]::new),
          results.stream().map(r -> r.failure().summary()).toArray(String[]::new),
          results.stream()
              .map(r -> new JsonArray(r.failure().evidence()).encode())
              .toArray(String[]::new),
          results.stream().map(r -> r.failure().remedy()).toArray(String[]::new));
    }

    private static @Nullable Integer tagId(Judgement judgement, Failure failure) {
      return failure.tagKey() == null ? null : judgement.tagIds().get(failure.tagKey());
    }
  }
}
