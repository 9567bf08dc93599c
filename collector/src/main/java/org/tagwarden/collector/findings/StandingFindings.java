package org.tagwarden.collector.findings;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.SqlTime;

/**
 * Findings that no visit shows: they stand as long as their cause does (an owner who left). The
 * caller's transaction holds the site's lock.
 */
public final class StandingFindings {
  /** No visit has seen it. */
  private static final UUID NO_VISIT = new UUID(0, 0);

  private static final String KNOWN =
      "SELECT id, check_id, subject, state FROM finding WHERE site_id = $1 AND check_id = ANY($2)";

  private static final String OPEN =
      """
      INSERT INTO finding (site_id, check_id, subject, tag_id, severity, summary, evidence, remedy, state, first_visit,
                           opened_at, last_seen_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'OPEN', $9, $10, $10)
      ON CONFLICT (site_id, check_id, subject) DO UPDATE
        SET state = 'OPEN', resolved_at = NULL, tag_id = excluded.tag_id, severity = excluded.severity,
            summary = excluded.summary, evidence = excluded.evidence, remedy = excluded.remedy,
            last_seen_at = excluded.last_seen_at,
            opened_at = CASE WHEN finding.state = 'OPEN' THEN finding.opened_at ELSE excluded.opened_at END
      RETURNING id
      """;

  private static final String RESOLVE =
      "UPDATE finding SET state = 'RESOLVED', resolved_at = $2 WHERE id = $1";

  private static final String CHANGE =
      "INSERT INTO finding_change (finding_id, change, at) VALUES ($1, $2, $3) RETURNING id";

  /** A cause that stands now. */
  public record Standing(
      String checkId,
      String subject,
      @Nullable Integer tagId,
      Severity severity,
      String summary,
      List<String> evidence,
      String remedy) {
    public Standing {
      evidence = List.copyOf(evidence);
    }
  }

  private record Known(int id, String checkId, String subject, boolean open) {
    boolean isOf(Standing standing) {
      return checkId.equals(standing.checkId()) && subject.equals(standing.subject());
    }
  }

  /**
   * Opens what stands now, and resolves what these checks had opened and stands no more. Answers
   * the changes.
   */
  public Future<List<FindingChange>> keep(
      SqlConnection tx, int siteId, Set<String> checkIds, List<Standing> now, Instant at) {
    return tx.preparedQuery(KNOWN)
        .execute(tuple(siteId, checkIds.toArray(String[]::new)))
        .compose(
            rows -> {
              List<Known> known = new ArrayList<>();
              for (Row row : rows) {
                known.add(
                    new Known(
                        row.getInteger("id"),
                        row.getString("check_id"),
                        row.getString("subject"),
                        row.getString("state").equals("OPEN")));
              }
              List<FindingChange> changes = new ArrayList<>();
              return open(tx, siteId, known, now, at, changes)
                  .compose(standing -> resolve(tx, known, standing, at, changes))
                  .map(done -> List.copyOf(changes));
            });
  }

  private static Future<Set<Integer>> open(
      SqlConnection tx,
      int siteId,
      List<Known> known,
      List<Standing> now,
      Instant at,
      List<FindingChange> changes) {
    Set<Integer> standing = new HashSet<>();
    Future<Void> done = Future.succeededFuture();
    for (Standing one : now) {
      Known before = known.stream().filter(old -> old.isOf(one)).findFirst().orElse(null);
      done =
          done.compose(ready -> write(tx, siteId, one, at))
              .compose(
                  id -> {
                    standing.add(id);
                    if (before != null && before.open()) return Future.succeededFuture();
                    ChangeKind kind = before == null ? ChangeKind.OPENED : ChangeKind.REOPENED;
                    return note(tx, id, one.checkId(), one.subject(), kind, at, changes);
                  });
    }
    return done.map(standing);
  }

  private static Future<Integer> write(SqlConnection tx, int siteId, Standing one, Instant at) {
    return tx.preparedQuery(OPEN)
        .execute(
            tuple(
                siteId,
                one.checkId(),
                one.subject(),
                one.tagId(),
                one.severity().name(),
                one.summary(),
                new JsonArray(one.evidence()),
                one.remedy(),
                NO_VISIT,
                SqlTime.of(at)))
        .map(rows -> rows.iterator().next().getInteger("id"));
  }

  private static Future<Void> resolve(
      SqlConnection tx,
      List<Known> known,
      Set<Integer> standing,
      Instant at,
      List<FindingChange> changes) {
    Future<Void> done = Future.succeededFuture();
    for (Known old : known) {
      if (!old.open() || standing.contains(old.id())) continue;
      done =
          done.compose(ready -> tx.preparedQuery(RESOLVE).execute(tuple(old.id(), SqlTime.of(at))))
              .compose(
                  rows ->
                      note(
                          tx,
                          old.id(),
                          old.checkId(),
                          old.subject(),
                          ChangeKind.RESOLVED,
                          at,
                          changes));
    }
    return done;
  }

  private static Future<Void> note(
      SqlConnection tx,
      int id,
      String checkId,
      String subject,
      ChangeKind kind,
      Instant at,
      List<FindingChange> changes) {
    return tx.preparedQuery(CHANGE)
        .execute(tuple(id, kind.name(), SqlTime.of(at)))
        .map(
            rows -> {
              long changeId = rows.iterator().next().getLong("id");
              changes.add(new FindingChange(changeId, id, checkId, subject, kind));
              return null;
            });
  }
}
