package org.tagwarden.dashboard.pages.access;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AccountLinks;
import org.tagwarden.collector.access.People;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.access.SecondFactor;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** One person, for administrators: roles, a new link, the second factor, closing the account. */
public final class PersonPage implements Page {
  private static final String PATH = "/access/people/:person";

  private final People people;
  private final AccountLinks links;
  private final SecondFactor secondFactor;
  private final Clients clients;

  public PersonPage(Collector collector) {
    this.people = collector.access().people();
    this.links = collector.access().accountLinks();
    this.secondFactor = collector.access().secondFactor();
    this.clients = collector.clients();
  }

  @Override
  public void mount(SiteMap map) {
    map.person(
        HttpMethod.GET,
        PATH,
        Role.ADMIN,
        request -> view(request, null, Map.of()).map(view -> Reply.page("access/person", view)));
    map.person(HttpMethod.POST, PATH + "/role", Role.ADMIN, this::setRole);
    map.person(HttpMethod.POST, PATH + "/link", Role.ADMIN, this::link);
    map.person(HttpMethod.POST, PATH + "/second-factor/off", Role.ADMIN, this::factorOff);
    map.person(HttpMethod.POST, PATH + "/close", Role.ADMIN, request -> setClosed(request, true));
    map.person(HttpMethod.POST, PATH + "/open", Role.ADMIN, request -> setClosed(request, false));
  }

  private Future<PersonView> view(
      Request request, AccountLinks.@Nullable Sent sent, Map<String, String> problems) {
    Principal by = request.principal();
    return people
        .find(by, request.id("person"))
        .compose(
            person -> {
              Future<List<Client>> known = clients.list(by);
              Future<SecondFactor.State> factor = secondFactor.state(person.id());
              Future<Boolean> byGroups = people.hasRolesByGroups(person.id());
              return Future.all(known, factor, byGroups)
                  .map(
                      all ->
                          new PersonView(
                              person.id(),
                              person.name(),
                              person.email(),
                              AccessLines.rolesOf(person, by, known.result()),
                              byGroups.result(),
                              person.createdAt(),
                              person.disabledAt() != null,
                              factor.result().on(),
                              AccessLines.clients(by, known.result()),
                              by.mayEverywhere(Role.ADMIN),
                              AccessPage.said(sent),
                              problems));
            });
  }

  private Future<Reply> setRole(Request request) {
    int person = request.id("person");
    return again(
        request,
        people
            .find(request.principal(), person)
            .compose(
                found ->
                    people.setRole(
                        request.principal(),
                        person,
                        request.text("role").equals("none")
                            ? null
                            : AccessPage.role(request, "role"),
                        AccessPage.client(request, "client")))
            .map(
                done ->
                    Reply.done(
                        back(request),
                        request.text("role").equals("none")
                            ? "The role is withdrawn."
                            : "The role is set.")));
  }

  private Future<Reply> link(Request request) {
    return again(
        request,
        links
            .renew(request.principal(), request.id("person"))
            .compose(sent -> view(request, sent, Map.of()))
            .map(view -> Reply.page("access/person", view)));
  }

  private Future<Reply> factorOff(Request request) {
    return secondFactor
        .offFor(request.principal(), request.id("person"))
        .map(done -> Reply.done(back(request), "The second factor is off."));
  }

  private Future<Reply> setClosed(Request request, boolean closed) {
    return again(
        request,
        Attempt.of(() -> people.setClosed(request.principal(), request.id("person"), closed))
            .map(
                done ->
                    Reply.done(
                        back(request),
                        closed
                            ? "The account is closed: its sessions have ended."
                            : "The account is open again.")));
  }

  private Future<Reply> again(Request request, Future<Reply> reply) {
    return Attempt.orAgain(
        reply,
        refusal ->
            view(request, null, Map.of(field(refusal), refusal.sentence()))
                .map(view -> Reply.again("access/person", view)));
  }

  private static String field(Refusal refusal) {
    String field = refusal.field();
    return field == null ? "" : field.equals("clientId") ? "client" : field;
  }

  private static String back(Request request) {
    return "/access/people/" + request.id("person");
  }
}
