package org.tagwarden.dashboard.pages.account;

import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Client;
import org.tagwarden.dashboard.pages.access.Roles;
import org.tagwarden.dashboard.view.Display;

/** What somebody may do, client by client, in the clients' order. */
final class RoleLines {
  private RoleLines() {}

  static List<AccountView.RoleLine> of(Principal who, List<Client> known) {
    List<AccountView.RoleLine> lines = new ArrayList<>();
    Role everywhere = who.everywhere();
    if (everywhere != null) lines.add(line("All clients", "/", everywhere));
    for (Client client : known) {
      Role role = who.roles().get(client.id());
      if (role != null) lines.add(line(client.name(), "/?client=" + client.id(), role));
    }
    return lines;
  }

  private static AccountView.RoleLine line(String client, String path, Role role) {
    return new AccountView.RoleLine(client, path, Display.words(role.name()), Roles.allows(role));
  }
}
