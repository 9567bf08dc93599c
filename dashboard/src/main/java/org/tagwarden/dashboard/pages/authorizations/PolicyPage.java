package org.tagwarden.dashboard.pages.authorizations;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.policy.Policies;
import org.tagwarden.collector.governance.policy.PolicyFormat;
import org.tagwarden.collector.governance.policy.PolicyPlan;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/**
 * A client's authorizations as a file: taken away, and taken over after it was shown what that
 * changes.
 */
public final class PolicyPage implements Page {
  private static final String HERE = "/authorizations/policy";

  private final Policies policies;
  private final Clients clients;

  public PolicyPage(Collector collector) {
    this.policies = collector.policies();
    this.clients = collector.clients();
  }

  @Override
  public void mount(SiteMap map) {
    map.person(
        HttpMethod.GET,
        HERE,
        Role.VIEWER,
        request ->
            view(request, null, Map.of()).map(view -> Reply.page("authorizations/policy", view)));
    for (PolicyFormat format : PolicyFormat.values()) {
      map.person(
          HttpMethod.GET, HERE + end(format), Role.VIEWER, request -> export(request, format));
    }
    map.person(HttpMethod.POST, HERE, Role.APPROVER, this::takeOver);
  }

  private static String end(PolicyFormat format) {
    return "." + format.name().toLowerCase(Locale.ROOT);
  }

  private Future<Reply> export(Request request, PolicyFormat format) {
    int id = request.number("client", 1, Integer.MAX_VALUE, 0);
    Future<Client> client =
        id == 0 ? known(request).map(PolicyPage::first) : clients.get(request.principal(), id);
    return client.compose(
        one ->
            policies
                .export(one, format)
                .map(
                    text ->
                        new Reply.Download(
                            fileName(one) + end(format),
                            format == PolicyFormat.CSV
                                ? "text/csv; charset=utf-8"
                                : "application/yaml; charset=utf-8",
                            text)));
  }

  private static String fileName(Client client) {
    String name = client.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return "policy-" + name.replaceAll("^-|-$", "");
  }

  private Future<Reply> takeOver(Request request) {
    int id = request.number("client", 1, Integer.MAX_VALUE, 0);
    return Attempt.orAgain(
        Attempt.of(
            () -> {
              if (id == 0) throw Refusal.invalid("client", "Choose whose it is.");
              return clients
                  .get(request.principal(), id)
                  .compose(client -> planned(request, client));
            }),
        refusal ->
            view(
                    request,
                    null,
                    Map.of(
                        "client".equals(refusal.field()) ? "client" : "policy", refusal.sentence()))
                .map(view -> Reply.again("authorizations/policy", view)));
  }

  private Future<Reply> planned(Request request, Client client) {
    request.principal().require(Role.APPROVER, client.id());
    Policies.Draft draft =
        new Policies.Draft(
            request.raw("policy"), format(request.raw("policy")), request.ticked("prune"));
    return policies
        .plan(client, draft)
        .compose(
            plan -> {
              boolean shown = request.text("shown").equals(print(request, plan));
              if (!request.text("step").equals("apply") || !shown) {
                return view(request, plan, Map.of())
                    .map(view -> Reply.page("authorizations/policy", view));
              }
              return policies
                  .apply(client, draft, Decider.of(request.principal()))
                  .map(
                      done ->
                          Reply.done(
                              "/authorizations?client=" + client.id(),
                              "The policy is taken over: " + PolicyView.words(done) + "."));
            });
  }

  /** A spreadsheet's first line names its columns; nothing else looks like that. */
  private static PolicyFormat format(String text) {
    String first = text.strip().lines().findFirst().orElse("");
    boolean columns = first.contains(",") && !first.contains(":") && !first.startsWith("#");
    return columns ? PolicyFormat.CSV : PolicyFormat.YAML;
  }

  /** What was shown: taking over something else than that is shown first. */
  private static String print(Request request, PolicyPlan plan) {
    return Integer.toHexString(request.raw("policy").hashCode())
        + "-"
        + Integer.toHexString(plan.toString().hashCode())
        + (request.ticked("prune") ? "-prune" : "");
  }

  private Future<List<Client>> known(Request request) {
    return clients.list(request.principal());
  }

  private static Client first(List<Client> known) {
    if (known.isEmpty()) throw Refusal.notFound("There is no client.");
    return known.get(0);
  }

  private Future<PolicyView> view(
      Request request, @Nullable PolicyPlan plan, Map<String, String> problems) {
    return known(request)
        .map(
            known -> {
              Map<String, String> names = new LinkedHashMap<>();
              Map<String, String> decided = new LinkedHashMap<>();
              for (Client one : known) {
                names.put(String.valueOf(one.id()), one.name());
                if (request.principal().may(Role.APPROVER, one.id()))
                  decided.put(String.valueOf(one.id()), one.name());
              }
              return new PolicyView(
                  names,
                  decided,
                  request.text("client"),
                  request.raw("policy"),
                  request.ticked("prune"),
                  plan,
                  plan == null ? "" : print(request, plan),
                  problems);
            });
  }
}
