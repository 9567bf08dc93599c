package org.tagwarden.collector.governance.policy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.AuthorizationJson;
import org.tagwarden.collector.governance.AuthorizationOrder;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.Withdrawal;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.site.Client;

/** A client's authorizations as a file: written, compared, taken over. */
public final class Policies {
  private static final String SITES =
      "SELECT id, name FROM site WHERE client_id = $1 ORDER BY archived_at IS NULL, id";

  private final Database database;
  private final AuthorizationBook book;
  private final WorkerExecutor workers;

  public Policies(Vertx vertx, Database database, AuthorizationBook book) {
    this.database = database;
    this.book = book;
    this.workers = vertx.createSharedWorkerExecutor("policies", 1);
  }

  /**
   * A policy to be taken over.
   *
   * @param prune whether what it does not name is withdrawn
   */
  public record Draft(String text, PolicyFormat format, boolean prune) {}

  /** Everything that holds for the client, the widest first. */
  public Future<String> export(Client client, PolicyFormat format) {
    return held(client.id())
        .map(
            held -> {
              List<JsonObject> entries = new ArrayList<>();
              for (Authorization one : held.authorizations()) entries.add(held.json(one));
              return Policy.write(client.name(), entries, format);
            });
  }

  /** What taking it over would change; changes nothing. */
  public Future<PolicyPlan> plan(Client client, Draft draft) {
    return comparison(client, draft).map(Comparison::plan);
  }

  /**
   * Takes it over, all or nothing; answers what changed. Refused when somebody decides meanwhile.
   */
  public Future<PolicyPlan> apply(Client client, Draft draft, Decider decider) {
    return comparison(client, draft)
        .compose(
            comparison -> {
              if (comparison.plan().changes() == 0) {
                return Future.succeededFuture(comparison.plan());
              }
              return book.save(client.id(), comparison.orders(), comparison.withdrawals(), decider)
                  .map(comparison.plan());
            });
  }

  /** What holds, with the names of sites both ways. */
  private record Held(
      List<Authorization> authorizations, Map<String, Integer> ids, Map<Integer, String> names) {
    @Nullable String site(Scope scope) {
      return scope.siteId() == null ? null : names.get(scope.siteId());
    }

    JsonObject json(Authorization one) {
      return AuthorizationJson.write(AuthorizationDraft.of(one), site(one.scope()));
    }

    String label(Scope scope, Subject subject) {
      String site = site(scope);
      return subject.label()
          + " on "
          + (site == null ? "all sites" : site)
          + (scope.pages() == Scope.Pages.PAYMENT ? ", payment pages" : "");
    }
  }

  private record Comparison(
      PolicyPlan plan, List<AuthorizationOrder> orders, List<Withdrawal> withdrawals) {}

  /** A file of some thousand authorizations takes its time: not on the event loop. */
  private Future<Comparison> comparison(Client client, Draft draft) {
    return held(client.id())
        .compose(held -> workers.executeBlocking(() -> compare(client, draft, held), false));
  }

  private static Comparison compare(Client client, Draft draft, Held held) {
    Policy policy = Policy.read(draft.text(), draft.format());
    if (policy.client() != null && !policy.client().equals(client.name())) {
      throw Refusal.invalid(
          "policy",
          "This policy is for \""
              + policy.client()
              + "\", and this client is "
              + client.name()
              + ".");
    }
    List<PolicyPlan.Line> lines = new ArrayList<>();
    List<AuthorizationOrder> orders = new ArrayList<>();
    List<Withdrawal> withdrawals = new ArrayList<>();
    Map<List<Object>, Authorization> left = new LinkedHashMap<>();
    for (Authorization one : held.authorizations()) {
      left.put(List.of(one.scope(), one.subject()), one);
    }
    int unchanged = 0;
    for (AuthorizationDraft wanted : policy.drafts(client.id(), held.ids())) {
      String label = held.label(wanted.scope(), wanted.subject());
      JsonObject after = AuthorizationJson.write(wanted, held.site(wanted.scope()));
      Authorization now = left.remove(List.of(wanted.scope(), wanted.subject()));
      if (now == null) {
        lines.add(
            new PolicyPlan.Line(
                PolicyPlan.Kind.CREATE, label, PolicyPlan.differences(new JsonObject(), after)));
        orders.add(new AuthorizationOrder(wanted, 0));
        continue;
      }
      List<String> differences = PolicyPlan.differences(held.json(now), after);
      if (differences.isEmpty()) unchanged++;
      else {
        lines.add(new PolicyPlan.Line(PolicyPlan.Kind.CHANGE, label, differences));
        orders.add(new AuthorizationOrder(wanted, now.version()));
      }
    }
    for (Authorization one : left.values()) {
      PolicyPlan.Kind kind = draft.prune() ? PolicyPlan.Kind.WITHDRAW : PolicyPlan.Kind.KEEP;
      lines.add(new PolicyPlan.Line(kind, held.label(one.scope(), one.subject()), List.of()));
      if (draft.prune()) {
        withdrawals.add(
            new Withdrawal(one.id(), one.version(), "It is not in the policy that was applied."));
      }
    }
    return new Comparison(new PolicyPlan(lines, unchanged), orders, withdrawals);
  }

  private Future<Held> held(int clientId) {
    return database
        .pool()
        .preparedQuery(SITES)
        .execute(Tuple.of(clientId))
        .compose(
            rows -> {
              Map<String, Integer> ids = new HashMap<>();
              Map<Integer, String> names = new HashMap<>();
              for (Row row : rows) {
                ids.put(row.getString("name"), row.getInteger("id"));
                names.put(row.getInteger("id"), row.getString("name"));
              }
              return book.ofClient(clientId).map(all -> new Held(sorted(all, names), ids, names));
            });
  }

  private static List<Authorization> sorted(List<Authorization> all, Map<Integer, String> names) {
    return all.stream()
        .sorted(
            Comparator.comparing(
                    (Authorization one) ->
                        one.scope().siteId() == null
                            ? ""
                            : names.getOrDefault(one.scope().siteId(), ""))
                .thenComparing(one -> one.subject().kind())
                .thenComparing(one -> one.subject().value())
                .thenComparing(one -> one.scope().pages()))
        .toList();
  }
}
