package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Examination;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.FindingChange;
import org.tagwarden.collector.findings.FindingLedger;

/**
 * Changes of a tag that was approved since: they are the new baseline, but for contacts that its
 * limits still bar. Joins the caller's transaction, which holds the site's lock.
 */
public final class DecidedChanges {
  private static final String APPROVED =
      "Its tag was approved after it had changed so: that is the baseline now.";

  private final FindingLedger findings;

  public DecidedChanges(FindingLedger findings) {
    this.findings = findings;
  }

  /** Contacts that an authorization's limits bar, as seen on a visit. */
  public static Set<String> barred(Examination examination) {
    Set<String> barred = new HashSet<>();
    for (CheckResult result : examination.results()) {
      if (!result.check().id().equals(OneVoice.DRIFT)) continue;
      for (String host : result.failure().names()) {
        barred.add(contact(result.failure().tagKey(), TraitNames.host(host)));
      }
    }
    return barred;
  }

  /**
   * Settles a site's open changes of these tags (null: of all) without waiting for the next visit.
   * Answers the changes of findings.
   *
   * @param barred contacts that the tags' limits bar
   */
  public Future<List<FindingChange>> settle(
      SqlConnection tx, int siteId, Integer @Nullable [] tagIds, Set<String> barred, Instant now) {
    return tx.preparedQuery(ChangeQueries.OPEN_OF_TAGS)
        .execute(tuple(siteId, tagIds))
        .compose(
            rows -> {
              List<Known> open = new ArrayList<>();
              for (Row row : rows) open.add(ChangeStore.knownOf(row));
              return accept(tx, siteId, open, barred, now).map(Accepted::changes);
            });
  }

  /**
   * What was accepted.
   *
   * @param ids of what is known
   */
  record Accepted(Set<Integer> ids, List<FindingChange> changes) {
    static final Accepted NOTHING = new Accepted(Set.of(), List.of());
  }

  Future<Accepted> accept(
      SqlConnection tx, int siteId, Collection<Known> known, Set<String> barred, Instant at) {
    Set<String> tags = new TreeSet<>();
    for (Known one : known) if (one.open() && one.tagKey() != null) tags.add(one.tagKey());
    if (tags.isEmpty()) return Future.succeededFuture(Accepted.NOTHING);
    return approvals(tx, siteId, tags)
        .compose(approvals -> accept(tx, siteId, decided(known, barred, approvals), at));
  }

  private static List<Known> decided(
      Collection<Known> known, Set<String> barred, Map<String, Instant> approvals) {
    List<Known> decided = new ArrayList<>();
    for (Known one : known) {
      Instant approved = one.tagKey() == null ? null : approvals.get(one.tagKey());
      boolean isBarred =
          one.kind() == TraitKind.CONTACT && barred.contains(contact(one.tagKey(), one.value()));
      if (!one.open() || approved == null || isBarred) continue;
      if (approved.isAfter(one.firstSeen())) decided.add(one);
    }
    return decided;
  }

  private Future<Accepted> accept(SqlConnection tx, int siteId, List<Known> decided, Instant at) {
    Set<Integer> ids = new TreeSet<>();
    List<FindingChange> changes = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (Known one : decided) {
      Told told = one.told();
      if (told == null) continue;
      ids.add(one.id());
      Set<String> subject = Set.of(told.failure().subject());
      done =
          done.compose(
                  before -> findings.accept(tx, siteId, told.rule().id(), subject, APPROVED, at))
              .map(
                  more -> {
                    changes.addAll(more);
                    return null;
                  });
    }
    if (ids.isEmpty()) return Future.succeededFuture(Accepted.NOTHING);
    return done.compose(
            all ->
                tx.preparedQuery(ChangeQueries.ACCEPT)
                    .execute(tuple((Object) ids.toArray(Integer[]::new))))
        .map(all -> new Accepted(ids, changes));
  }

  private static Future<Map<String, Instant>> approvals(
      SqlConnection tx, int siteId, Set<String> tags) {
    return tx.preparedQuery(ChangeQueries.APPROVALS)
        .execute(tuple(siteId, tags.toArray(String[]::new)))
        .map(
            rows -> {
              Map<String, Instant> approvals = new HashMap<>();
              for (Row row : rows)
                approvals.put(row.getString("tag_key"), SqlTime.instant(row, "at"));
              return approvals;
            });
  }

  private static String contact(@Nullable String tagKey, String host) {
    return tagKey + "\n" + host;
  }
}
