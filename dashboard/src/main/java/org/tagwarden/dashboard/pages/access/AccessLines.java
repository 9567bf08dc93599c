package org.tagwarden.dashboard.pages.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.access.ApiToken;
import org.tagwarden.collector.access.Invitation;
import org.tagwarden.collector.access.Person;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.view.Display;

/** People and tokens as the page lists them, and what its forms offer. */
final class AccessLines {
  /** In a form: a role for all clients. */
  static final String ALL = "all";

  private AccessLines() {}

  static List<AccessView.PersonLine> people(List<Person> people, List<Client> known) {
    return people.stream()
        .map(
            person ->
                new AccessView.PersonLine(
                    person.id(),
                    person.name(),
                    person.email(),
                    roles(person, known),
                    person.createdAt(),
                    person.disabledAt() != null))
        .toList();
  }

  static List<AccessView.InvitationLine> invitations(List<Invitation> invitations) {
    return invitations.stream()
        .map(
            offered ->
                new AccessView.InvitationLine(
                    offered.id(),
                    offered.name(),
                    offered.email(),
                    Display.words(offered.role().name()) + ", " + offered.what(),
                    offered.invitedBy(),
                    offered.expiresAt()))
        .toList();
  }

  static List<String> roles(Person person, List<Client> known) {
    List<String> roles = new ArrayList<>();
    Role everywhere = person.everywhere();
    if (everywhere != null) roles.add(Display.words(everywhere.name()) + ", all clients");
    for (Client client : known) {
      Role role = person.roles().get(client.id());
      if (role != null) roles.add(Display.words(role.name()) + ", " + client.name());
    }
    return roles;
  }

  /** Client by client, in the clients' order. */
  static List<PersonView.RoleLine> rolesOf(Person person, Principal by, List<Client> known) {
    List<PersonView.RoleLine> lines = new ArrayList<>();
    Role everywhere = person.everywhere();
    if (everywhere != null) {
      lines.add(line(ALL, "All clients", everywhere, by.mayEverywhere(Role.ADMIN)));
    }
    for (Client client : known) {
      Role role = person.roles().get(client.id());
      if (role == null) continue;
      lines.add(line("" + client.id(), client.name(), role, by.may(Role.ADMIN, client.id())));
    }
    return lines;
  }

  private static PersonView.RoleLine line(
      String client, String name, Role role, boolean mayWithdraw) {
    return new PersonView.RoleLine(
        client, name, Display.words(role.name()), Roles.allows(role), mayWithdraw);
  }

  static List<AccessView.TokenLine> tokens(
      List<ApiToken> tokens, List<Client> known, List<Site> sites) {
    return tokens.stream()
        .map(
            token ->
                new AccessView.TokenLine(
                    token.id(),
                    token.name(),
                    Display.words(token.role().name()),
                    scope(token, known, sites),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt(),
                    token.stopped(),
                    token.madeBy() == null ? "" : token.madeBy()))
        .toList();
  }

  private static String scope(ApiToken token, List<Client> known, List<Site> sites) {
    Integer clientId = token.clientId();
    if (clientId == null) return "All clients";
    if (token.siteId() == null) return client(clientId, known);
    for (Site site : sites) {
      if (site.id() == token.siteId()) return client(clientId, known) + ", only " + site.name();
    }
    return client(clientId, known) + ", an archived site";
  }

  private static String client(int clientId, List<Client> known) {
    for (Client client : known) if (client.id() == clientId) return client.name();
    return "another client";
  }

  /** Where somebody may be given a role, by id; {@link #ALL}, the widest, comes last. */
  static Map<String, String> clients(Principal by, List<Client> known) {
    Map<String, String> choices = new LinkedHashMap<>();
    for (Client client : known) {
      if (by.may(Role.ADMIN, client.id())) choices.put("" + client.id(), client.name());
    }
    if (by.mayEverywhere(Role.ADMIN)) choices.put(ALL, "All clients");
    return choices;
  }

  /** Likewise for tokens, which may be for one site, "client/site"; scanners' are for all. */
  static Map<String, String> scopes(Principal by, List<Client> known, List<Site> sites) {
    Map<String, String> choices = new LinkedHashMap<>();
    if (by.mayEverywhere(Role.ADMIN)) choices.put("", "All clients");
    choices.putAll(clients(by, known));
    choices.remove(ALL);
    for (Site site : sites) {
      if (by.may(Role.ADMIN, site.clientId())) {
        choices.put(site.clientId() + "/" + site.id(), site.clientName() + ", only " + site.name());
      }
    }
    return choices;
  }
}
