package org.tagwarden.collector.governance;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.ClientScope;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.site.Site;

/**
 * What marketing asks for before it is deployed, and what IT answers. Asking changes nothing about
 * what may run: an approval is an authorization of its own.
 */
public final class TagRequests {
  private static final int LONGEST = 4_000;

  private static final String LIST =
      """
      SELECT r.*, s.name AS site_name, s.client_id, c.name AS client_name
      FROM tag_request r JOIN site s ON s.id = r.site_id JOIN client c ON c.id = s.client_id
      """;

  private static final String OF_CLIENTS =
      LIST
          + """
          WHERE ($1::int[] IS NULL OR s.client_id = ANY($1)) AND ($2::int IS NULL OR r.site_id = $2)
          ORDER BY (r.state = 'OPEN') DESC, r.asked_at DESC, r.id DESC LIMIT 500
          """;

  private static final String ONE = LIST + "WHERE r.id = $1";

  private static final String LOCKED = ONE + " FOR UPDATE OF r";

  private static final String ASK =
      """
      INSERT INTO tag_request (site_id, what, reason, wanted_from, asked_by, asked_by_name, asked_at, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 'OPEN') RETURNING id
      """;

  /** Changes one row for exactly one of two who answer at the same moment. */
  private static final String ANSWER =
      """
      UPDATE tag_request SET state = $2, answer = $3, answered_by_name = $4, answered_at = $5, authorization_id = $6
      WHERE id = $1 AND state = 'OPEN'
      """;

  private final Database database;
  private final AuditLog audit;
  private final RequestNews news;
  private final Clock clock;

  public TagRequests(Database database, AuditLog audit, RequestNews news, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.news = news;
    this.clock = clock;
  }

  /** Open ones first, then the newest. */
  public Future<List<TagRequest>> list(ClientScope scope, @Nullable Integer siteId) {
    return list(database.pool(), OF_CLIENTS, tuple(scope.parameter(), siteId));
  }

  /** One that somebody may read; somebody else's does not exist. */
  public Future<TagRequest> get(Principal by, int id) {
    return find(database.pool(), id)
        .map(
            request -> {
              if (request == null || !by.readable().includes(request.clientId())) throw noSuch();
              return request;
            });
  }

  /** Asks for a tag; needs the role of a requester. Those who decide are told. */
  public Future<Integer> ask(
      Principal by, Site site, String what, String reason, @Nullable LocalDate wantedFrom) {
    by.require(Role.REQUESTER, site.clientId());
    String product = said("what", what, 200, "Say which tag: its product or vendor.");
    String why = said("reason", reason, LONGEST, "Write down what it is for.");
    AuditEntry entry =
        AuditEntry.of(by, site.clientId(), "ask for a tag", product + " on " + site.name())
            .made(new JsonObject().put("reason", why).put("from", String.valueOf(wantedFrom)));
    return database.inTransaction(
        tx ->
            tx.preparedQuery(ASK)
                .execute(
                    tuple(
                        site.id(),
                        product,
                        why,
                        wantedFrom,
                        by.personId(),
                        by.name(),
                        SqlTime.now(clock)))
                .map(rows -> rows.iterator().next().getInteger("id"))
                .compose(
                    id ->
                        audit
                            .write(tx, entry)
                            .compose(done -> news.asked(tx, id, clock.instant()))
                            .map(id)));
  }

  /**
   * Answers one: granting and declining need the role of an approver; who asked may withdraw. The
   * second of two who answer at once is told what the first said.
   */
  public Future<TagRequest> answer(Principal by, int id, RequestState state, String answer) {
    return get(by, id)
        .compose(
            request -> {
              boolean own =
                  request.askedById() != null && request.askedById().equals(by.personId());
              boolean withdraws = state == RequestState.WITHDRAWN && own;
              if (!withdraws) by.require(Role.APPROVER, request.clientId());
              if (state == RequestState.OPEN) {
                throw Refusal.invalid("state", "Grant it or decline it.");
              }
              String said =
                  withdraws && answer.isBlank()
                      ? "Withdrawn by who asked."
                      : said("answer", answer, LONGEST, "Write down why, for who asked.");
              return database.inTransaction(tx -> close(tx, by, request, state, said, null));
            });
  }

