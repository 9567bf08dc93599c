package org.tagwarden.dashboard.web;

import io.vertx.core.Future;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;

/**
 * Where pages add their routes. Each route says who may take it; the session, the site's client,
 * the role and the form's secret are checked here and nowhere else, before a page sees the request.
 */
public final class SiteMap {
  private static final Logger log = LoggerFactory.getLogger(SiteMap.class);
  private static final long LARGEST_FORM = 512 * 1024;

  private final Router router;
  private final Guard guard;
  private final Renderer renderer;
  private final Cookies cookies;
  private final Clock clock;

  /** Routes on this router, with these guards. */
  public SiteMap(
      Router router,
      Guard guard,
      Templates templates,
      Assets assets,
      Cookies cookies,
      List<MenuEntry> menu,
      Clock clock) {
    this.router = router;
    this.guard = guard;
    this.cookies = cookies;
    this.clock = clock;
    this.renderer = new Renderer(templates, assets, cookies, menu);
  }

  /** For everybody, signed in or not. */
  public void open(HttpMethod method, String path, PageHandler page) {
    route(method, path, false, page);
  }

  /** For everybody who is signed in, also without any role. */
  public void signedIn(HttpMethod method, String path, PageHandler page) {
    route(method, path, true, page);
  }

  /** For people who hold the role for at least one client; the page narrows to which. */
  public void person(HttpMethod method, String path, Role role, PageHandler page) {
    route(
        method,
        path,
        true,
        request -> {
          if (!request.principal().maySomewhere(role)) throw tooLittle();
          return page.handle(request);
        });
  }

  /**
   * For people who hold the role for the client of the site in the path's {@code :site}. Somebody
   * else's site is as unknown as one that does not exist.
   */
  public void site(HttpMethod method, String path, Role role, SiteHandler page) {
    site(method, path, List.of(role), page);
  }

  /** Likewise, for people who hold one of these roles. */
  public void site(HttpMethod method, String path, List<Role> roles, SiteHandler page) {
    route(
        method,
        path,
        true,
        request ->
            guard
                .site(request.person(), request.id("site"))
                .compose(
                    site -> {
                      Principal who = request.principal();
                      if (roles.stream().noneMatch(role -> who.may(role, site.clientId()))) {
                        throw tooLittle();
                      }
                      return page.handle(request, site);
                    }));
  }

  private static Refusal tooLittle() {
    return Refusal.of(
        Refusal.Kind.FORBIDDEN,
        "Your role does not allow this. Ask an administrator of your Tagwarden.");
  }

  /** The page for what no route knows; added last. */
  public void closeWithNotFound() {
    router
        .route()
        .handler(
            context ->
                session(context)
                    .onComplete(
                        person ->
                            answer(
                                request(context, person.result()),
                                Future.failedFuture(Refusal.notFound("There is no such page.")))));
  }

  private void route(HttpMethod method, String path, boolean needsPerson, PageHandler page) {
    var route = router.route(method, path);
    if (method.equals(HttpMethod.POST)) {
      route.handler(BodyHandler.create(false).setBodyLimit(LARGEST_FORM));
    }
    route.handler(context -> enter(context, needsPerson, page));
    route.failureHandler(
        context -> answer(request(context, null), Future.failedFuture(failureOf(context))));
  }

  private static Throwable failureOf(RoutingContext context) {
    if (context.failure() != null) return context.failure();
    if (context.statusCode() == 413) {
      return Refusal.of(Refusal.Kind.TOO_BIG, "The form is too big: send less at once.");
    }
    return Refusal.of(Refusal.Kind.INVALID, "The request could not be read.");
  }

  private void enter(RoutingContext context, boolean needsPerson, PageHandler page) {
    session(context)
        .onComplete(
            looked -> {
              Request request = request(context, looked.result());
              if (looked.failed()) answer(request, Future.failedFuture(looked.cause()));
              else if (needsPerson && looked.result() == null) sendToSignIn(request);
              else if (needsPerson && hasToAskAgain(request)) askAgain(request);
              else answer(request, handled(request, page));
            });
  }

  /**
   * Pages only: what a page fetches by itself, and a form that was being filled in, still go. The
   * session's end bounds those.
   */
  private static boolean hasToAskAgain(Request request) {
    String accepted = request.context().request().getHeader("Accept");
    boolean page =
        request.method().equals("GET")
            && request.context().request().getHeader("HX-Request") == null
            && accepted != null
            && accepted.contains("text/html");
    return page && request.person().isToBeAskedAgain(request.now());
  }

  /** Somebody who is still signed in there is back here without noticing. */
  private void askAgain(Request request) {
    renderer.send(request, Reply.to("/sign-in/oidc?next=" + encoded(request.url())));
  }

  private static Future<Reply> handled(Request request, PageHandler page) {
    try {
      if (request.method().equals("POST")) requireOwnForm(request);
      return page.handle(request);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private static void requireOwnForm(Request request) {
    if (!Csrf.matches(request.raw("csrf"), request.csrfSecret())) {
      throw Refusal.of(
          Refusal.Kind.FORBIDDEN,
          "This form is no longer valid: it was opened before you signed in, or in another"
              + " session. Go back, reload the page and send it again.");
    }
  }

  /** A part of a page that asks after its session has ended takes the whole page to the door. */
  private void sendToSignIn(Request request) {
    RoutingContext context = request.context();
    if ("true".equals(context.request().getHeader("HX-Request"))) {
      context.response().setStatusCode(401).putHeader("HX-Redirect", "/sign-in").end();
    } else {
      renderer.send(request, toSignIn(request));
    }
  }

  private static Reply toSignIn(Request request) {
    String back = request.method().equals("GET") && !request.url().equals("/") ? request.url() : "";
    return Reply.to(back.isEmpty() ? "/sign-in" : "/sign-in?next=" + encoded(back));
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8);
  }

  private Future<@Nullable SignedIn> session(RoutingContext context) {
    String token = cookies.read(context, Cookies.SESSION);
    return token == null ? Future.succeededFuture(null) : guard.session(token);
  }

  private Request request(RoutingContext context, @Nullable SignedIn person) {
    String secret = person == null ? doorSecret(context) : person.csrf();
    return new Request(context, person, secret, clock.instant());
  }

  /** The forms' secret of somebody without a session lives in a cookie of its own. */
  private String doorSecret(RoutingContext context) {
    String known = cookies.read(context, Cookies.DOOR);
    if (known != null) return known;
    String fresh = Csrf.fresh();
    cookies.set(context, Cookies.DOOR, fresh, CookieSameSite.STRICT, 24 * 3600);
    return fresh;
  }

  private void answer(Request request, Future<Reply> reply) {
    reply
        .map(
            answer -> {
              renderer.send(request, answer);
              return answer;
            })
        .onFailure(failure -> fail(request, failure));
  }

  private void fail(Request request, Throwable failure) {
    if (request.context().response().ended()) {
      log.error("After the answer to {} {}", request.method(), request.path(), failure);
      return;
    }
    ErrorView view;
    if (failure instanceof Refusal refusal) {
      if (refusal.kind() == Refusal.Kind.UNAUTHENTICATED) {
        sendToSignIn(request);
        return;
      }
      view = ErrorView.of(refusal);
    } else {
      view = ErrorView.unexpected();
      log.error("{} {} failed ({})", request.method(), request.path(), view.reference(), failure);
    }
    renderer.send(request, new Reply.Html(view.status(), "error/page", view));
  }
}
