package org.tagwarden.dashboard.pages.overview;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.dashboard.pages.overview.OverviewView.ClientBlock;
import org.tagwarden.dashboard.pages.overview.OverviewView.SiteLine;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.MenuEntry;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** Clients and their sites with their state; a new client, another name. */
public final class OverviewPage implements Page {
  private final Clients clients;
  private final OverviewQueries queries;

  public OverviewPage(Collector collector) {
    this.clients = collector.clients();
    this.queries = new OverviewQueries(collector.database(), collector.authorizations());
  }

  @Override
  public MenuEntry menu() {
    return new MenuEntry("Sites", "/", Role.VIEWER);
  }

  @Override
  public void mount(SiteMap map) {
    map.person(
        HttpMethod.GET,
        "/",
        Role.VIEWER,
        request -> show(request, Map.of()).map(view -> Reply.page("overview/page", view)));
    map.person(HttpMethod.POST, "/clients", Role.ADMIN, this::addClient);
    map.person(HttpMethod.POST, "/clients/:client/name", Role.ADMIN, this::rename);
  }

  private Future<OverviewView> show(Request request, Map<String, String> problems) {
    return show(request, request.number("client", 1, Integer.MAX_VALUE, 0), problems);
  }

  /**
   * The clients whose sites somebody may see, or one of them.
   *
   * @param chosen 0: all
   */
  private Future<OverviewView> show(Request request, int chosen, Map<String, String> problems) {
    LocalDate today = request.now().atZone(ZoneOffset.UTC).toLocalDate();
    return clients
        .list(request.principal())
        .compose(
            known ->
                queries
                    .sites(request.principal().readable(), today)
                    .map(sites -> view(request, chosen, known, sites, problems)));
  }

  private static OverviewView view(
      Request request,
      int chosen,
      List<Client> known,
      List<SiteLine> sites,
      Map<String, String> problems) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "All clients");
    for (Client client : known) choices.put("" + client.id(), client.name());
    boolean all = !choices.containsKey("" + chosen);
    return new OverviewView(
        known.stream()
            .filter(client -> all || client.id() == chosen)
            .map(client -> block(request, client, sites))
            .toList(),
        choices,
        all ? "" : "" + chosen,
        request.principal().mayEverywhere(Role.ADMIN) && all,
        !all && request.principal().may(Role.ADMIN, chosen),
        request.text("name"),
        problems);
  }

  private static ClientBlock block(Request request, Client client, List<SiteLine> sites) {
    return new ClientBlock(
        client.id(),
        client.name(),
        request.principal().may(Role.APPROVER, client.id()),
        sites.stream().filter(site -> site.clientId() == client.id()).toList());
  }

  private Future<Reply> addClient(Request request) {
    return Attempt.orAgain(
        Attempt.of(() -> clients.create(request.principal(), request.text("name")))
            .map(client -> Reply.done("/", client.name() + " is here. Add its first site.")),
        refusal ->
            show(request, Map.of("name", refusal.sentence()))
                .map(view -> Reply.again("overview/page", view)));
  }

  private Future<Reply> rename(Request request) {
    int client = request.id("client");
    return Attempt.orAgain(
        Attempt.of(() -> clients.rename(request.principal(), client, request.text("name")))
            .map(
                renamed ->
                    Reply.done("/?client=" + client, "The client is now " + renamed.name() + ".")),
        refusal ->
            show(request, client, Map.of("name", refusal.sentence()))
                .map(view -> Reply.again("overview/page", view)));
  }
}
