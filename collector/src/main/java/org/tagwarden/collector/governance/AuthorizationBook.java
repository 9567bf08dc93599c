package org.tagwarden.collector.governance;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
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
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.ClientScope;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SiteLock;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;

/**
 * The one book of what may run: authorizations as they hold, and every state they ever had. A
 * change is one transaction with its line in the history, its audit entry and the findings that it
 * settles; it waits for judgements of the same sites and they for it.
 */
public final class AuthorizationBook {
  /** Keeps the locks of clients apart from others. */
  private static final int LOCK_SPACE = 0x7461_6763;

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Settlement settlement;

  public AuthorizationBook(Database database, FindingLedger findings, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.settlement = new Settlement(findings);
  }

  /** What holds on a site now, its client's authorizations for all sites included. */
  public Future<SiteDecisions> ofSite(int siteId) {
    return ofSite(database.pool(), siteId);
  }

  static Future<SiteDecisions> ofSite(SqlClient client, int siteId) {
    // The version first: what is decided in between makes the judgement stale, not blind.
    return version(client, siteId)
        .compose(
            version ->
                list(client, GovernanceQueries.OF_SITE, Tuple.of(siteId))
                    .map(all -> new SiteDecisions(Authorizations.of(all), version)));
  }

  /** The newest change's number, to compare with {@link SiteDecisions#version()}. */
  static Future<Integer> version(SqlClient client, int siteId) {
    return client
        .preparedQuery(GovernanceQueries.VERSION)
        .execute(Tuple.of(siteId))
        .map(rows -> rows.size() == 0 ? 0 : rows.iterator().next().getInteger("version"));
  }

  /** What is decided about a site's tags now. */
  public Future<TagStates> tagStates(int siteId) {
    return ofSite(siteId).map(made -> new TagStates(made.authorizations(), clock.instant()));
  }

  /** Likewise for the sites of the clients that somebody may read. */
  public Future<ClientTagStates> tagStates(ClientScope scope) {
    return database
        .pool()
        .preparedQuery(GovernanceQueries.SITES_OF_CLIENTS)
        .execute(tuple(scope.parameter()))
        .compose(
            rows -> {
              Map<Integer, Integer> clients = new HashMap<>();
              for (Row row : rows) clients.put(row.getInteger("id"), row.getInteger("client_id"));
              return ofClients(scope)
                  .map(all -> new ClientTagStates(all, clients, clock.instant()));
            });
  }

  /** Everything that holds for a client. */
  public Future<List<Authorization>> ofClient(int clientId) {
    return list(database.pool(), GovernanceQueries.OF_CLIENT, Tuple.of(clientId));
  }

  /** Likewise for all clients that somebody may read. */
  public Future<List<Authorization>> ofClients(ClientScope scope) {
    return list(database.pool(), GovernanceQueries.OF_CLIENTS, tuple(scope.parameter()));
  }

  /** One, also when it was withdrawn; null when there is none. */
  public Future<@Nullable Authorization> find(int id) {
    return list(database.pool(), GovernanceQueries.BY_ID, Tuple.of(id))
        .map(found -> found.isEmpty() ? null : found.get(0));
  }

  /** An authorization's history, the newest first. */
  public Future<List<AuthorizationChange>> history(int id) {
    return changes(database.pool(), GovernanceQueries.HISTORY, Tuple.of(id));
  }

  /** A client's history, the newest first. */
  public Future<List<AuthorizationChange>> historyOf(int clientId, @Nullable Integer siteId) {
    return changes(database.pool(), GovernanceQueries.HISTORY_OF_CLIENT, tuple(clientId, siteId));
  }

  /** What was ever decided about these subjects on a site, the newest first. */
  public Future<List<AuthorizationChange>> history(int siteId, List<Subject> subjects) {
    return changes(
        database.pool(),
        GovernanceQueries.HISTORY_OF_SUBJECTS,
        tuple(
            siteId,
            subjects.stream().map(s -> s.kind().name()).toArray(String[]::new),
            subjects.stream().map(Subject::value).toArray(String[]::new)));
  }

  /** Saves one; see {@link #save(int, List, List, Decider)}. */
  public Future<Saved> save(AuthorizationOrder order, Decider decider) {
    return save(order.draft().scope().clientId(), List.of(order), List.of(), decider);
  }

  /** Withdraws one: it counts no more, and its history stays. */
  public Future<Saved> withdraw(Withdrawal withdrawal, Decider decider) {
    return find(withdrawal.authorizationId())
        .compose(
            found -> {
              if (found == null) return Future.failedFuture(noSuch());
              return save(found.scope().clientId(), List.of(), List.of(withdrawal), decider);
            });
  }

  /**
   * Saves and withdraws, all or nothing. Refused (conflict) with what the other did when somebody
   * was faster.
   */
  public Future<Saved> save(
      int clientId,
      List<AuthorizationOrder> orders,
      List<Withdrawal> withdrawals,
      Decider decider) {
    return database.inTransaction(tx -> saveIn(tx, clientId, orders, withdrawals, decider));
  }

