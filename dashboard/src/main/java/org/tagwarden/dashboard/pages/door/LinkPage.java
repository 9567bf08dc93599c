package org.tagwarden.dashboard.pages.door;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Credentials;
import org.tagwarden.collector.access.Entrance;
import org.tagwarden.collector.access.OneTimeLinks;
import org.tagwarden.collector.access.OneTimeLinks.Purpose;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.access.People;
import org.tagwarden.collector.access.Person;
import org.tagwarden.collector.access.PersonDraft;
import org.tagwarden.collector.access.Session;
import org.tagwarden.collector.access.Sessions;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Cookies;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/**
 * One-time links: set-up of the first person, sign-in, invitation and new password. Opening one
 * changes nothing (mail filters open links too); its button does.
 */
public final class LinkPage implements Page {
  private static final Refusal USED =
      Refusal.notFound("This link was used already or is too old. Ask for a new one.");

  private final OneTimeLinks links;
  private final People people;
  private final Credentials credentials;
  private final Sessions sessions;
  private final Clients clients;
  private final Cookies cookies;

  public LinkPage(Collector collector, Cookies cookies) {
    this.links = collector.access().links();
    this.people = collector.access().people();
    this.credentials = collector.access().credentials();
    this.sessions = collector.access().sessions();
    this.clients = collector.clients();
    this.cookies = cookies;
  }

  @Override
  public void mount(SiteMap map) {
    map.open(HttpMethod.GET, "/setup/:token", request -> open(request, Purpose.SETUP));
    map.open(HttpMethod.POST, "/setup/:token", this::setUp);
    map.open(HttpMethod.GET, "/link/:token", request -> open(request, null));
    map.open(HttpMethod.POST, "/link/:token", this::use);
  }

  private Future<Reply> open(Request request, @org.jspecify.annotations.Nullable Purpose wanted) {
    return links
        .purpose(request.part("token"))
        .map(
            found -> {
              Purpose purpose = found.orElseThrow(() -> USED);
              if ((wanted != null && purpose != wanted) || purpose == Purpose.HALF) throw USED;
              if (purpose == Purpose.SETUP)
                return Reply.page("door/set-up", setUpView(request, Map.of()));
              return Reply.page("door/link", linkView(request, purpose, ""));
            });
  }

  private static SetUpView setUpView(Request request, Map<String, String> problems) {
    return new SetUpView(
        "/setup/" + request.part("token"),
        request.text("name"),
        request.text("email"),
        request.text("client"),
        problems);
  }

  private static LinkView linkView(Request request, Purpose purpose, String problem) {
    return new LinkView("/link/" + request.part("token"), purpose != Purpose.SIGN_IN, problem);
  }

  private Future<Reply> setUp(Request request) {
    return Attempt.orAgain(
        Attempt.of(
                () -> {
                  if (request.text("client").isEmpty() || request.text("client").length() > 100)
                    throw Refusal.invalid("client", "Give the first client a name.");
                  PersonDraft draft = new PersonDraft(request.text("email"), request.text("name"));
                  return people.setUp(
                      request.part("token"), draft, request.raw("password"), origin(request));
                })
            .compose(person -> firstClient(request, person))
            .compose(person -> sessions.open(person, request.remoteAddress()))
            .map(
                session ->
                    enter(request, session, "Welcome. Add your first site to see its tags.")),
        refusal -> {
          String field = refusal.field() == null ? "" : refusal.field();
          return Future.succeededFuture(
              Reply.again("door/set-up", setUpView(request, Map.of(field, refusal.sentence()))));
        });
  }

  private Future<Person> firstClient(Request request, Person person) {
    return clients
        .create(person.principal().at(request.remoteAddress()), request.text("client"))
        .map(person);
  }

  private static Origin origin(Request request) {
    return Origin.door(request.remoteAddress());
  }

  private Future<Reply> use(Request request) {
    String token = request.part("token");
    return links
        .purpose(token)
        .compose(
            found -> {
              Purpose purpose = found.orElseThrow(() -> USED);
              if (purpose == Purpose.SETUP || purpose == Purpose.HALF) throw USED;
              return Attempt.orAgain(
                  Attempt.of(
                          () ->
                              purpose == Purpose.SIGN_IN
                                  ? sessions.signInByLink(token, request.remoteAddress())
                                  : credentials
                                      .set(token, purpose, request.raw("password"), origin(request))
                                      .compose(
                                          person ->
                                              sessions.enter(person, request.remoteAddress())))
                      .map(entrance -> further(request, entrance)),
                  refusal ->
                      Future.succeededFuture(
                          Reply.again(
                              "door/link", linkView(request, purpose, refusal.sentence()))));
            });
  }

  /** Whoever has a second factor needs it here, too: a mailbox alone opens nothing. */
  private Reply further(Request request, Entrance entrance) {
    return entrance instanceof Entrance.In in
        ? enter(request, in.session(), "You are signed in.")
        : Reply.page("door/code", new CodeView(((Entrance.Half) entrance).token(), "", ""));
  }

  private Reply enter(Request request, Session session, String welcome) {
    cookies.signIn(request, session.token(), SignInPage.secondsLeft(request, session));
    return Reply.done("/", welcome);
  }
}
