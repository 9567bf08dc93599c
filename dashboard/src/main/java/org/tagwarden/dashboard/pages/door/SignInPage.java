package org.tagwarden.dashboard.pages.door;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Entrance;
import org.tagwarden.collector.access.Session;
import org.tagwarden.collector.access.Sessions;
import org.tagwarden.collector.access.SingleSignOn;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Cookies;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** Sign-in, sign-out, and the theme, which people may choose before they sign in. */
public final class SignInPage implements Page {
  private final Sessions sessions;
  private final SingleSignOn singleSignOn;
  private final Cookies cookies;

  public SignInPage(Collector collector, Cookies cookies) {
    this.sessions = collector.access().sessions();
    this.singleSignOn = collector.access().singleSignOn();
    this.cookies = cookies;
  }

  @Override
  public void mount(SiteMap map) {
    map.open(HttpMethod.GET, "/sign-in", request -> form(request, ""));
    map.open(HttpMethod.POST, "/sign-in", this::signIn);
    map.open(HttpMethod.POST, "/sign-in/code", this::code);
    map.signedIn(HttpMethod.POST, "/sign-out", this::signOut);
    map.open(HttpMethod.POST, "/theme", this::theme);
  }

  private Future<Reply> form(Request request, String problem) {
    SignInView view =
        new SignInView(request.text("email"), next(request), problem, singleSignOn.label());
    return Future.succeededFuture(
        problem.isEmpty() ? Reply.page("door/sign-in", view) : Reply.again("door/sign-in", view));
  }

  private Future<Reply> signIn(Request request) {
    return Attempt.of(
            () ->
                sessions.enter(
                    request.text("email"), request.raw("password"), request.remoteAddress()))
        .map(entrance -> further(request, entrance))
        .recover(
            failure ->
                failure instanceof Refusal refusal
                    ? form(request, refusal.sentence())
                    : Future.failedFuture(failure));
  }

  private Reply further(Request request, Entrance entrance) {
    return entrance instanceof Entrance.In in
        ? enter(request, in.session(), next(request))
        : Reply.page(
            "door/code", new CodeView(((Entrance.Half) entrance).token(), next(request), ""));
  }

  private Future<Reply> code(Request request) {
    String half = request.text("half");
    return Attempt.of(
            () -> sessions.enterWithCode(half, request.text("code"), request.remoteAddress()))
        .map(session -> enter(request, session, next(request)))
        .recover(
            failure -> {
              if (!(failure instanceof Refusal refusal)) return Future.failedFuture(failure);
              if (refusal.kind() != Refusal.Kind.INVALID) return form(request, refusal.sentence());
              return Future.succeededFuture(
                  Reply.again("door/code", new CodeView(half, next(request), refusal.sentence())));
            });
  }

  private Reply enter(Request request, Session session, String next) {
    cookies.signIn(request, session.token(), secondsLeft(request, session));
    return Reply.to(next.isEmpty() ? "/" : next);
  }

  static long secondsLeft(Request request, Session session) {
    return Math.max(1, Duration.between(request.now(), session.expiresAt()).toSeconds());
  }

  private Future<Reply> signOut(Request request) {
    return sessions
        .signOut(request.principal(), request.person().token())
        .map(
            done -> {
              cookies.signOut(request);
              return Reply.done("/sign-in", "You are signed out.");
            });
  }

  private Future<Reply> theme(Request request) {
    String theme = request.text("theme");
    cookies.theme(request, theme.equals("light") || theme.equals("dark") ? theme : "");
    String back = request.text("back");
    return Future.succeededFuture(Reply.to(isOwnPath(back) ? back : "/"));
  }

  private static String next(Request request) {
    String next = request.text("next");
    return isOwnPath(next) ? next : "";
  }

  /** A path of this server, never another site's address in disguise. */
  static boolean isOwnPath(String path) {
    return path.startsWith("/")
        && !path.startsWith("//")
        && !path.contains("\\")
        && path.chars().noneMatch(c -> c < ' ');
  }
}