  /** Likewise in the caller's transaction, which holds no lock of a site yet. */
  Future<Saved> saveIn(
      SqlConnection tx,
      int clientId,
      List<AuthorizationOrder> orders,
      List<Withdrawal> withdrawals,
      Decider decider) {
    Instant now = clock.instant();
    Writing writing = new Writing(tx, decider, now);
    return lock(tx, clientId, orders, withdrawals)
        .compose(done -> writing.role(clientId))
        .compose(done -> each(orders, order -> writing.save(clientId, order)))
        .compose(done -> each(withdrawals, one -> writing.withdraw(clientId, one)))
        .compose(done -> writing.settle(clientId))
        .map(settled -> new Saved(writing.changeIds, writing.authorizationIds, settled));
  }

  private static <T> Future<Void> each(List<T> list, Function<T, Future<Void>> step) {
    Future<Void> done = Future.succeededFuture();
    for (T one : list) done = done.compose(before -> step.apply(one));
    return done;
  }

  /** Whatever concerns one site waits for that site alone. */
  private static Future<Void> lock(
      SqlConnection tx,
      int clientId,
      List<AuthorizationOrder> orders,
      List<Withdrawal> withdrawals) {
    TreeSet<Integer> sites = new TreeSet<>();
    boolean everySite = !withdrawals.isEmpty() || orders.isEmpty();
    for (AuthorizationOrder order : orders) {
      Integer site = order.draft().scope().siteId();
      if (site == null) everySite = true;
      else sites.add(site);
    }
    boolean all = everySite || sites.size() > 1;
    return tx.preparedQuery(GovernanceQueries.LOCK_CLIENT)
        .execute(Tuple.of(LOCK_SPACE, clientId))
        .compose(done -> all ? SiteLock.takeAll(tx, clientId) : SiteLock.take(tx, sites.first()));
  }

  /** The steps of one transaction. */
  private final class Writing {
    private final SqlConnection tx;
    private final Decider decider;
    private final Instant now;
    private final List<Integer> changeIds = new ArrayList<>();
    private final List<Integer> authorizationIds = new ArrayList<>();
    private final TreeSet<Integer> sites = new TreeSet<>();
    private boolean everySite;
    private String role = "";

    Writing(SqlConnection tx, Decider decider, Instant now) {
      this.tx = tx;
      this.decider = decider;
      this.now = now;
    }

    Future<Void> role(int clientId) {
      if (decider.personId() == null) return Future.succeededFuture();
      return tx.preparedQuery(GovernanceQueries.ROLE)
          .execute(Tuple.of(decider.personId(), clientId))
          .map(
              rows -> {
                if (rows.size() > 0) role = rows.iterator().next().getString("role");
                return null;
              });
    }

    Future<Void> save(int clientId, AuthorizationOrder order) {
      AuthorizationDraft draft = order.draft();
      if (draft.scope().clientId() != clientId) throw otherClient();
      return list(tx, GovernanceQueries.BY_SUBJECT, AuthorizationRow.identity(draft))
          .compose(
              found -> {
                Authorization before = found.isEmpty() ? null : found.get(0);
                return unchangedSince(tx, draft, before, order.seenVersion())
                    .compose(done -> write(draft, before));
              });
    }

    private Future<Void> write(AuthorizationDraft draft, @Nullable Authorization before) {
      String statement = before == null ? GovernanceQueries.INSERT : GovernanceQueries.UPDATE;
      return tx.preparedQuery(statement)
          .execute(AuthorizationRow.values(draft, before, decider, role, now))
          .compose(
              rows -> {
                int id = rows.iterator().next().getInteger("id");
                boolean created = before == null;
                return note(
                    id,
                    draft,
                    created
                        ? AuthorizationChange.Action.CREATED
                        : AuthorizationChange.Action.CHANGED,
                    draft.justification());
              })
          .compose(done -> audit.write(tx, decided(draft, before)));
    }

    private AuditEntry decided(AuthorizationDraft draft, @Nullable Authorization before) {
      AuditEntry entry = entry("decide", draft);
      JsonObject now = AuthorizationRow.terms(draft);
      if (before == null) return entry.made(now);
      return entry.changed(AuthorizationRow.terms(AuthorizationDraft.of(before)), now);
    }

    Future<Void> withdraw(int clientId, Withdrawal withdrawal) {
      int id = withdrawal.authorizationId();
      return list(tx, GovernanceQueries.BY_ID, Tuple.of(id))
          .compose(
              found -> {
                if (found.isEmpty() || found.get(0).scope().clientId() != clientId) throw noSuch();
                AuthorizationDraft draft = AuthorizationDraft.of(found.get(0));
                return unchangedSince(tx, draft, found.get(0), withdrawal.seenVersion())
                    .compose(
                        done ->
                            tx.preparedQuery(GovernanceQueries.WITHDRAW)
                                .execute(tuple(id, SqlTime.of(now))))
                    .compose(
                        rows -> {
                          if (rows.rowCount() == 0) {
                            return newest(tx, id)
                                .compose(change -> Future.failedFuture(late(change)));
                          }
                          return note(
                                  id,
                                  draft,
                                  AuthorizationChange.Action.WITHDRAWN,
                                  withdrawal.reason())
                              .compose(
                                  noted ->
                                      audit.write(
                                          tx,
                                          entry("withdraw authorization", draft)
                                              .gone(AuthorizationRow.terms(draft))));
                        });
              });
    }

