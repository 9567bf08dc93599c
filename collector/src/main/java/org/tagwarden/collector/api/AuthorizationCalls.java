package org.tagwarden.collector.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.AuthorizationChange;
import org.tagwarden.collector.governance.AuthorizationJson;
import org.tagwarden.collector.governance.AuthorizationOrder;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.RequestState;
import org.tagwarden.collector.governance.TagRequest;
import org.tagwarden.collector.governance.TagRequests;
import org.tagwarden.collector.governance.Withdrawal;
import org.tagwarden.collector.governance.policy.Policies;
import org.tagwarden.collector.governance.policy.PolicyFormat;
import org.tagwarden.collector.governance.policy.PolicyPlan;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;

/** Authorizations, policies and requests. */
final class AuthorizationCalls {
  private final Clients clients;
  private final Sites sites;
  private final AuthorizationBook book;
  private final Policies policies;
  private final TagRequests requests;

  AuthorizationCalls(
      Clients clients,
      Sites sites,
      AuthorizationBook book,
      Policies policies,
      TagRequests requests) {
    this.clients = clients;
    this.sites = sites;
    this.book = book;
    this.policies = policies;
    this.requests = requests;
  }

  Future<ApiAnswer> listAuthorizations(ApiCall call) {
    Future<Map<Integer, String>> names = siteNames(call);
    return client(call, Role.VIEWER)
        .compose(client -> book.ofClient(client.id()))
        .compose(
            all ->
                names.map(
                    known -> {
                      List<Object> list = new ArrayList<>();
                      for (Authorization one : all) list.add(plain(json(one, known)));
                      return ApiAnswer.ok(list);
                    }));
  }

  Future<ApiAnswer> saveAuthorization(ApiCall call) {
    JsonObject body = call.body().copy();
    Integer seenVersion = (Integer) body.remove("version");
    return client(call, Role.APPROVER)
        .compose(client -> siteId(call, body, client).map(site -> draft(body, client, site)))
        .compose(
            draft ->
                book.save(new AuthorizationOrder(draft, seenVersion), Decider.of(call.principal())))
        .map(
            saved ->
                ApiAnswer.created(
                    Map.of(
                        "id",
                        saved.authorizationIds().get(0),
                        "resolvedFindings",
                        saved.resolvedFindings())));
  }

  private static AuthorizationDraft draft(JsonObject body, Client client, @Nullable Integer site) {
    return AuthorizationJson.read(body, client.id(), site);
  }

  Future<ApiAnswer> withdrawAuthorization(ApiCall call) {
    return client(call, Role.APPROVER)
        .compose(client -> found(call, client))
        .compose(
            one ->
                book.withdraw(
                    new Withdrawal(
                        one.id(),
                        call.body().getInteger("version"),
                        call.body().getString("reason", "")),
                    Decider.of(call.principal())))
        .map(saved -> ApiAnswer.NOTHING);
  }

  Future<ApiAnswer> authorizationHistory(ApiCall call) {
    return client(call, Role.VIEWER)
        .compose(client -> found(call, client))
        .compose(one -> book.history(one.id()))
        .map(changes -> ApiAnswer.ok(changes.stream().map(AuthorizationCalls::change).toList()));
  }

  private static Object change(AuthorizationChange change) {
    return plain(
        new JsonObject()
            .put("id", change.id())
            .put("action", change.action().name())
            .put("by", change.by())
            .put("role", change.role())
            .put("at", change.at().toString())
            .put("why", change.justification())
            .put("terms", change.terms()));
  }

  /** Maps and lists all the way down, as the answer's writer knows them. */
  private static Object plain(JsonObject json) {
    return new JsonObject(json.encode()).getMap();
  }

  private Future<Authorization> found(ApiCall call, Client client) {
    return book.find(call.number("authorizationId"))
        .map(
            one -> {
              if (one == null || one.scope().clientId() != client.id()) {
                throw Refusal.notFound("There is no such authorization.");
              }
              return one;
            });
  }

