package org.tagwarden.collector.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which group of the sign-in server has which role: {@code GROUP=ROLE} for all clients, {@code
 * GROUP=ROLE@CLIENT} for one. The first that fits counts, for each client.
 */
public record GroupRoles(List<Rule> rules) {
  /**
   * @param client a client's name; empty: all clients
   */
  public record Rule(String group, Role role, Optional<String> client) {}

  public GroupRoles {
    rules = List.copyOf(rules);
  }

  /** Rules separated by semicolons or lines; what is wrong is said in a sentence. */
  public static GroupRoles parse(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String entry : text.split("[;\\r\\n]+")) {
      if (!entry.isBlank()) rules.add(rule(entry.strip()));
    }
    return new GroupRoles(rules);
  }

  private static Rule rule(String entry) {
    int equals = entry.lastIndexOf('=');
    String group = equals < 0 ? "" : entry.substring(0, equals).strip();
    String rest = entry.substring(equals + 1).strip();
    int at = rest.indexOf('@');
    String word = (at < 0 ? rest : rest.substring(0, at)).strip().toLowerCase(Locale.ROOT);
    String client = at < 0 ? "" : rest.substring(at + 1).strip();
    if (group.isEmpty() || (at >= 0 && client.isEmpty())) {
      throw new IllegalArgumentException(
          "\"" + entry + "\" has to be GROUP=ROLE or GROUP=ROLE@CLIENT");
    }
    for (Role role : Role.values()) {
      if (role != Role.SCANNER && role.word().equals(word)) {
        return new Rule(group, role, client.isEmpty() ? Optional.empty() : Optional.of(client));
      }
    }
    throw new IllegalArgumentException(
        "\"" + word + "\" is no role: viewer, requester, approver, admin and auditor are");
  }

  /** Whether there is no rule: roles are then given by hand. */
  public boolean none() {
    return rules.isEmpty();
  }

  /** The roles of somebody in these groups, by client name; the empty one is for all clients. */
  Map<Optional<String>, Role> of(Collection<String> groups) {
    Map<Optional<String>, Role> roles = new LinkedHashMap<>();
    for (Rule rule : rules) {
      if (groups.contains(rule.group())) roles.putIfAbsent(rule.client(), rule.role());
    }
    return roles;
  }
}
