package org.tagwarden.dashboard.pages.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account, for administrators.
 *
 * @param roles what they may do, for each client that the reader administers
 * @param byGroups whether groups of the sign-in server give the roles
 * @param clients where a role may be given or withdrawn, by id; "all" for all clients
 * @param mayClose whether the reader administers all clients
 * @param sent a link that was just made; null otherwise
 */
public record PersonView(
    int id,
    String name,
    String email,
    List<RoleLine> roles,
    boolean byGroups,
    Instant createdAt,
    boolean closed,
    boolean secondFactor,
    Map<String, String> clients,
    boolean mayClose,
    AccessView.@Nullable Sent sent,
    Map<String, String> problems) {

  /**
   * A role.
   *
   * @param client its id; "all" for all clients
   * @param mayWithdraw whether the reader may
   */
  public record RoleLine(
      String client, String clientName, String role, String allows, boolean mayWithdraw) {}

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }
}
