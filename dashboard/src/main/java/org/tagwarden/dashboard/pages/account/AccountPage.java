package org.tagwarden.dashboard.pages.account;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.People;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.access.SecondFactor;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Cookies;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** What everybody may change about themselves: the password, and a second factor beside it. */
public final class AccountPage implements Page {
  private final People people;
  private final SecondFactor secondFactor;
  private final Cookies cookies;

  public AccountPage(Collector collector, Cookies cookies) {
    this.people = collector.people();
    this.secondFactor = collector.secondFactor();
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
    return secondFactor
        .state(request.person().personId())
        .map(
            state ->
                new AccountView(
                    request.principal().name(),
                    request.person().email(),
                    state.on(),
                    state.codesLeft(),
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
    return Attempt.orAgain(
        Attempt.of(
                () ->
                    people.changePassword(
                        request.principal(),
                        request.person().email(),
                        request.raw("old"),
                        request.raw("password")))
            .map(
                done -> {
                  cookies.signOut(request);
                  return Reply.done(
                      "/sign-in", "Your password is changed. Sign in with the new one.");
                }),
        refusal -> page(request, null, List.of(), problem(refusal, "password")));
  }

  private Future<Reply> begin(Request request) {
    return secondFactor
        .begin(request.principal(), request.person().email())
        .compose(enrolment -> page(request, enrolment, List.of(), Map.of()));
  }

  private Future<Reply> confirm(Request request) {
    String email = request.person().email();
    return Attempt.orAgain(
        Attempt.of(() -> secondFactor.confirm(request.principal(), email, request.text("code")))
            .compose(codes -> page(request, null, codes, Map.of())),
        refusal ->
            secondFactor
                .pending(request.principal(), email)
                .compose(
                    pending ->
                        page(request, pending.orElse(null), List.of(), problem(refusal, "code"))));
  }

  private Future<Reply> off(Request request) {
    return Attempt.orAgain(
        Attempt.of(
                () ->
                    secondFactor.off(
                        request.principal(), request.person().email(), request.text("code")))
            .map(done -> Reply.done("/account", "The second factor is off.")),
        refusal -> page(request, null, List.of(), problem(refusal, "code")));
  }

  private static Map<String, String> problem(Refusal refusal, String field) {
    return Map.of(refusal.field() == null ? field : refusal.field(), refusal.sentence());
  }
}
