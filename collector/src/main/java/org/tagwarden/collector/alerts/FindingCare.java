package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.Dispatch.Letter;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/** Who takes care of a finding, and whether it is muted. Both end its way along the path. */
public final class FindingCare {
  static final String ACKNOWLEDGE = "acknowledge finding";
  private static final Duration LONGEST_MUTE = Duration.ofDays(366);

  /** Messages that say that nobody takes care. */
  private static final List<AlertKind> LATE = List.of(AlertKind.LATE);

  /** Messages that say that something happened. */
  private static final List<AlertKind> NEWS =
      List.of(AlertKind.NOW, AlertKind.DAILY, AlertKind.WEEKLY, AlertKind.LATE, AlertKind.UNMUTED);

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  public FindingCare(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * How it stands.
   *
   * @param acknowledgedBy null when nobody takes care of it
   * @param mutedUntil null when it is not muted
   * @param next when the path's next one is told; null when nobody will be
   */
  public record Care(
      @Nullable String acknowledgedBy,
      @Nullable Instant acknowledgedAt,
      @Nullable Instant mutedUntil,
      String muteReason,
      String mutedBy,
      @Nullable Instant next) {}

  /** Of one finding. */
  public Future<Care> of(int findingId) {
    return database
        .pool()
        .preparedQuery(CareQueries.CARE)
        .execute(tuple(findingId, SqlTime.now(clock)))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Care(
                  row.getString("acknowledged_by"),
                  SqlTime.instantOrNull(row, "acknowledged_at"),
                  SqlTime.instantOrNull(row, "muted_until"),
                  row.getString("mute_reason"),
                  row.getString("muted_by"),
                  SqlTime.instantOrNull(row, "next_at"));
            });
  }

  /** Says who takes care of an open finding; for requesters and above. */
  public Future<Void> acknowledge(Principal by, int siteId, int findingId) {
    return database.inTransaction(
        tx ->
            client(tx, siteId, findingId, by, Role.REQUESTER)
                .compose(
                    clientId ->
                        address(tx, by)
                            .compose(
                                address ->
                                    acknowledge(
                                        tx,
                                        findingId,
                                        address,
                                        AuditEntry.of(
                                            by, clientId, ACKNOWLEDGE, subject(findingId))))));
  }

  /**
   * Likewise for whoever was authorized otherwise.
   *
   * @param address theirs, so that they are not told of what they do; "" when it is not known
   * @param entry says who
   */
  Future<Void> acknowledge(SqlConnection tx, int findingId, String address, AuditEntry entry) {
    return tx.preparedQuery(CareQueries.ACKNOWLEDGE)
        .execute(tuple(findingId, entry.who(), SqlTime.now(clock)))
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.succeededFuture()
                    : endEscalation(tx, findingId)
                        .compose(done -> unsay(tx, findingId, LATE))
                        .compose(done -> tellThatItIsTaken(tx, findingId, address))
                        .compose(
                            done ->
                                audit.write(tx, entry.made(Map.of("inTheHandsOf", entry.who())))));
  }

  /** Who was alarmed because nobody did anything hears that somebody does now. */
  private Future<Void> tellThatItIsTaken(SqlConnection tx, int findingId, String address) {
    Instant now = clock.instant();
    return tx.preparedQuery(CareQueries.TOLD_LATE)
        .execute(tuple(findingId, address))
        .compose(
            rows -> {
              List<Letter> letters = new ArrayList<>();
              int siteId = 0;
              for (Row row : rows) {
                siteId = row.getInteger("site_id");
                letters.add(
                    new Letter(
                        AlertKind.TAKEN,
                        row.getString("channel"),
                        row.getString("recipient"),
                        row.getInteger("destination_id"),
                        now,
                        row.getLong("change_id")));
              }
              return AlertOutbox.write(tx, siteId, letters, now);
            });
  }

  private static Future<String> address(SqlConnection tx, Principal by) {
    return tx.preparedQuery("SELECT email FROM person WHERE id = $1")
        .execute(tuple(by.personId()))
        .map(rows -> rows.size() == 0 ? "" : rows.iterator().next().getString("email"));
  }

  private static Future<Void> unsay(SqlConnection tx, int findingId, List<AlertKind> kinds) {
    return tx.preparedQuery(CareQueries.UNSAY)
        .execute(tuple(findingId, kinds.stream().map(Enum::name).toArray(String[]::new)))
        .mapEmpty();
  }

  /** Sends nothing about it until then, unless it gets worse; for approvers. */
  public Future<Void> mute(Principal by, int siteId, int findingId, String reason, Instant until) {
    Instant now = clock.instant();
    if (reason.isBlank() || reason.length() > 500)
      throw Refusal.invalid("reason", "Say why in at most 500 characters.");
    if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_MUTE)))
      throw Refusal.invalid("until", "Choose a day within the next year.");
    return database.inTransaction(
        tx ->
            client(tx, siteId, findingId, by, Role.APPROVER)
                .compose(
                    clientId ->
                        tx.preparedQuery(CareQueries.MUTE)
                            .execute(
                                tuple(
                                    findingId,
                                    reason,
                                    SqlTime.of(until),
                                    by.name(),
                                    SqlTime.of(now)))
                            .compose(done -> endEscalation(tx, findingId))
                            .compose(done -> unsay(tx, findingId, NEWS))
                            .compose(
                                done ->
                                    audit.write(
                                        tx,
                                        AuditEntry.of(
                                                by, clientId, "mute finding", subject(findingId))
                                            .made(
                                                Map.of(
                                                    "until",
                                                    until.toString(),
                                                    "reason",
                                                    reason))))));
  }

  /** Ends a mute before its time; for approvers. The people of the rules hear of it. */
  public Future<Void> unmute(Principal by, int siteId, int findingId) {
    return database.inTransaction(
        tx ->
            client(tx, siteId, findingId, by, Role.APPROVER)
                .compose(
                    clientId ->
                        tx.preparedQuery(CareQueries.UNMUTE)
                            .execute(tuple(findingId, SqlTime.now(clock)))
                            .compose(
                                done ->
                                    audit.write(
                                        tx,
                                        AuditEntry.of(
                                                by, clientId, "unmute finding", subject(findingId))
                                            .changed(
                                                Map.of("muted", true), Map.of("muted", false))))));
  }

  static String subject(int findingId) {
    return "finding " + findingId;
  }

  private static Future<Void> endEscalation(SqlClient tx, int findingId) {
    return tx.preparedQuery(CareQueries.END_ESCALATION).execute(tuple(findingId)).mapEmpty();
  }

  private static Future<Integer> client(
      SqlConnection tx, int siteId, int findingId, Principal by, Role needed) {
    return tx.preparedQuery(CareQueries.CLIENT)
        .execute(tuple(siteId, findingId))
        .map(
            rows -> {
              Integer clientId =
                  rows.size() == 0 ? null : rows.iterator().next().getInteger("client_id");
              if (clientId == null || !by.readable().includes(clientId))
                throw Refusal.notFound("There is no such finding.");
              by.require(needed, clientId);
              return clientId;
            });
  }
}
