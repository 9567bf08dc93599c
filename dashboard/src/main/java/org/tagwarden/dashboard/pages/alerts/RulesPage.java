package org.tagwarden.dashboard.pages.alerts;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.AlertRules;
import org.tagwarden.collector.alerts.Destination;
import org.tagwarden.collector.alerts.Destinations;
import org.tagwarden.collector.alerts.OptOuts;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** Which changes go to whom, and the destinations besides the sites' own addresses. */
public final class RulesPage implements Page {
  private static final String HERE = "/alerts/rules";

  private final AlertRules rules;
  private final Destinations destinations;
  private final OptOuts optOuts;
  private final Clients clients;
  private final Sites sites;

  public RulesPage(Collector collector) {
    this.rules = collector.alerts().rules();
    this.destinations = collector.alerts().destinations();
    this.optOuts = collector.alerts().optOuts();
    this.clients = collector.clients();
    this.sites = collector.sites();
  }

  @Override
  public void mount(SiteMap map) {
    map.person(
        HttpMethod.GET,
        HERE,
        Role.VIEWER,
        request ->
            view(request, request.number("edit", 1, Integer.MAX_VALUE, 0), Map.of())
                .map(view -> Reply.page("alerts/rules", view)));
    map.person(HttpMethod.POST, HERE, Role.APPROVER, this::addRule);
    map.person(HttpMethod.POST, HERE + "/:rule", Role.APPROVER, this::changeRule);
    map.person(HttpMethod.POST, HERE + "/:rule/remove", Role.APPROVER, this::removeRule);
    map.person(HttpMethod.POST, "/alerts/opt-outs/end", Role.ADMIN, this::endOptOut);
    map.person(HttpMethod.POST, "/alerts/destinations", Role.ADMIN, this::addDestination);
    map.person(
        HttpMethod.POST, "/alerts/destinations/:destination/remove", Role.ADMIN, this::remove);
    map.person(HttpMethod.POST, "/alerts/destinations/:destination/test", Role.ADMIN, this::test);
  }

  /**
   * @param editing the rule that the form changes; 0 for a further one
   */
  private Future<RulesView> view(Request request, int editing, Map<String, String> problems) {
    Principal by = request.principal();
    var known = clients.list(by);
    var own = sites.list(by);
    var ruled = rules.list(by);
    var reached = destinations.list(by);
    var left = optOuts.list(by);
    return Future.all(known, own, ruled, reached, left)
        .map(
            all -> {
              AlertRules.Listed edited = edited(ruled.result(), editing, by);
              List<Client> ruledFor =
                  known.result().stream()
                      .filter(client -> edited == null || client.id() == edited.clientId())
                      .toList();
              return new RulesView(
                  ruled.result().stream().map(rule -> RuleWords.of(rule, by)).toList(),
                  reached.result().stream().map(one -> line(one, known.result(), by)).toList(),
                  left.result(),
                  sites(own.result(), ruledFor, by),
                  tellable(reached.result(), ruledFor, by),
                  clients(known.result(), by),
                  destinations.channels(),
                  destinations.addressHints(),
                  by.maySomewhere(Role.APPROVER),
                  edited == null ? null : RuleWords.of(edited, by),
                  edited != null && problems.isEmpty()
                      ? RuleForm.of(edited)
                      : RuleForm.typed(request, problems),
                  problems);
            });
  }

  /** The rule that is to be changed; somebody else's does not exist. */
  private static AlertRules.@Nullable Listed edited(
      List<AlertRules.Listed> ruled, int editing, Principal by) {
    if (editing == 0) return null;
    for (AlertRules.Listed one : ruled) {
      if (one.rule().id() == editing && by.may(Role.APPROVER, one.clientId())) return one;
    }
    throw Refusal.notFound("There is no such rule (any more).");
  }

  private static RulesView.DestinationLine line(Destination one, List<Client> known, Principal by) {
    String client =
        known.stream()
            .filter(each -> each.id() == one.clientId())
            .map(Client::name)
            .findFirst()
            .orElse("");
    String signing = one.signing();
    return new RulesView.DestinationLine(
        one.id(),
        one.name(),
        client,
        one.channel(),
        one.address(),
        signing == null ? "" : signing,
        by.may(Role.ADMIN, one.clientId()));
  }

