package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.alerts.AlertOutbox;
import org.tagwarden.collector.changes.text.MostLike;
import org.tagwarden.collector.changes.text.ScriptDiff;
import org.tagwarden.collector.db.Blobs;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SiteLock;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.FindingLedger;

/**
 * What people do about changes: look at the versions of a script, accept what is as it should be.
 */
public final class ChangeBook {
  private static final int READERS = 1;

  private final Database database;
  private final FindingLedger findings;
  private final AuditLog audit;
  private final Clock clock;
  private final WorkerExecutor workers;
  private final AlertOutbox alerts = new AlertOutbox();

  public ChangeBook(
      Vertx vertx, Database database, FindingLedger findings, AuditLog audit, Clock clock) {
    this.database = database;
    this.findings = findings;
    this.audit = audit;
    this.clock = clock;
    this.workers = vertx.createSharedWorkerExecutor("script-diffs", READERS);
  }

  /**
   * Makes what a finding is about the new baseline and resolves the finding. Refused when it is
   * none about a change, or not open any more.
   */
  public Future<Void> accept(Principal by, int siteId, int findingId, String justification) {
    if (justification.isBlank()) {
      return Future.failedFuture(
          Refusal.invalid(
              "justification",
              "Write down why this change is as it should be, for those who ask later."));
    }
    Instant now = clock.instant();
    return database.inTransaction(
        tx ->
            SiteLock.take(tx, siteId)
                .compose(done -> finding(tx, siteId, findingId))
                .compose(
                    finding ->
                        accept(tx, siteId, finding, reason(by, justification), now)
                            .compose(
                                done ->
                                    tx.preparedQuery(ChangeQueries.ACCEPTED)
                                        .execute(
                                            tuple(
                                                siteId,
                                                findingId,
                                                justification.strip(),
                                                by.personId(),
                                                by.name(),
                                                SqlTime.of(now))))
                            .compose(
                                done ->
                                    audit.write(
                                        tx,
                                        AuditEntry.of(
                                                by,
                                                finding.getInteger("client_id"),
                                                "accept change",
                                                finding.getString("subject"))
                                            .changed(
                                                Map.of("finding", "OPEN"),
                                                Map.of(
                                                    "finding",
                                                    "RESOLVED",
                                                    "justification",
                                                    justification.strip()))))));
  }

  private static Future<Row> finding(SqlConnection tx, int siteId, int findingId) {
    return tx.preparedQuery(ChangeQueries.FINDING)
        .execute(tuple(siteId, findingId))
        .map(
            rows -> {
              if (rows.size() == 0) throw Refusal.notFound("There is no such finding.");
              Row row = rows.iterator().next();
              boolean change = ChangeRule.of(row.getString("check_id")) != null;
              if (!change || !row.getString("state").equals("OPEN")) {
                throw Refusal.of(
                    Refusal.Kind.CONFLICT, "Only a change that is still open can be accepted.");
              }
              return row;
            });
  }

  private static String reason(Principal by, String justification) {
    return "Accepted by " + by.name() + ": " + justification.strip();
  }

  private Future<Void> accept(
      SqlConnection tx, int siteId, Row finding, String reason, Instant now) {
    String check = finding.getString("check_id");
    String subject = finding.getString("subject");
    return tx.preparedQuery(ChangeQueries.OF_FINDING)
        .execute(tuple(siteId, check, subject))
        .compose(
            rows -> {
              List<Integer> ids = new ArrayList<>();
              for (Row row : rows) ids.add(row.getInteger("id"));
              return tx.preparedQuery(ChangeQueries.ACCEPT_FOR_GOOD)
                  .execute(tuple((Object) ids.toArray(Integer[]::new)));
            })
        .compose(
            done ->
                check.equals(ChangeRule.TAG_GONE.id())
                    ? tx.preparedQuery(ChangeQueries.FORGET_GONE).execute(tuple(siteId, subject))
                    : Future.succeededFuture())
        .compose(done -> findings.accept(tx, siteId, check, Set.of(subject), reason, now))
        .compose(changes -> alerts.announce(tx, siteId, changes, now))
        .compose(done -> findings.countOpen(tx, siteId, now));
  }

  /**
   * A script's text beside the one before.
   *
   * @param likeness whether that is another inline script of the page, the one most like it: an
   *     inline script has no name by which its version before could be known
   */
  public record Texts(ScriptDiff diff, boolean likeness) {}

  /**
   * Two versions of a script side by side, by the ids of what is known. Without one before, an
   * inline script stands beside the one of its page that is most like it, or alone. Empty when a
   * text was not kept.
   */
  public Future<Optional<Texts>> diff(int siteId, @Nullable Integer beforeId, int afterId) {
    return text(siteId, afterId)
        .compose(
            after -> {
              if (after.isEmpty()) return Future.succeededFuture(Optional.empty());
              if (beforeId == null)
                return others(siteId, afterId)
                    .compose(others -> compared(likeness(others, after.get()), true));
              return text(siteId, beforeId)
                  .compose(
                      before ->
                          before.isEmpty()
                              ? Future.succeededFuture(Optional.empty())
                              : compared(
                                  () ->
                                      new String[] {
                                        Blobs.text(before.get()), Blobs.text(after.get())
                                      },
                                  false));
            });
  }

  private static Callable<String[]> likeness(List<Buffer> others, Buffer after) {
    return () -> {
      String text = Blobs.text(after);
      List<String> candidates = others.stream().map(Blobs::text).toList();
      return new String[] {MostLike.of(text, candidates), text};
    };
  }

  private Future<Optional<Texts>> compared(Callable<String[]> texts, boolean likeness) {
    // A large script takes a second: not on the event loop.
    return workers.executeBlocking(
        () -> {
          String[] both = texts.call();
          return Optional.of(
              new Texts(ScriptDiff.of(both[0], both[1]), likeness && !both[0].isEmpty()));
        },
        false);
  }

  private Future<List<Buffer>> others(int siteId, int id) {
    return database
        .pool()
        .preparedQuery(ChangeQueries.INLINE_BEFORE)
        .execute(tuple(siteId, id))
        .map(
            rows -> {
              List<Buffer> bodies = new ArrayList<>();
              for (Row row : rows) bodies.add(row.getBuffer("body"));
              return bodies;
            });
  }

  private Future<Optional<Buffer>> text(int siteId, int id) {
    return database
        .pool()
        .preparedQuery(ChangeQueries.TEXT_OF)
        .execute(tuple(siteId, id))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.ofNullable(rows.iterator().next().getBuffer("body")));
  }
}
