package org.tagwarden.dashboard.pages.authorizations;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.AuthorizationChange;
import org.tagwarden.collector.governance.Contacts;
import org.tagwarden.collector.governance.Preview;
import org.tagwarden.collector.governance.TagRequest;
import org.tagwarden.collector.governance.TagRequests;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.dashboard.web.Request;

/** Gathers what an authorization's page shows beside the form. */
final class AuthorizationViews {
  private final AuthorizationBook book;
  private final TagRequests requests;
  private final Contacts contacts;
  private final Sites sites;

  AuthorizationViews(Collector collector) {
    this.book = collector.authorizations();
    this.requests = collector.requests();
    this.contacts = new Contacts(collector.database());
    this.sites = collector.sites();
  }

  /**
   * What is on the page.
   *
   * @param one null for a new one
   * @param rival what is there already in the place of a new one, or was saved meanwhile
   */
  record Shown(
      @Nullable Authorization one,
      AuthorizationForm form,
      @Nullable Preview preview,
      @Nullable Authorization rival,
      Map<String, String> problems) {}

  Future<AuthorizationView> of(Request request, Shown shown) {
    Authorization one = shown.one();
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
    int asked = shown.form().request();
    Future<@Nullable TagRequest> wish =
        asked == 0
            ? Future.succeededFuture(null)
            : requests.get(request.principal(), asked).map(found -> found);
    return Future.all(history, known, people, nobody, wish)
        .map(
            all ->
                new AuthorizationView(
                    one == null
                        ? null
                        : AuthorizationLine.of(one, known.result(), request.now(), null),
                    placed(shown.form()),
                    AuthorizationView.entries(history.result()),
                    shown.preview(),
                    shown.rival(),
                    wish.result(),
                    shown.problems(),
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
    return form.with("site", "c" + form.value("client"));
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
