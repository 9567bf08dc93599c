package org.tagwarden.dashboard.pages.door;

import java.util.Map;

/**
 * An invitation, for whoever holds its link.
 *
 * @param action where the form goes
 * @param signInWay where somebody who has an account signs in, and comes back from
 * @param invitedBy whose words they are
 * @param role "viewer"
 * @param where the client, or "all clients"
 * @param email whose it is
 * @param signedInAs who reads it; "" when nobody is signed in
 * @param name as it was typed, or as the invitation says
 * @param problems sentences by field; "" for the whole form
 */
public record InvitationView(
    String action,
    String signInWay,
    String invitedBy,
    String role,
    String where,
    String email,
    String signedInAs,
    String name,
    Map<String, String> problems) {
  public InvitationView {
    problems = Map.copyOf(problems);
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }

  public boolean signedIn() {
    return !signedInAs.isEmpty();
  }

  /** Whether it is somebody else's. */
  public boolean forAnother() {
    return signedIn() && !signedInAs.equalsIgnoreCase(email);
  }
}
