package org.tagwarden.dashboard.pages.authorizations;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.AuthorizationOrder;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.Grants;
import org.tagwarden.collector.governance.Previews;
import org.tagwarden.collector.governance.Saved;
import org.tagwarden.collector.governance.Withdrawal;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.dashboard.pages.authorizations.AuthorizationViews.Shown;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/**
 * One authorization with its history, and the form of a new one. What is saved was shown before
 * with what it matches; a stored one keeps what it is about and where.
 */
public final class AuthorizationPage implements Page {
  private static final String TEMPLATE = "authorizations/one";

  private final AuthorizationBook book;
  private final Grants grants;
  private final Previews previews;
  private final Sites sites;
  private final RequestedForm requested;
  private final AuthorizationViews views;

  public AuthorizationPage(Collector collector) {
    this.book = collector.authorizations();
    this.grants = collector.grants();
    this.previews = collector.previews();
    this.views = new AuthorizationViews(collector);
    this.sites = collector.sites();
    this.requested = new RequestedForm(collector);
  }

  @Override
  public void mount(SiteMap map) {
    map.person(HttpMethod.POST, "/authorizations", Role.APPROVER, this::save);
    map.person(HttpMethod.GET, "/authorizations/new", Role.APPROVER, this::fresh);
    map.person(HttpMethod.GET, "/authorizations/:authorization", Role.VIEWER, this::show);
    map.person(
        HttpMethod.POST, "/authorizations/:authorization/withdraw", Role.APPROVER, this::withdraw);
  }

  private Future<Reply> show(Request request) {
    return found(request, request.id("authorization"))
        .compose(
            one -> {
              AuthorizationDraft draft = AuthorizationDraft.of(one);
              return previews
                  .of(draft)
                  .compose(
                      preview ->
                          views.of(
                              request,
                              new Shown(
                                  one,
                                  AuthorizationForm.of(draft, one.version())
                                      .with("request", request.text("request")),
                                  preview,
                                  null,
                                  Map.of())));
            })
        .map(view -> Reply.page(TEMPLATE, view));
  }

  /** An empty form, one like another authorization's, or one that a request fills in. */
  private Future<Reply> fresh(Request request) {
    int like = request.number("like", 1, Integer.MAX_VALUE, 0);
    int asked = request.number("request", 1, Integer.MAX_VALUE, 0);
    if (asked > 0) return answering(request, asked);
    Future<AuthorizationForm> form =
        like == 0
            ? Future.succeededFuture(AuthorizationForm.of(request))
            : found(request, like).map(one -> AuthorizationForm.of(AuthorizationDraft.of(one), 0));
    return form.compose(filled -> page(request, filled));
  }

  /** What is asked for may be decided about already: then that is what has to change. */
  private Future<Reply> answering(Request request, int asked) {
    return requested
        .of(request.principal(), asked, SqlValues.day(request.now()))
        .compose(
            form ->
                Attempt.orAgain(
                    draft(request, form, null)
                        .compose(this::held)
                        .compose(
                            held ->
                                held == null
                                    ? page(request, form)
                                    : Future.succeededFuture(
                                        Reply.to(
                                            "/authorizations/" + held.id() + "?request=" + asked))),
                    // What nobody knows by that name: the form says so once it is sent.
                    refusal -> page(request, form)));
  }

  private Future<Reply> page(Request request, AuthorizationForm form) {
    return views
        .of(request, new Shown(null, form, null, null, Map.of()))
        .map(view -> Reply.page(TEMPLATE, view));
  }

  /** One that this person may read; somebody else's does not exist. */
  private Future<Authorization> found(Request request, int id) {
    return book.find(id)
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
    int id = request.number("id", 1, Integer.MAX_VALUE, 0);
    Future<@Nullable Authorization> edited =
        id == 0 ? Future.succeededFuture(null) : found(request, id).map(one -> one);
    return edited.compose(
        one -> {
          AuthorizationForm whole = one == null ? form : form.about(one);
          boolean seen = one != null || whole.wasShown();
          return Attempt.orAgain(
              draft(request, whole, one)
                  .compose(
                      draft ->
                          seen && request.text("step").equals("save")
                              ? saved(request, whole, draft)
                              : preview(request, one, whole, draft)),
              refusal -> again(request, one, whole, refusal));
        });
  }

  private Future<Reply> preview(
      Request request,
      @Nullable Authorization one,
      AuthorizationForm form,
      AuthorizationDraft draft) {
    return previews
        .of(draft)
        .compose(
            preview ->
                held(draft)
                    .compose(
                        held ->
                            views.of(
                                request,
                                new Shown(
                                    one, form, preview, one == null ? held : null, Map.of()))))
        .map(view -> Reply.page(TEMPLATE, view));
  }

  private Future<Reply> saved(Request request, AuthorizationForm form, AuthorizationDraft draft) {
    AuthorizationOrder order = new AuthorizationOrder(draft, form.version());
    int asked = form.request();
    Future<Saved> saving =
        asked == 0
            ? book.save(order, Decider.of(request.principal()))
            : grants.save(request.principal(), asked, order, form.value("answer"));
    return saving.map(
        saved ->
            Reply.done(
                "/authorizations/" + saved.authorizationIds().get(0),
                "It is in the book, and the pages that it is about are judged by it now."
                    + (saved.resolvedFindings() == 0
                        ? ""
                        : " Findings settled: " + saved.resolvedFindings() + ".")
                    + (asked == 0 ? "" : " Who asked is told.")));
  }

  private Future<Reply> again(
      Request request, @Nullable Authorization one, AuthorizationForm form, Refusal refusal) {
    Map<String, String> problems =
        Map.of(refusal.field() == null ? "" : refusal.field(), refusal.sentence());
    boolean late = refusal.kind() == Refusal.Kind.CONFLICT;
    Future<@Nullable Authorization> rival =
        late ? draft(request, form, one).compose(this::held) : Future.succeededFuture(null);
    return rival
        .compose(held -> views.of(request, new Shown(one, form, null, held, problems)))
        .map(view -> Reply.again(TEMPLATE, view));
  }

  /** What holds for the same subject in the same place; null when nothing does. */
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

  private Future<AuthorizationDraft> draft(
      Request request, AuthorizationForm form, @Nullable Authorization one) {
    if (one != null) {
      return Attempt.of(
          () -> {
            request.principal().require(Role.APPROVER, one.scope().clientId());
            return Future.succeededFuture(form.draft(one.scope().clientId(), one.scope().siteId()));
          });
    }
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
    return found(request, request.id("authorization"))
        .compose(
            one -> {
              request.principal().require(Role.APPROVER, one.scope().clientId());
              Integer seen = AuthorizationForm.of(request).version();
              AuthorizationForm form =
                  AuthorizationForm.of(AuthorizationDraft.of(one), one.version());
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
                      views
                          .of(
                              request,
                              new Shown(one, form, null, null, Map.of("why", refusal.sentence())))
                          .map(view -> Reply.again(TEMPLATE, view)));
            });
  }
}