  /**
   * Takes a request that is still open into this transaction, for an approver: whoever answers
   * besides waits.
   */
  Future<TagRequest> hold(SqlConnection tx, Principal by, int id) {
    return list(tx, LOCKED, Tuple.of(id))
        .map(
            found -> {
              if (found.isEmpty() || !by.readable().includes(found.get(0).clientId())) {
                throw noSuch();
              }
              TagRequest request = found.get(0);
              by.require(Role.APPROVER, request.clientId());
              if (request.state() != RequestState.OPEN) throw late(request);
              return request;
            });
  }

  /**
   * Writes the answer down in this transaction, and who asked is told.
   *
   * @param authorizationId what was decided with it; null when it is an answer alone
   */
  Future<TagRequest> close(
      SqlConnection tx,
      Principal by,
      TagRequest request,
      RequestState state,
      String said,
      @Nullable Integer authorizationId) {
    AuditEntry entry =
        AuditEntry.of(
                by,
                request.clientId(),
                "answer request",
                request.what() + " on " + request.siteName())
            .changed(
                new JsonObject().put("state", request.state().name()),
                new JsonObject().put("state", state.name()).put("answer", said));
    return tx.preparedQuery(ANSWER)
        .execute(
            tuple(request.id(), state.name(), said, by.name(), SqlTime.now(clock), authorizationId))
        .compose(
            changed ->
                changed.rowCount() == 1
                    ? audit.write(tx, entry)
                    : find(tx, request.id()).compose(other -> Future.failedFuture(late(other))))
        .compose(done -> news.answered(tx, request.id(), by.personId(), clock.instant()))
        .compose(done -> find(tx, request.id()))
        .map(Objects::requireNonNull);
  }

  private static Refusal late(@Nullable TagRequest other) {
    if (other == null) return noSuch();
    return Refusal.of(
        Refusal.Kind.CONFLICT,
        other.answeredBy()
            + " was faster: the request is "
            + other.state().name().toLowerCase(Locale.ROOT)
            + " (\""
            + other.answer()
            + "\").");
  }

  private static Refusal noSuch() {
    return Refusal.notFound("There is no such request.");
  }

  private static String said(String field, String text, int longest, String missing) {
    String stripped = text.strip();
    if (stripped.isEmpty()) throw Refusal.invalid(field, missing);
    if (stripped.length() > longest) {
      throw Refusal.invalid(field, "At most " + longest + " characters.");
    }
    return stripped;
  }

  private static Future<@Nullable TagRequest> find(SqlClient client, int id) {
    return list(client, ONE, Tuple.of(id)).map(list -> list.isEmpty() ? null : list.get(0));
  }

  private static Future<List<TagRequest>> list(SqlClient client, String sql, Tuple values) {
    return client
        .preparedQuery(sql)
        .execute(values)
        .map(
            rows -> {
              List<TagRequest> requests = new ArrayList<>();
              for (Row row : rows) requests.add(request(row));
              return requests;
            });
  }

  private static TagRequest request(Row row) {
    return new TagRequest(
        row.getInteger("id"),
        row.getInteger("site_id"),
        row.getString("site_name"),
        row.getInteger("client_id"),
        row.getString("client_name"),
        row.getString("what"),
        row.getString("reason"),
        row.getLocalDate("wanted_from"),
        row.getInteger("asked_by"),
        row.getString("asked_by_name"),
        SqlTime.instant(row, "asked_at"),
        RequestState.valueOf(row.getString("state")),
        row.getString("answer"),
        row.getString("answered_by_name"),
        SqlTime.instantOrNull(row, "answered_at"),
        row.getInteger("authorization_id"));
  }
}
