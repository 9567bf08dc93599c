package org.tagwarden.dashboard.pages.account;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Credentials;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.access.SecondFactor;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Cookies;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** What everybody may change about themselves: the password, and a second factor beside it. */
public final class AccountPage implements Page {
  private final Credentials credentials;
  private final SecondFactor secondFactor;
  private final Clients clients;
  private final Cookies cookies;

  public AccountPage(Collector collector, Cookies cookies) {
    this.credentials = collector.access().credentials();
    this.secondFactor = collector.access().secondFactor();
    this.clients = collector.clients();
    this.cookies = cookies;
  }

  @Override
  public void mount(SiteMap map) {
    map.person(
        HttpMethod.GET,
        "/account",
        Role.VIEWER,
        request -> page(request, null, List.of(), Map.of()));
    map.person(HttpMethod.POST, "/account/password", Role.VIEWER, this::password);
    map.person(HttpMethod.POST, "/account/second-factor", Role.VIEWER, this::begin);
    map.person(HttpMethod.POST, "/account/second-factor/confirm", Role.VIEWER, this::confirm);
    map.person(HttpMethod.POST, "/account/second-factor/off", Role.VIEWER, this::off);
  }

  private Future<Reply> page(
      Request request,
      SecondFactor.@Nullable Enrolment enrolment,
      List<String> codes,
      Map<String, String> problems) {
    int person = request.person().personId();
    Future<SecondFactor.State> factor = secondFactor.state(person);
    Future<Boolean> password = credentials.has(person);
    Future<List<Client>> known = clients.list(request.principal());
    return Future.all(factor, password, known)
        .map(
            all ->
                new AccountView(
                    request.principal().name(),
                    request.person().email(),
                    RoleLines.of(request.principal(), known.result()),
                    password.result(),
                    factor.result().on(),
                    factor.result().codesLeft(),
                    enrolment == null ? "" : enrolment.secret(),
                    enrolment == null ? "" : enrolment.uri(),
                    codes,
                    problems))
        .map(
            view ->
                problems.isEmpty()
                    ? Reply.page("account/page", view)
                    : Reply.again("account/page", view));
  }

  private Future<Reply> password(Request request) {
    return orAgain(
        request,
        "password",
        Attempt.of(
                () ->
                    credentials.change(
                        request.principal(),
                        request.person().email(),
                        request.raw("old"),
                        request.raw("password")))
            .map(
                done -> {
                  cookies.signOut(request);
                  return Reply.done(
                      "/sign-in", "Your password is changed. Sign in with the new one.");
                }));
  }

  /** With the password again: whoever sits at an open screen could lock its owner out. */
  private Future<Reply> begin(Request request) {
    String email = request.person().email();
    return orAgain(
        request,
        "present",
        Attempt.of(
                () ->
                    credentials.proven(
                        request.principal(), email, request.raw("present"), "present"))
            .compose(proof -> secondFactor.begin(request.principal(), email))
            .compose(enrolment -> page(request, enrolment, List.of(), Map.of())));
  }

  private Future<Reply> confirm(Request request) {
    String email = request.person().email();
    return Attempt.of(() -> secondFactor.confirm(request.principal(), email, request.text("code")))
        .compose(codes -> page(request, null, codes, Map.of()))
        .recover(
            failure ->
                failure instanceof Refusal refusal
                    ? secondFactor
                        .pending(request.principal(), email)
                        .compose(
                            pending ->
                                page(
                                    request,
                                    pending.orElse(null),
                                    List.of(),
                                    problem(refusal, pending.isEmpty() ? "present" : "code")))
                    : Future.failedFuture(failure));
  }

  private Future<Reply> off(Request request) {
    return orAgain(
        request,
        "code",
        Attempt.of(
                () ->
                    secondFactor.off(
                        request.principal(), request.person().email(), request.text("code")))
            .map(done -> Reply.done("/account", "The second factor is off.")));
  }

  /** The page again, also when it was tried too often: with the sentence beside the form. */
  private Future<Reply> orAgain(Request request, String field, Future<Reply> reply) {
    return reply.recover(
        failure ->
            failure instanceof Refusal refusal
                ? page(request, null, List.of(), problem(refusal, field))
                : Future.failedFuture(failure));
  }

  private static Map<String, String> problem(Refusal refusal, String field) {
    String named = refusal.field();
    return Map.of(named == null ? field : named, refusal.sentence());
  }
}