  /** Where a rule may hold: "3" a client's sites, "3/12" one of them. */
  private static Map<String, String> sites(List<Site> own, List<Client> known, Principal by) {
    Map<String, String> choices = new LinkedHashMap<>();
    for (Client client : known) {
      if (!by.may(Role.APPROVER, client.id())) continue;
      choices.put(String.valueOf(client.id()), "All sites of " + client.name());
      for (Site site : own) {
        if (site.clientId() == client.id())
          choices.put(client.id() + "/" + site.id(), client.name() + ": " + site.name());
      }
    }
    return choices;
  }

  private static Map<String, String> tellable(
      List<Destination> reached, List<Client> ruledFor, Principal by) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("SITE", "The site's alert addresses");
    choices.put("OWNER", "The owner of the tag or site");
    for (Destination one : reached) {
      boolean theirs = ruledFor.stream().anyMatch(client -> client.id() == one.clientId());
      if (theirs && by.may(Role.APPROVER, one.clientId()))
        choices.put(String.valueOf(one.id()), one.name());
    }
    return choices;
  }

  private static Map<String, String> clients(List<Client> known, Principal by) {
    Map<String, String> choices = new LinkedHashMap<>();
    for (Client client : known) {
      if (by.may(Role.ADMIN, client.id())) choices.put(String.valueOf(client.id()), client.name());
    }
    return choices;
  }

  private Future<Reply> addRule(Request request) {
    return orAgain(
        request,
        0,
        () ->
            destinations
                .list(request.principal())
                .compose(
                    reached -> {
                      RuleForm form = RuleForm.of(request, reached);
                      return rules.add(request.principal(), form.clientId(), form.rule());
                    }),
        "The rule holds from now on.");
  }

  private Future<Reply> changeRule(Request request) {
    int id = request.id("rule");
    int version = request.number("version", 1, Integer.MAX_VALUE, 0);
    return orAgain(
        request,
        id,
        () ->
            destinations
                .list(request.principal())
                .compose(
                    reached -> {
                      RuleForm form = RuleForm.of(request, reached);
                      return rules.change(
                          request.principal(), form.clientId(), id, version, form.rule());
                    }),
        "The rule is changed; it holds from now on.");
  }

  private Future<Reply> removeRule(Request request) {
    return rules
        .remove(request.principal(), request.id("rule"))
        .map(done -> Reply.done(HERE, "The rule is gone."));
  }

  private Future<Reply> endOptOut(Request request) {
    String email = request.text("email");
    return Attempt.orAgain(
        optOuts
            .end(request.principal(), request.number("site", 1, Integer.MAX_VALUE, 0), email)
            .map(done -> Reply.done(HERE, email + " hears of that site again.")),
        refusal -> Future.succeededFuture(Reply.failed(HERE, refusal.sentence())));
  }

  private Future<Reply> addDestination(Request request) {
    return orAgain(
        request,
        0,
        () ->
            destinations.add(
                request.principal(),
                request.number("destinationClient", 1, Integer.MAX_VALUE, 0),
                new Destinations.Draft(
                    request.text("destinationName"),
                    request.text("channel"),
                    request.text("address"),
                    request.text("signing"))),
        "The destination is there: send it a test message.");
  }

  private Future<Reply> remove(Request request) {
    return destinations
        .remove(request.principal(), request.id("destination"))
        .map(done -> Reply.done(HERE, "The destination and the rules that used it are gone."));
  }

  private Future<Reply> test(Request request) {
    return destinations
        .test(request.principal(), request.id("destination"))
        .map(name -> Reply.done(HERE, "The test message was accepted by " + name + "."))
        .recover(
            failure ->
                failure instanceof Refusal refusal && refusal.kind() == Refusal.Kind.INVALID
                    ? Future.succeededFuture(Reply.failed(HERE, refusal.sentence()))
                    : Future.failedFuture(failure));
  }

  private Future<Reply> orAgain(
      Request request, int editing, Supplier<Future<?>> deed, String sentence) {
    return Attempt.orAgain(
        Attempt.of(() -> deed.get().mapEmpty()).map(done -> Reply.done(HERE, sentence)),
        refusal -> {
          String field = refusal.field() == null ? "rule" : refusal.field();
          return view(request, editing, Map.of(field, refusal.sentence()))
              .map(view -> Reply.again("alerts/rules", view));
        });
  }
}
