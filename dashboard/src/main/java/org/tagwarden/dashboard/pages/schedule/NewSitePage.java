package org.tagwarden.dashboard.pages.schedule;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.schedule.Scans;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;
import org.tagwarden.report.ScanJob;

/** A new site: three fields, then its schedule. */
public final class NewSitePage implements Page {
  private final Clients clients;
  private final Sites sites;
  private final Scans scans;

  public NewSitePage(Collector collector) {
    this.clients = collector.clients();
    this.sites = collector.sites();
    this.scans = collector.scans();
  }

  @Override
  public void mount(SiteMap map) {
    map.person(
        HttpMethod.GET,
        "/sites/new",
        Role.APPROVER,
        request -> view(request, Map.of()).map(view -> Reply.page("schedule/new-site", view)));
    map.person(HttpMethod.POST, "/sites", Role.APPROVER, this::add);
  }

  private Future<NewSiteView> view(Request request, Map<String, String> problems) {
    return clients
        .list(request.principal())
        .map(
            known -> {
              Map<String, String> choices = new LinkedHashMap<>();
              for (Client client : known) {
                if (request.principal().may(Role.APPROVER, client.id())) {
                  choices.put(String.valueOf(client.id()), client.name());
                }
              }
              return new NewSiteView(
                  choices,
                  request.text("client"),
                  request.text("name"),
                  request.text("baseUrl"),
                  problems);
            });
  }

  private Future<Reply> add(Request request) {
    return Attempt.orAgain(
        Attempt.of(() -> create(request))
            .map(
                site ->
                    Reply.done(
                        "/sites/" + site.id() + "/schedule",
                        request.ticked("scan")
                            ? site.name()
                                + " is here, and its first scan is queued. Say when it is scanned from now on."
                            : site.name() + " is here. Say when it is scanned.")),
        refusal -> {
          String field = refusal.field() == null ? "" : refusal.field();
          return view(request, Map.of(field, refusal.sentence()))
              .map(view -> Reply.again("schedule/new-site", view));
        });
  }

  private Future<Site> create(Request request) {
    int clientId = request.number("client", 1, Integer.MAX_VALUE, 0);
    if (clientId == 0) throw Refusal.invalid("client", "Choose the client whose site it is.");
    SiteDraft draft = SiteDraft.of(request.text("name"), request.text("baseUrl"));
    return sites
        .create(request.principal(), clientId, draft)
        .compose(
            site ->
                request.ticked("scan")
                    ? scans.now(request.principal(), site.id(), ScanJob.Kind.VISITS).map(site)
                    : Future.succeededFuture(site));
  }
}
