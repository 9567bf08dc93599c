package org.tagwarden.dashboard.pages.door;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Acceptance;
import org.tagwarden.collector.access.Invitation;
import org.tagwarden.collector.access.Invitations;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.access.Session;
import org.tagwarden.collector.access.Sessions;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Cookies;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SignedIn;
import org.tagwarden.dashboard.web.SiteMap;

/**
 * The link of an invitation: accepted by whoever is signed in with its address, or with a new
 * account. It looks the same whether there is an account by the address or not, and opening it
 * changes nothing (mail filters open links too).
 */
public final class InvitationPage implements Page {
  private static final String PATH = "/invitation/:token";

  private final Invitations invitations;
  private final Acceptance acceptance;
  private final Sessions sessions;
  private final Cookies cookies;

  public InvitationPage(Collector collector, Cookies cookies) {
    this.invitations = collector.access().invitations();
    this.acceptance = collector.access().acceptance();
    this.sessions = collector.access().sessions();
    this.cookies = cookies;
  }

  @Override
  public void mount(SiteMap map) {
    map.open(
        HttpMethod.GET,
        PATH,
        request -> view(request, Map.of()).map(view -> Reply.page("door/invitation", view)));
    map.open(HttpMethod.POST, PATH, this::accept);
  }

  private Future<InvitationView> view(Request request, Map<String, String> problems) {
    return invitations.open(request.part("token")).map(offered -> view(request, offered, problems));
  }

  private static InvitationView view(
      Request request, Invitation offered, Map<String, String> problems) {
    SignedIn person = request.personOrNull();
    String path = "/invitation/" + request.part("token");
    return new InvitationView(
        path,
        "/sign-in?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8),
        offered.invitedBy(),
        offered.role().word(),
        offered.what(),
        offered.email(),
        person == null ? "" : person.email(),
        problems.isEmpty() ? offered.name() : request.text("name"),
        problems);
  }

  private Future<Reply> accept(Request request) {
    return Attempt.orAgain(
        Attempt.of(() -> request.personOrNull() == null ? join(request) : add(request)),
        refusal ->
            view(
                    request,
                    Map.of(refusal.field() == null ? "" : refusal.field(), refusal.sentence()))
                .map(view -> Reply.again("door/invitation", view)));
  }

  private Future<Reply> add(Request request) {
    return acceptance
        .accept(request.principal(), request.person().email(), request.part("token"))
        .map(offered -> Reply.done("/", welcome(offered)));
  }

  private static String welcome(Invitation offered) {
    return "Accepted: you are now " + offered.role().word() + " of " + offered.what() + ".";
  }

  private Future<Reply> join(Request request) {
    return acceptance
        .join(
            request.part("token"),
            request.text("name"),
            request.raw("password"),
            Origin.door(request.remoteAddress()))
        .compose(person -> sessions.open(person, request.remoteAddress()))
        .map(session -> enter(request, session));
  }

  private Reply enter(Request request, Session session) {
    cookies.signIn(request, session.token(), SignInPage.secondsLeft(request, session));
    return Reply.done("/", "Welcome. Your account is made, and you are signed in.");
  }
}
