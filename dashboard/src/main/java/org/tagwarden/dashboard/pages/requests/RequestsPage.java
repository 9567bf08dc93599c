package org.tagwarden.dashboard.pages.requests;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.governance.AuthorizationJson;
import org.tagwarden.collector.governance.RequestState;
import org.tagwarden.collector.governance.TagRequest;
import org.tagwarden.collector.governance.TagRequests;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.MenuEntry;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;
import org.tagwarden.dashboard.web.Typed;

/** Requests: asked with a reason, answered with one. */
public final class RequestsPage implements Page {
  private final TagRequests requests;
  private final Sites sites;

  public RequestsPage(Collector collector) {
    this.requests = collector.requests();
    this.sites = collector.sites();
  }

  @Override
  public MenuEntry menu() {
    return new MenuEntry("Requests", "/requests", Role.VIEWER);
  }

  @Override
  public void mount(SiteMap map) {
    map.person(
        HttpMethod.GET,
        "/requests",
        Role.VIEWER,
        request -> view(request, Map.of()).map(view -> Reply.page("requests/page", view)));
    map.person(HttpMethod.POST, "/requests", Role.REQUESTER, this::ask);
    map.person(HttpMethod.POST, "/requests/:request/answer", Role.REQUESTER, this::answer);
  }

  private Future<Reply> ask(Request request) {
    return Attempt.orAgain(
        Attempt.of(() -> asked(request))
            .map(
                what ->
                    Reply.done(
                        "/requests",
                        "You asked for "
                            + what
                            + ". Those who decide are told by mail, with your reason.")),
        refusal -> again(request, refusal, String.valueOf(refusal.field())));
  }

  private Future<String> asked(Request request) {
    String from = request.text("from");
    LocalDate day = from.isEmpty() ? null : AuthorizationJson.day("from", from);
    int siteId = (int) Typed.number(request.text("site"), 1, Integer.MAX_VALUE, "site");
    return sites
        .get(request.principal(), siteId, Role.REQUESTER)
        .compose(
            site ->
                requests.ask(
                    request.principal(), site, request.text("what"), request.text("reason"), day))
        .map(id -> request.text("what"));
  }

  private Future<Reply> answer(Request request) {
    int id = request.id("request");
    return Attempt.orAgain(
        Attempt.of(
                () ->
                    requests.answer(
                        request.principal(),
                        id,
                        Typed.choice(RequestState.class, request.text("state"), "answer"),
                        request.text("answer")))
            .map(
                done ->
                    Reply.done(
                        "/requests",
                        done.askedBy()
                            + " is told of your answer about "
                            + done.what()
                            + ", and sees it here.")),
        refusal -> again(request, refusal, "answer-" + id));
  }

  private Future<Reply> again(Request request, Refusal refusal, String field) {
    return view(request, Map.of(field, refusal.sentence()))
        .map(view -> Reply.again("requests/page", view));
  }

  private Future<RequestsView> view(Request request, Map<String, String> problems) {
    Principal by = request.principal();
    var known = sites.list(by);
    var list = requests.list(by.readable(), null);
    return Future.all(known, list)
        .map(
            all ->
                new RequestsView(
                    list.result().stream().map(one -> line(one, by)).toList(),
                    places(by, known.result()),
                    typed(request),
                    problems));
  }

  private static RequestsView.Line line(TagRequest one, Principal by) {
    boolean open = one.state() == RequestState.OPEN;
    boolean own = one.askedById() != null && one.askedById().equals(by.personId());
    return new RequestsView.Line(one, open && by.may(Role.APPROVER, one.clientId()), open && own);
  }

  private static Map<String, String> places(Principal by, List<Site> sites) {
    Map<String, String> places = new LinkedHashMap<>();
    for (Site site : sites) {
      if (by.may(Role.REQUESTER, site.clientId())) {
        places.put(String.valueOf(site.id()), site.name() + " (" + site.clientName() + ")");
      }
    }
    return places;
  }

  private static Map<String, String> typed(Request request) {
    Map<String, String> typed = new LinkedHashMap<>();
    for (String field : List.of("site", "what", "reason", "from", "answer")) {
      typed.put(field, request.text(field));
    }
    return typed;
  }
}