  Future<ApiAnswer> exportPolicy(ApiCall call) {
    PolicyFormat format = PolicyFormat.of(call.query("format").orElse(""));
    return client(call, Role.VIEWER)
        .compose(client -> policies.export(client, format))
        .map(text -> ApiAnswer.ok(Map.of("policy", text)));
  }

  Future<ApiAnswer> planPolicy(ApiCall call) {
    return client(call, Role.APPROVER)
        .compose(client -> policies.plan(client, policy(call)))
        .map(AuthorizationCalls::answer);
  }

  Future<ApiAnswer> applyPolicy(ApiCall call) {
    return client(call, Role.APPROVER)
        .compose(client -> policies.apply(client, policy(call), Decider.of(call.principal())))
        .map(AuthorizationCalls::answer);
  }

  private static Policies.Draft policy(ApiCall call) {
    JsonObject body = call.body();
    return new Policies.Draft(
        body.getString("policy"),
        PolicyFormat.of(body.getString("format", "")),
        body.getBoolean("prune", false));
  }

  private static ApiAnswer answer(PolicyPlan plan) {
    return ApiAnswer.ok(
        Map.of("changes", plan.changes(), "unchanged", plan.unchanged(), "lines", plan.lines()));
  }

  Future<ApiAnswer> listRequests(ApiCall call) {
    return sites
        .get(call.principal(), call.number("siteId"))
        .compose(site -> requests.list(call.principal().readable(), site.id()))
        .map(ApiAnswer::ok);
  }

  Future<ApiAnswer> askForTag(ApiCall call) {
    JsonObject body = call.body();
    String from = body.getString("from");
    LocalDate day = from == null ? null : AuthorizationJson.day("from", from);
    return sites
        .get(call.principal(), call.number("siteId"), Role.REQUESTER)
        .compose(
            site ->
                requests.ask(
                    call.principal(), site, body.getString("what"), body.getString("reason"), day))
        .map(id -> ApiAnswer.created(Map.of("id", id)));
  }

  Future<ApiAnswer> answerRequest(ApiCall call) {
    int id = call.number("requestId");
    Future<Site> site = sites.get(call.principal(), call.number("siteId"), Role.REQUESTER);
    return site.compose(known -> requests.list(call.principal().readable(), known.id()))
        .compose(
            list -> {
              if (list.stream().map(TagRequest::id).noneMatch(known -> known == id)) {
                throw Refusal.notFound("There is no such request.");
              }
              return requests.answer(
                  call.principal(),
                  id,
                  RequestState.valueOf(call.body().getString("state")),
                  call.body().getString("answer", ""));
            })
        .map(ApiAnswer::ok);
  }

  private Future<Client> client(ApiCall call, Role needed) {
    return clients
        .get(call.principal(), call.number("clientId"))
        .map(
            client -> {
              call.principal().require(needed, client.id());
              return client;
            });
  }

  private Future<@Nullable Integer> siteId(ApiCall call, JsonObject body, Client client) {
    if (body.getValue("site") == null) return Future.succeededFuture(null);
    return sites
        .list(call.principal())
        .map(
            list -> {
              for (Site site : list) {
                boolean same = site.name().equals(body.getValue("site"));
                if (same && site.clientId() == client.id()) return site.id();
              }
              throw Refusal.invalid("site", "This client has no such site.");
            });
  }

  private Future<Map<Integer, String>> siteNames(ApiCall call) {
    return sites
        .list(call.principal())
        .map(
            list -> {
              Map<Integer, String> names = new java.util.HashMap<>();
              for (Site site : list) names.put(site.id(), site.name());
              return names;
            });
  }

  private static JsonObject json(Authorization one, Map<Integer, String> sites) {
    Integer siteId = one.scope().siteId();
    String site = siteId == null ? null : sites.getOrDefault(siteId, "archived site " + siteId);
    return AuthorizationJson.write(AuthorizationDraft.of(one), site)
        .put("id", one.id())
        .put("version", one.version())
        .put("justifiedBy", one.justification().by())
        .put("justifiedAt", one.justification().at().toString())
        .put("approvedBy", one.approval().by())
        .put("approvedAs", one.approval().role())
        .put("approvedAt", one.approval().at().toString());
  }
}
