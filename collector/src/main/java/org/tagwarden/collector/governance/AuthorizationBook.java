package org.tagwarden.collector.governance;

import static org.tagwarden.collector.db.SqlValues.tuple;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.ClientScope;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Subject;

/**
 * The one book of what may run: authorizations as they hold, and every state they ever had. A
 * change is one transaction with its line in the history, its audit entry and the findings that it
 * settles; it waits for judgements of the same sites and they for it.
 */
public final class AuthorizationBook {
  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Settlement settlement;

  /** Every visit asks, and hardly any of them after a change. */
  private final Cache<Integer, SiteDecisions> knownBySite =
      CacheBuilder.newBuilder().maximumSize(1_000).build();

  public AuthorizationBook(Database database, FindingLedger findings, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.settlement = new Settlement(findings);
  }

  /** What holds on a site now, its client's authorizations for all sites included. */
  public Future<SiteDecisions> ofSite(int siteId) {
    // The version first: what is decided in between makes the judgement stale, not blind.
    return AuthorizationReading.version(database.pool(), siteId)
        .compose(
            version -> {
              SiteDecisions known = knownBySite.getIfPresent(siteId);
              if (known != null && known.version() == version) {
                return Future.succeededFuture(known);
              }
              return AuthorizationReading.ofSite(database.pool(), siteId)
                  .map(
                      all -> {
                        SiteDecisions made = new SiteDecisions(all, version);
                        knownBySite.put(siteId, made);
                        return made;
                      });
            });
  }

  /** What is decided about a site's tags now. */
  public Future<TagStates> tagStates(int siteId) {
    return ofSite(siteId)
        .compose(
            made ->
                RunningScripts.of(database.pool(), Map.of(siteId, made.authorizations()))
                    .map(
                        running ->
                            new TagStates(
                                made.authorizations(),
                                clock.instant(),
                                running.getOrDefault(siteId, Map.of()),
                                made.version())));
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
                  .compose(
                      all -> {
                        ClientTagStates states = new ClientTagStates(all, clients, clock.instant());
                        return RunningScripts.of(database.pool(), states.held()).map(states::with);
                      });
            });
  }

  /** Everything that holds for a client. */
  public Future<List<Authorization>> ofClient(int clientId) {
    return AuthorizationReading.list(
        database.pool(), GovernanceQueries.OF_CLIENT, Tuple.of(clientId));
  }

  /** Likewise for all clients that somebody may read. */
  public Future<List<Authorization>> ofClients(ClientScope scope) {
    return AuthorizationReading.list(
        database.pool(), GovernanceQueries.OF_CLIENTS, tuple(scope.parameter()));
  }

  /** One, also when it was withdrawn; null when there is none. */
  public Future<@Nullable Authorization> find(int id) {
    return AuthorizationReading.list(database.pool(), GovernanceQueries.BY_ID, Tuple.of(id))
        .map(found -> found.isEmpty() ? null : found.get(0));
  }

  /** An authorization's history, the newest first. */
  public Future<List<AuthorizationChange>> history(int id) {
    return AuthorizationReading.changes(database.pool(), GovernanceQueries.HISTORY, Tuple.of(id));
  }

  /** What was ever decided about these subjects on a site, the newest first. */
  public Future<List<AuthorizationChange>> history(int siteId, List<Subject> subjects) {
    return AuthorizationReading.changes(
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
    return database.inTransaction(tx -> save(tx, clientId, orders, withdrawals, decider));
  }

  /** Likewise, in a transaction that holds no lock of a site, and has audited nothing, yet. */
  public Future<Saved> save(
      SqlConnection tx,
      int clientId,
      List<AuthorizationOrder> orders,
      List<Withdrawal> withdrawals,
      Decider decider) {
    return new AuthorizationWriting(tx, audit, settlement, decider, clock.instant())
        .save(clientId, orders, withdrawals);
  }

  static Refusal noSuch() {
    return Refusal.notFound("There is no such authorization.");
  }
}
