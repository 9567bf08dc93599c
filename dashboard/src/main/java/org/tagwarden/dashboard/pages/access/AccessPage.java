package org.tagwarden.dashboard.pages.access;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AccountLinks;
import org.tagwarden.collector.access.ApiToken;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.Invitation;
import org.tagwarden.collector.access.Invitations;
import org.tagwarden.collector.access.People;
import org.tagwarden.collector.access.Person;
import org.tagwarden.collector.access.PersonDraft;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.MenuEntry;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** Who may come in: people by invitation, programs by token. For administrators. */
public final class AccessPage implements Page {
  private final People people;
  private final ApiTokens tokens;
  private final Invitations invitations;
  private final Clients clients;
  private final Sites sites;

  public AccessPage(Collector collector) {
    this.people = collector.access().people();
    this.tokens = collector.access().tokens();
    this.invitations = collector.access().invitations();
    this.clients = collector.clients();
    this.sites = collector.sites();
  }

  @Override
  public MenuEntry menu() {
    return new MenuEntry("Access", "/access", Role.ADMIN);
  }

  @Override
  public void mount(SiteMap map) {
    map.person(
        HttpMethod.GET,
        "/access",
        Role.ADMIN,
        request -> view(request, "", null, Map.of()).map(view -> Reply.page("access/page", view)));
    map.person(HttpMethod.POST, "/access/people", Role.ADMIN, this::invite);
    map.person(
        HttpMethod.POST, "/access/invitations/:invitation/again", Role.ADMIN, this::inviteAgain);
    map.person(
        HttpMethod.POST, "/access/invitations/:invitation/withdraw", Role.ADMIN, this::takeBack);
    map.person(HttpMethod.POST, "/access/tokens", Role.ADMIN, this::makeToken);
    map.person(HttpMethod.POST, "/access/tokens/:api/withdraw", Role.ADMIN, this::withdraw);
  }

  private Future<AccessView> view(
      Request request,
      String secret,
      AccessView.@Nullable Sent sent,
      Map<String, String> problems) {
    Principal by = request.principal();
    Future<List<Client>> known = clients.list(by);
    Future<List<Site>> theirs = sites.list(by);
    Future<List<Person>> persons = people.list(by);
    Future<List<Invitation>> invited = invitations.list(by);
    Future<List<ApiToken>> made = tokens.list(by);
    return Future.all(known, theirs, persons, invited, made)
        .map(
            all -> {
              ClientChoice chosen = ClientChoice.of(request, by, known.result());
              return new AccessView(
                  AccessLines.people(chosen.people(persons.result()), known.result()),
                  AccessLines.invitations(chosen.invitations(invited.result())),
                  AccessLines.tokens(chosen.tokens(made.result()), known.result(), theirs.result()),
                  chosen.choices(),
                  chosen.text(),
                  AccessLines.clients(by, known.result()),
                  AccessLines.scopes(by, known.result(), theirs.result()),
                  secret,
                  sent,
                  typed(request, problems),
                  problems);
            });
  }

  static AccessView.@Nullable Sent said(AccountLinks.@Nullable Sent sent) {
    return sent == null ? null : said(sent.person().email(), sent.link(), sent.problem());
  }

  private static AccessView.Sent said(Invitations.Sent sent) {
    return said(sent.invitation().email(), sent.link(), sent.problem());
  }

  private static AccessView.Sent said(
      String email, @Nullable String link, @Nullable String problem) {
    return new AccessView.Sent(email, link == null ? "" : link, problem == null ? "" : problem);
  }

  private static Map<String, String> typed(Request request, Map<String, String> problems) {
    Map<String, String> typed = new LinkedHashMap<>();
    if (problems.isEmpty()) return typed;
    for (String field :
        List.of(
            "personName",
            "email",
            "personRole",
            "personClient",
            "tokenName",
            "tokenRole",
            "tokenScope",
            "tokenExpires")) {
      typed.put(field, request.text(field));
    }
    return typed;
  }

  private Future<Reply> invite(Request request) {
    return again(
        request,
        "person",
        Attempt.of(
                () -> {
                  var draft = new PersonDraft(request.text("email"), request.text("personName"));
                  return invitations.invite(
                      request.principal(),
                      draft,
                      role(request, "personRole"),
                      client(request, "personClient"));
                })
            .compose(sent -> view(request, "", said(sent), Map.of()))
            .map(view -> Reply.page("access/page", view)));
  }

  private Future<Reply> inviteAgain(Request request) {
    return again(
        request,
        "person",
        invitations
            .again(request.principal(), request.id("invitation"))
            .compose(sent -> view(request, "", said(sent), Map.of()))
            .map(view -> Reply.page("access/page", view)));
  }

  private Future<Reply> takeBack(Request request) {
    return invitations
        .withdraw(request.principal(), request.id("invitation"))
        .map(done -> Reply.done("/access", "The invitation is withdrawn: its link opens nothing."));
  }

  private Future<Reply> makeToken(Request request) {
    return again(
        request,
        "token",
        Attempt.of(() -> tokens.create(request.principal(), draft(request)))
            .compose(made -> view(request, made.secret(), null, Map.of()))
            .map(view -> Reply.page("access/page", view)));
  }

  private static ApiTokens.Draft draft(Request request) {
    // "", "client" or "client/site"
    String[] scope = request.text("tokenScope").split("/", 2);
    return new ApiTokens.Draft(
        request.text("tokenName"),
        role(request, "tokenRole"),
        number(scope[0]),
        scope.length == 1 ? null : number(scope[1]),
        expiry(request.text("tokenExpires")));
  }

  /** The token works until the end of that day, in UTC. */
  private static @Nullable Instant expiry(String day) {
    try {
      return day.isEmpty()
          ? null
          : LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw Refusal.invalid("expiresAt", "Write a day like 2030-01-31.");
    }
  }

  private Future<Reply> withdraw(Request request) {
    return tokens
        .withdraw(request.principal(), request.id("api"))
        .map(done -> Reply.done("/access", "The token is withdrawn: it opens nothing any more."));
  }

  /** The refused form again; services name their fields, the page has two forms. */
  private Future<Reply> again(Request request, String form, Future<Reply> reply) {
    return Attempt.orAgain(
        reply,
        refusal -> {
          String field = refusal.field() == null ? form : refusal.field();
          String id =
              switch (field) {
                case "name" -> form + "Name";
                case "role" -> form + "Role";
                case "clientId", "siteId" -> form.equals("token") ? "tokenScope" : "personClient";
                case "expiresAt" -> "tokenExpires";
                default -> field;
              };
          return view(request, "", null, Map.of(id, refusal.sentence()))
              .map(view -> Reply.again("access/page", view));
        });
  }

  static Role role(Request request, String field) {
    for (Role role : Role.values()) if (role.word().equals(request.text(field))) return role;
    throw Refusal.invalid("role", "Choose a role.");
  }

  static @Nullable Integer client(Request request, String field) {
    String chosen = request.text(field);
    if (chosen.equals(AccessLines.ALL)) return null;
    Integer id = number(chosen);
    if (id == null) throw Refusal.invalid("clientId", "Choose one of the list.");
    return id;
  }

  private static @Nullable Integer number(String text) {
    try {
      return text.isEmpty() ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw Refusal.invalid("clientId", "Choose one of the list.");
    }
  }
}
