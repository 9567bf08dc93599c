package org.tagwarden.dashboard.pages.access;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.ApiToken;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.OneTimeLinks;
import org.tagwarden.collector.access.People;
import org.tagwarden.collector.access.Person;
import org.tagwarden.collector.access.PersonDraft;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.dashboard.view.Display;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.MenuEntry;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** Who may come in: people by invitation, programs by token. For administrators. */
public final class AccessPage implements Page {
  private static final Duration INVITATION_LIFE = Duration.ofDays(7);

  private final People people;
  private final ApiTokens tokens;
  private final OneTimeLinks links;
  private final Clients clients;
  private final String publicUrl;

  public AccessPage(Collector collector) {
    this.people = collector.people();
    this.tokens = collector.tokens();
    this.links = collector.links();
    this.clients = collector.clients();
    this.publicUrl = collector.config().publicUrl();
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
        request -> view(request, "", "", Map.of()).map(view -> Reply.page("access/page", view)));
    map.person(HttpMethod.POST, "/access/people", Role.ADMIN, this::invite);
    map.person(HttpMethod.POST, "/access/tokens", Role.ADMIN, this::makeToken);
    map.person(HttpMethod.POST, "/access/tokens/:api/withdraw", Role.ADMIN, this::withdraw);
  }

  private Future<AccessView> view(
      Request request, String secret, String link, Map<String, String> problems) {
    Principal by = request.principal();
    return clients
        .list(by)
        .compose(
            known ->
                people
                    .list(by)
                    .compose(
                        persons ->
                            tokens
                                .list(by)
                                .map(
                                    made ->
                                        new AccessView(
                                            persons.stream()
                                                .map(person -> line(person, known))
                                                .toList(),
                                            made.stream().map(token -> line(token, known)).toList(),
                                            choices(by, known),
                                            secret,
                                            link,
                                            typed(request, problems),
                                            problems))));
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
            "tokenClient")) {
      typed.put(field, request.text(field));
    }
    return typed;
  }

  private static Map<String, String> choices(Principal by, List<Client> known) {
    Map<String, String> choices = new LinkedHashMap<>();
    if (by.mayEverywhere(Role.ADMIN)) choices.put("", "All clients");
    for (Client client : known) {
      if (by.may(Role.ADMIN, client.id())) choices.put(String.valueOf(client.id()), client.name());
    }
    return choices;
  }

  private static String name(int clientId, List<Client> known) {
    for (Client client : known) if (client.id() == clientId) return client.name();
    return "another client";
  }

  private static AccessView.PersonLine line(Person person, List<Client> known) {
    List<String> roles = new ArrayList<>();
    if (person.everywhere() != null)
      roles.add(Display.words(person.everywhere().name()) + ", all clients");
    person
        .roles()
        .forEach(
            (clientId, role) ->
                roles.add(Display.words(role.name()) + ", " + name(clientId, known)));
    return new AccessView.PersonLine(
        person.name(), person.email(), roles, person.createdAt(), person.disabledAt() != null);
  }

  private static AccessView.TokenLine line(ApiToken token, List<Client> known) {
    Integer clientId = token.clientId();
    return new AccessView.TokenLine(
        token.id(),
        token.name(),
        Display.words(token.role().name()),
        clientId == null ? "All clients" : name(clientId, known),
        token.createdAt(),
        token.lastUsedAt());
  }

  private Future<Reply> invite(Request request) {
    return again(
        request,
        "person",
        Attempt.of(() -> create(request))
            .compose(
                person -> links.issue(OneTimeLinks.Purpose.INVITE, person.id(), INVITATION_LIFE))
            .compose(token -> view(request, "", publicUrl + "/link/" + token, Map.of()))
            .map(view -> Reply.page("access/page", view)));
  }

  private Future<Person> create(Request request) {
    PersonDraft draft = new PersonDraft(request.text("email"), request.text("personName"));
    return people.create(
        request.principal(), draft, role(request, "personRole"), client(request, "personClient"));
  }

  private Future<Reply> makeToken(Request request) {
    return again(
        request,
        "token",
        Attempt.of(
                () -> {
                  var draft =
                      new ApiTokens.Draft(
                          request.text("tokenName"),
                          role(request, "tokenRole"),
                          client(request, "tokenClient"),
                          null);
                  return tokens.create(request.principal(), draft);
                })
            .compose(made -> view(request, made.secret(), "", Map.of()))
            .map(view -> Reply.page("access/page", view)));
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
                case "clientId" -> form + "Client";
                default -> field;
              };
          return view(request, "", "", Map.of(id, refusal.sentence()))
              .map(view -> Reply.again("access/page", view));
        });
  }

  private static Role role(Request request, String field) {
    for (Role role : Role.values()) if (role.word().equals(request.text(field))) return role;
    throw Refusal.invalid("role", "Choose a role.");
  }

  private static @Nullable Integer client(Request request, String field) {
    if (request.text(field).isEmpty()) return null;
    int id = request.number(field, 1, Integer.MAX_VALUE, 0);
    if (id == 0) throw Refusal.invalid("clientId", "Choose a client of the list.");
    return id;
  }
}
