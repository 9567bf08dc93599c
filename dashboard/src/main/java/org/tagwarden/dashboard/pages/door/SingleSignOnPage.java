package org.tagwarden.dashboard.pages.door;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.SingleSignOn;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Cookies;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SignedIn;
import org.tagwarden.dashboard.web.SiteMap;

/** To the sign-in server and back. */
public final class SingleSignOnPage implements Page {
  private final SingleSignOn singleSignOn;
  private final Cookies cookies;

  public SingleSignOnPage(Collector collector, Cookies cookies) {
    this.singleSignOn = collector.access().singleSignOn();
    this.cookies = cookies;
  }

  @Override
  public void mount(SiteMap map) {
    map.open(HttpMethod.GET, "/sign-in/oidc", this::begin);
    map.open(HttpMethod.GET, "/sign-in/oidc/callback", this::comeBack);
  }

  private Future<Reply> begin(Request request) {
    String next = request.text("next");
    return orSignIn(
        Attempt.of(() -> singleSignOn.begin(SignInPage.isOwnPath(next) ? next : ""))
            .map(
                way -> {
                  cookies.singleSignOn(request, way.cookie());
                  return Reply.to(way.url());
                }));
  }

  private Future<Reply> comeBack(Request request) {
    @Nullable String kept = cookies.singleSignOn(request);
    cookies.singleSignOn(request, "");
    SingleSignOn.Answer answer =
        new SingleSignOn.Answer(request.text("state"), request.text("code"), request.text("error"));
    SignedIn person = request.personOrNull();
    return orSignIn(
        Attempt.of(
                () ->
                    singleSignOn.finish(
                        kept,
                        answer,
                        person == null ? null : person.token(),
                        request.remoteAddress()))
            .map(
                back -> {
                  cookies.signIn(
                      request,
                      back.session().token(),
                      SignInPage.secondsLeft(request, back.session()));
                  return Reply.to(SignInPage.isOwnPath(back.next()) ? back.next() : "/");
                }));
  }

  /** Whatever was refused is said at the door, where there is another way in. */
  private Future<Reply> orSignIn(Future<Reply> reply) {
    return reply.recover(
        failure ->
            failure instanceof Refusal refusal && refusal.kind() != Refusal.Kind.NOT_FOUND
                ? Future.succeededFuture(
                    Reply.again(
                        "door/sign-in",
                        new SignInView("", "", refusal.sentence(), singleSignOn.label())))
                : Future.failedFuture(failure));
  }
}
