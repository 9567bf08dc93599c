package org.tagwarden.collector.governance;

import static org.tagwarden.collector.db.SqlValues.hex;
import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.checks.Decisions;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SiteLock;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.findings.FindingLedger;

/**
 * Who decided what about a tag or script, why and when. Decisions are only ever added; the newest
 * of a subject counts, the older ones are its history.
 */
public final class DecisionBook {
  private final Database database;
  private final FindingLedger findings;
  private final Clock clock;

  public DecisionBook(Database database, FindingLedger findings, Clock clock) {
    this.database = database;
    this.findings = findings;
    this.clock = clock;
  }

  /**
   * Takes a decision down, with an entry in the audit trail, and resolves the findings that it
   * settles: all in one transaction. Refused when there is no such site. A tag may be decided about
   * before it was ever seen.
   */
  public Future<Decided> decide(DecisionOrder order) {
    Instant now = clock.instant();
    return database.inTransaction(
        tx ->
            clientOf(tx, order.siteId())
                .compose(client -> SiteLock.take(tx, order.siteId()).map(client))
                .compose(client -> audit(tx, order, client, now))
                .compose(done -> insert(tx, order, now))
                .compose(id -> settle(tx, order, now).map(count -> new Decided(id, count))));
  }

  /** What holds for a site now. */
  public Future<SiteDecisions> of(int siteId) {
    return database
        .pool()
        .preparedQuery(GovernanceQueries.CURRENT)
        .execute(Tuple.of(siteId))
        .map(DecisionBook::siteDecisions);
  }

  /** The newest decision's number, to compare with {@link SiteDecisions#version()}. */
  public Future<Integer> version(SqlClient client, int siteId) {
    return client
        .preparedQuery(GovernanceQueries.VERSION)
        .execute(Tuple.of(siteId))
        .map(rows -> rows.iterator().next().getInteger("version"));
  }

  /** A subject's decisions, the newest first. */
  public Future<List<DecisionRecord>> history(int siteId, DecisionSubject subject) {
    return database
        .pool()
        .preparedQuery(GovernanceQueries.HISTORY)
        .execute(tuple(siteId, subject.tagKey(), hash(subject)))
        .map(
            rows -> {
              List<DecisionRecord> history = new ArrayList<>();
              for (Row row : rows) history.add(decisionRecord(row));
              return List.copyOf(history);
            });
  }

  private static Future<Integer> clientOf(SqlConnection tx, int siteId) {
    return tx.preparedQuery(GovernanceQueries.CLIENT_OF_SITE)
        .execute(Tuple.of(siteId))
        .map(
            rows -> {
              if (rows.size() == 0) throw Refusal.notFound("There is no site " + siteId + ".");
              return rows.iterator().next().getInteger("client_id");
            });
  }

  private static Future<Integer> insert(SqlConnection tx, DecisionOrder order, Instant now) {
    return tx.preparedQuery(GovernanceQueries.INSERT)
        .execute(
            tuple(
                order.siteId(),
                order.subject().tagKey(),
                hash(order.subject()),
                order.state().name(),
                order.justification(),
                order.personId(),
                order.personName(),
                SqlTime.of(now)))
        .map(rows -> rows.iterator().next().getInteger("id"));
  }

  private static Future<Void> audit(
      SqlConnection tx, DecisionOrder order, int clientId, Instant now) {
    JsonObject detail =
        new JsonObject()
            .put("siteId", order.siteId())
            .put("state", order.state().name())
            .put("justification", order.justification());
    return tx.preparedQuery(GovernanceQueries.AUDIT)
        .execute(
            tuple(
                SqlTime.of(now),
                order.personName(),
                clientId,
                "decide",
                order.subject().label(),
                detail))
        .mapEmpty();
  }

  /**
   * An approval settles what it covers at once. A refusal changes nothing that is open: the next
   * visit that shows the script says so.
   */
  private Future<Integer> settle(SqlConnection tx, DecisionOrder order, Instant now) {
    if (order.state() != DecisionState.APPROVED) return Future.succeededFuture(0);
    String tagKey = order.subject().tagKey();
    if (tagKey != null) return findings.settleTag(tx, order.siteId(), tagKey, now);
    String sha256 = order.subject().scriptSha256();
    if (sha256 == null) throw new IllegalStateException("A decision without a subject");
    return findings.settleScript(tx, order.siteId(), sha256, now);
  }

  private static SiteDecisions siteDecisions(RowSet<Row> rows) {
    Map<String, Decisions.State> tags = new HashMap<>();
    Set<String> approved = new HashSet<>();
    Set<String> refused = new HashSet<>();
    int version = 0;
    for (Row row : rows) {
      version = row.getInteger("version");
      DecisionState state = DecisionState.valueOf(row.getString("state"));
      if (state == DecisionState.PENDING) continue;
      boolean yes = state == DecisionState.APPROVED;
      String tagKey = row.getString("tag_key");
      if (tagKey != null) {
        tags.put(tagKey, yes ? Decisions.State.APPROVED : Decisions.State.REFUSED);
      } else {
        (yes ? approved : refused).add(hex(row.getBuffer("script_sha256")));
      }
    }
    return new SiteDecisions(new Decisions(tags, approved, refused), version);
  }

  private static DecisionRecord decisionRecord(Row row) {
    String tagKey = row.getString("tag_key");
    return new DecisionRecord(
        row.getInteger("id"),
        tagKey != null
            ? DecisionSubject.tag(tagKey)
            : DecisionSubject.script(hex(row.getBuffer("script_sha256"))),
        DecisionState.valueOf(row.getString("state")),
        row.getString("justification"),
        row.getString("decided_by_name"),
        row.getOffsetDateTime("decided_at").toInstant());
  }

  private static @Nullable Buffer hash(DecisionSubject subject) {
    String sha256 = subject.scriptSha256();
    return sha256 == null ? null : SqlValues.bytes(sha256);
  }
}
