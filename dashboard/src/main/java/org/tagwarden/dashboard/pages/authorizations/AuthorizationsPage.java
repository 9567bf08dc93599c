package org.tagwarden.dashboard.pages.authorizations;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.AuthorizationChange;
import org.tagwarden.collector.governance.AuthorizationOrder;
import org.tagwarden.collector.governance.Contacts;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.Idle;
import org.tagwarden.collector.governance.Preview;
import org.tagwarden.collector.governance.Previews;
import org.tagwarden.collector.governance.Withdrawal;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.MenuEntry;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** Authorizations: the list, one with its history, and a form that shows what it matches. */
public final class AuthorizationsPage implements Page {
  private final AuthorizationBook book;
  private final Previews previews;
  private final Contacts contacts;
  private final Sites sites;

  public AuthorizationsPage(Collector collector) {
    this.book = collector.authorizations();
    this.previews = collector.previews();
    this.contacts = new Contacts(collector.database());
    this.sites = collector.sites();
  }

  @Override
  public MenuEntry menu() {
    return new MenuEntry("Authorizations", "/authorizations", Role.VIEWER);
  }

  @Override
  public void mount(SiteMap map) {
    map.person(HttpMethod.GET, "/authorizations", Role.VIEWER, this::list);
    map.person(HttpMethod.POST, "/authorizations", Role.APPROVER, this::save);
    map.person(HttpMethod.GET, "/authorizations/new", Role.APPROVER, this::fresh);
    map.person(HttpMethod.GET, "/authorizations/:authorization", Role.VIEWER, this::show);
    map.person(
        HttpMethod.POST, "/authorizations/:authorization/withdraw", Role.APPROVER, this::withdraw);
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
                                .idle(request.principal().readable(), all)
                                .map(
                                    idle ->
                                        Reply.page(
                                            "authorizations/list",
                                            view(request, filter, known, all, idle)))));
  }

  private static AuthorizationsView view(
      Request request,
      AuthorizationFilter filter,
      List<Site> sites,
      List<Authorization> all,
      Map<Integer, Idle> idle) {
    int clientOfSite =
        sites.stream()
            .filter(site -> filter.site().equals(String.valueOf(site.id())))
            .mapToInt(Site::clientId)
            .findFirst()
            .orElse(0);
    List<AuthorizationLine> lines =
        all.stream()
            .map(one -> line(one, sites, request, idle.get(one.id())))
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

  private static AuthorizationLine line(
      Authorization one, List<Site> sites, Request request, @Nullable Idle idle) {
    String client = "client " + one.scope().clientId();
    String name = "an archived site";
    for (Site site : sites) {
      if (site.clientId() == one.scope().clientId()) client = site.clientName();
      if (Integer.valueOf(site.id()).equals(one.scope().siteId())) name = site.name();
    }
    return AuthorizationLine.of(one, client, name, request.now(), idle);
  }

  private Future<Reply> show(Request request) {
    return found(request)
        .compose(
            one ->
                view(
                    request,
                    one,
                    AuthorizationForm.of(AuthorizationDraft.of(one), one.version()),
                    null,
                    Map.of()))
        .map(view -> Reply.page("authorizations/one", view));
  }

  private Future<Reply> fresh(Request request) {
    return view(request, null, AuthorizationForm.of(request), null, Map.of())
        .map(view -> Reply.page("authorizations/one", view));
  }

  /** One that this person may read; somebody else's does not exist. */
  private Future<Authorization> found(Request request) {
    return book.find(request.id("authorization"))
        .map(
            one -> {
              if (one == null || !request.principal().readable().includes(one.scope().clientId())) {
                throw Refusal.notFound("There is no such authorization.");
              }
              return one;
            });
  }

  private Future<Reply> save(Request request) {
    AuthorizationForm form = AuthorizationForm.of(request);
    boolean saves = request.text("step").equals("save");
    return Attempt.orAgain(
        draft(request, form)
            .compose(
                draft ->
                    saves
                        ? saved(request, form, draft)
                        : previews
                            .of(draft)
                            .compose(
                                preview ->
                                    held(draft)
                                        .compose(
                                            one -> view(request, one, form, preview, Map.of())))
                            .map(view -> Reply.page("authorizations/one", view))),
        refusal -> {
          String field = refusal.field() == null ? "" : refusal.field();
          return view(request, null, form, null, Map.of(field, refusal.sentence()))
              .map(view -> Reply.again("authorizations/one", view));
        });
  }

  private Future<Reply> saved(Request request, AuthorizationForm form, AuthorizationDraft draft) {
    return book.save(new AuthorizationOrder(draft, form.version()), Decider.of(request.principal()))
        .map(
            saved ->
                Reply.done(
                    "/authorizations/" + saved.authorizationIds().get(0),
                    "It is in the book, and the pages that it is about are judged by it now."
                        + (saved.resolvedFindings() == 0
                            ? ""
                            : " Findings settled: " + saved.resolvedFindings() + ".")));
  }

  /** The authorization that a draft would replace; null when there is none. */
  private Future<@Nullable Authorization> held(AuthorizationDraft draft) {
    return book.ofClient(draft.scope().clientId())
        .map(
            all -> {
              for (Authorization one : all) {
                boolean same = one.scope().equals(draft.scope());
                if (same && one.subject().equals(draft.subject())) return one;
              }
              return null;
            });
  }

  private Future<AuthorizationDraft> draft(Request request, AuthorizationForm form) {
    return sites
        .list(request.principal())
        .map(
            known -> {
              // "7" is a site; "c3" is every site of client 3.
              String place = form.value("site");
              for (Site site : known) {
                boolean everySite = place.equals("c" + site.clientId());
                if (!everySite && !place.equals(String.valueOf(site.id()))) continue;
                request.principal().require(Role.APPROVER, site.clientId());
                return form.draft(site.clientId(), everySite ? null : Integer.valueOf(site.id()));
              }
              throw Refusal.invalid("site", "Choose where it holds.");
            });
  }

  private Future<Reply> withdraw(Request request) {
    return found(request)
        .compose(
            one -> {
              request.principal().require(Role.APPROVER, one.scope().clientId());
              AuthorizationForm form =
                  AuthorizationForm.of(AuthorizationDraft.of(one), one.version());
              Integer seen = AuthorizationForm.of(request).version();
              return Attempt.orAgain(
                  Attempt.of(
                          () ->
                              book.withdraw(
                                  new Withdrawal(one.id(), seen, request.text("why")),
                                  Decider.of(request.principal())))
                      .map(
                          done ->
                              Reply.done(
                                  "/authorizations/" + one.id(),
                                  "It counts no more; the findings say in a moment what runs without it.")),
                  refusal ->
                      view(request, one, form, null, Map.of("why", refusal.sentence()))
                          .map(view -> Reply.again("authorizations/one", view)));
            });
  }

  private Future<AuthorizationView> view(
      Request request,
      @Nullable Authorization one,
      AuthorizationForm form,
      @Nullable Preview preview,
      Map<String, String> problems) {
    var history =
        one == null
            ? Future.succeededFuture(List.<AuthorizationChange>of())
            : book.history(one.id());
    var known = sites.list(request.principal());
    var people =
        request.principal().maySomewhere(Role.APPROVER)
            ? contacts.known(request.principal().readable())
            : Future.succeededFuture(List.<String>of());
    var nobody =
        one == null ? Future.succeededFuture(Set.<String>of()) : contacts.unknown(one.id());
    return Future.all(history, known, people, nobody)
        .map(
            all ->
                new AuthorizationView(
                    one == null ? null : line(one, known.result(), request, null),
                    placed(form),
                    history.result(),
                    preview,
                    problems,
                    places(request, known.result()),
                    people.result(),
                    nobody.result(),
                    one == null
                        ? request.principal().maySomewhere(Role.APPROVER)
                        : request.principal().may(Role.APPROVER, one.scope().clientId())));
  }

  /** A stored one that holds on every site is shown as such. */
  private static AuthorizationForm placed(AuthorizationForm form) {
    if (!form.value("site").isEmpty() || form.value("client").isEmpty()) return form;
    Map<String, String> values = new LinkedHashMap<>(form.values());
    values.put("site", "c" + form.value("client"));
    return new AuthorizationForm(values);
  }

  private static Map<String, String> places(Request request, List<Site> sites) {
    Map<String, String> places = new LinkedHashMap<>();
    for (Site site : sites) {
      if (!request.principal().may(Role.APPROVER, site.clientId())) continue;
      places.putIfAbsent("c" + site.clientId(), "All sites of " + site.clientName());
      places.put(String.valueOf(site.id()), site.name() + " (" + site.clientName() + ")");
    }
    return places;
  }
}
