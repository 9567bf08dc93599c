package org.tagwarden.dashboard.pages.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.ApiToken;
import org.tagwarden.collector.access.Invitation;
import org.tagwarden.collector.access.Person;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Client;
import org.tagwarden.dashboard.web.Request;

/**
 * Whose people are looked at: one client's, with those who may see all clients, or everybody.
 *
 * @param chosen 0: all clients
 */
record ClientChoice(int chosen, Map<String, String> choices) {
  /** The client of the query, if it is one that the reader administers. */
  static ClientChoice of(Request request, Principal by, List<Client> known) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "All clients");
    for (Client client : known) {
      if (by.may(Role.ADMIN, client.id())) choices.put("" + client.id(), client.name());
    }
    int asked = request.number("client", 1, Integer.MAX_VALUE, 0);
    return new ClientChoice(choices.containsKey("" + asked) ? asked : 0, choices);
  }

  /** As the form has it; "" for all. */
  String text() {
    return chosen == 0 ? "" : "" + chosen;
  }

  List<Person> people(List<Person> all) {
    return all.stream()
        .filter(person -> person.everywhere() != null || shows(person.roles().keySet()))
        .toList();
  }

  List<Invitation> invitations(List<Invitation> all) {
    return all.stream().filter(offered -> shows(offered.clientId())).toList();
  }

  List<ApiToken> tokens(List<ApiToken> all) {
    return all.stream().filter(token -> shows(token.clientId())).toList();
  }

  private boolean shows(Set<Integer> clients) {
    return chosen == 0 || clients.contains(chosen);
  }

  /** What is for all clients is for this one, too. */
  private boolean shows(@Nullable Integer client) {
    return chosen == 0 || client == null || client == chosen;
  }
}