    private Future<Void> note(
        int id, AuthorizationDraft draft, AuthorizationChange.Action action, String why) {
      Integer site = draft.scope().siteId();
      if (site == null) everySite = true;
      else sites.add(site);
      return tx.preparedQuery(GovernanceQueries.CHANGE)
          .execute(
              tuple(
                  id,
                  draft.scope().clientId(),
                  site,
                  action.name(),
                  draft.verdict().name(),
                  why,
                  decider.personId(),
                  decider.name(),
                  role,
                  SqlTime.of(now),
                  AuthorizationRow.terms(draft)))
          .map(
              rows -> {
                changeIds.add(rows.iterator().next().getInteger("id"));
                authorizationIds.add(id);
                return null;
              });
    }

    private AuditEntry entry(String action, AuthorizationDraft draft) {
      return AuditEntry.of(
          decider.name(),
          decider.from(),
          draft.scope().clientId(),
          action,
          draft.subject().label() + ": " + draft.verdict().word());
    }

    Future<Integer> settle(int clientId) {
      if (!everySite) return settlement.settle(tx, List.copyOf(sites), now);
      return tx.preparedQuery(GovernanceQueries.SITES_OF_CLIENT)
          .execute(Tuple.of(clientId))
          .compose(
              rows -> {
                List<Integer> all = new ArrayList<>();
                for (Row row : rows) all.add(row.getInteger("id"));
                return settlement.settle(tx, all, now);
              });
    }
  }

  private static Future<Void> unchangedSince(
      SqlClient tx,
      AuthorizationDraft draft,
      @Nullable Authorization before,
      @Nullable Integer seenVersion) {
    int version = before == null ? 0 : before.version();
    if (seenVersion == null || seenVersion == version) return Future.succeededFuture();
    if (before == null) {
      return Future.failedFuture(
          Refusal.of(
              Refusal.Kind.CONFLICT,
              "Somebody withdrew the authorization of "
                  + draft.subject().label()
                  + " meanwhile: look at its history, then decide again."));
    }
    return newest(tx, before.id()).compose(change -> Future.failedFuture(late(change)));
  }

  private static Future<AuthorizationChange> newest(SqlClient tx, int id) {
    return changes(tx, GovernanceQueries.NEWEST_CHANGE, Tuple.of(id)).map(list -> list.get(0));
  }

  private static Refusal late(AuthorizationChange change) {
    String deed =
        change.action() == AuthorizationChange.Action.WITHDRAWN
            ? "withdrew it"
            : change.verdict() == Verdict.PENDING
                ? "put it on hold"
                : change.verdict() == Verdict.APPROVED ? "approved it" : "refused it";
    return Refusal.of(
        Refusal.Kind.CONFLICT,
        change.by()
            + " was faster and "
            + deed
            + " at "
            + change.at().toString().substring(0, 16).replace('T', ' ')
            + " UTC (\""
            + change.justification()
            + "\"): look at it, then decide again.");
  }

  static Refusal noSuch() {
    return Refusal.notFound("There is no such authorization.");
  }

  private static Refusal otherClient() {
    return Refusal.invalid("site", "All of them are to be one client's.");
  }

  private static Future<List<Authorization>> list(SqlClient client, String sql, Tuple values) {
    return client.preparedQuery(sql).execute(values).map(AuthorizationBook::authorizations);
  }

  private static List<Authorization> authorizations(RowSet<Row> rows) {
    List<Authorization> all = new ArrayList<>(rows.size());
    for (Row row : rows) all.add(AuthorizationRow.read(row));
    return all;
  }

  private static Future<List<AuthorizationChange>> changes(
      SqlClient client, String sql, Tuple values) {
    return client
        .preparedQuery(sql)
        .execute(values)
        .map(
            rows -> {
              List<AuthorizationChange> changes = new ArrayList<>(rows.size());
              for (Row row : rows) changes.add(change(row));
              return changes;
            });
  }

  private static AuthorizationChange change(Row row) {
    return new AuthorizationChange(
        row.getInteger("id"),
        row.getInteger("authorization_id"),
        row.getInteger("site_id"),
        AuthorizationRow.subject(row),
        AuthorizationChange.Action.valueOf(row.getString("action")),
        Verdict.valueOf(row.getString("verdict")),
        row.getString("justification"),
        row.getString("by_name"),
        row.getString("by_role"),
        SqlTime.instant(row, "at"),
        row.getJsonObject("terms"));
  }
}
