package org.tagwarden.collector.governance;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.db.SiteLock;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Verdict;

/** The steps of one transaction that changes authorizations; used once. */
final class AuthorizationWriting {
  /** Keeps the locks of clients apart from others. */
  private static final int LOCK_SPACE = 0x7461_6763;

  private final SqlConnection tx;
  private final AuditLog audit;
  private final Settlement settlement;
  private final Decider decider;
  private final Instant now;
  private final List<Integer> changeIds = new ArrayList<>();
  private final List<Integer> authorizationIds = new ArrayList<>();
  private final TreeSet<Integer> sites = new TreeSet<>();
  private boolean everySite;
  private String role = "";

  AuthorizationWriting(
      SqlConnection tx, AuditLog audit, Settlement settlement, Decider decider, Instant now) {
    this.tx = tx;
    this.audit = audit;
    this.settlement = settlement;
    this.decider = decider;
    this.now = now;
  }

  /** Everything, in order; joins a transaction that holds no lock of a site yet. */
  Future<Saved> save(int clientId, List<AuthorizationOrder> orders, List<Withdrawal> withdrawals) {
    return lock(tx, clientId, orders, withdrawals)
        .compose(done -> role(clientId))
        .compose(done -> each(orders, order -> save(clientId, order)))
        .compose(done -> each(withdrawals, one -> withdraw(clientId, one)))
        .compose(done -> settle(clientId))
        .compose(settled -> Lapses.putDown(tx, authorizationIds, now).map(settled))
        .map(settled -> new Saved(changeIds, authorizationIds, settled));
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

  private Future<Void> role(int clientId) {
    role = decider.role();
    if (decider.personId() == null) return Future.succeededFuture();
    return tx.preparedQuery(GovernanceQueries.ROLE)
        .execute(Tuple.of(decider.personId(), clientId))
        .map(
            rows -> {
              if (rows.size() > 0) role = rows.iterator().next().getString("role");
              return null;
            });
  }

  private Future<Void> save(int clientId, AuthorizationOrder order) {
    AuthorizationDraft draft = order.draft();
    if (draft.scope().clientId() != clientId) throw otherClient();
    return AuthorizationReading.list(
            tx, GovernanceQueries.BY_SUBJECT, AuthorizationRow.identity(draft))
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
                  created ? AuthorizationChange.Action.CREATED : AuthorizationChange.Action.CHANGED,
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

  private Future<Void> withdraw(int clientId, Withdrawal withdrawal) {
    int id = withdrawal.authorizationId();
    return AuthorizationReading.list(tx, GovernanceQueries.BY_ID, Tuple.of(id))
        .compose(
            found -> {
              if (found.isEmpty() || found.get(0).scope().clientId() != clientId)
                throw AuthorizationBook.noSuch();
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

  private Future<Integer> settle(int clientId) {
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
    return AuthorizationReading.changes(tx, GovernanceQueries.NEWEST_CHANGE, Tuple.of(id))
        .map(list -> list.get(0));
  }

  /** Somebody decided in between. */
  static Refusal late(AuthorizationChange change) {
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
            + " ("
            + change.subject().label()
            + ") at "
            + change.at().toString().substring(0, 16).replace('T', ' ')
            + " UTC (\""
            + change.justification()
            + "\"): look at it, then decide again.");
  }

  private static Refusal otherClient() {
    return Refusal.invalid("site", "All of them are to be one client's.");
  }
}
