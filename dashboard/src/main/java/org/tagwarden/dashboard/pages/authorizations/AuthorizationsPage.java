package org.tagwarden.dashboard.pages.authorizations;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.Previews;
import org.tagwarden.collector.governance.Reach;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.dashboard.web.MenuEntry;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** The list of authorizations. */
public final class AuthorizationsPage implements Page {
  private final AuthorizationBook book;
  private final Previews previews;
  private final Sites sites;

  public AuthorizationsPage(Collector collector) {
    this.book = collector.authorizations();
    this.previews = collector.previews();
    this.sites = collector.sites();
  }

  @Override
  public MenuEntry menu() {
    return new MenuEntry("Authorizations", "/authorizations", Role.VIEWER);
  }

  @Override
  public void mount(SiteMap map) {
    map.person(HttpMethod.GET, "/authorizations", Role.VIEWER, this::list);
  }

  private Future<Reply> list(Request request) {
    AuthorizationFilter filter = AuthorizationFilter.of(request);
    return sites
        .list(request.principal())
        .compose(
            known ->
                book.ofClients(request.principal().readable())
                    .compose(
                        all ->
                            previews
                                .reaches(request.principal().readable(), all)
                                .map(
                                    reaches ->
                                        Reply.page(
                                            "authorizations/list",
                                            view(request, filter, known, all, reaches)))));
  }

  private static AuthorizationsView view(
      Request request,
      AuthorizationFilter filter,
      List<Site> sites,
      List<Authorization> all,
      Map<Integer, Reach> reaches) {
    int clientOfSite =
        sites.stream()
            .filter(site -> filter.site().equals(String.valueOf(site.id())))
            .mapToInt(Site::clientId)
            .findFirst()
            .orElse(0);
    List<AuthorizationLine> lines =
        all.stream()
            .map(one -> AuthorizationLine.of(one, sites, request.now(), reaches.get(one.id())))
            .filter(line -> filter.accepts(line, request.now(), clientOfSite))
            .toList();
    Map<String, String> clients = new LinkedHashMap<>(Map.of("", "All clients"));
    Map<String, String> places = new LinkedHashMap<>(Map.of("", "All sites"));
    for (Site site : sites) {
      clients.put(String.valueOf(site.clientId()), site.clientName());
      places.put(String.valueOf(site.id()), site.name());
    }
    return new AuthorizationsView(
        filter,
        lines,
        !all.isEmpty(),
        request.principal().maySomewhere(Role.APPROVER),
        clients,
        places);
  }
}
