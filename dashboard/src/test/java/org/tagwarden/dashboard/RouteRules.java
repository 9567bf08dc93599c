package org.tagwarden.dashboard;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.tagwarden.collector.access.Role;

/** Who may take which route of the dashboard, said a second time beside the routes themselves. */
final class RouteRules {
  /** Every route: who may take it. A new one needs a line. */
  static final Map<String, Rule> ALL =
      Map.ofEntries(
          entry("GET /sign-in", open()),
          entry("POST /sign-in", open()),
          entry("POST /theme", open()),
          entry("GET /setup/:token", open()),
          entry("POST /setup/:token", open()),
          entry("GET /link/:token", open()),
          entry("POST /link/:token", open()),
          entry("GET /invitation/:token", open()),
          entry("POST /invitation/:token", open()),
          entry("POST /sign-out", signedIn()),
          entry("GET /", anywhere(Role.VIEWER)),
          entry("POST /clients", everywhere(Role.ADMIN)),
          entry("POST /clients/:client/name", there(Role.ADMIN)),
          entry("GET /sites/new", anywhere(Role.APPROVER)),
          entry("POST /sites", anywhere(Role.APPROVER)),
          entry("GET /sites/:site", there(Role.VIEWER)),
          entry("GET /sites/:site/tags", there(Role.VIEWER)),
          entry("GET /sites/:site/tags.csv", there(Role.VIEWER)),
          entry("GET /sites/:site/tags/:tag", there(Role.VIEWER)),
          entry("POST /sites/:site/tags/:tag/decision", there(Role.REQUESTER)),
          entry("GET /sites/:site/pages", there(Role.VIEWER)),
          entry("GET /sites/:site/visits/:visit", there(Role.VIEWER)),
          entry("GET /sites/:site/visits/:visit/screenshots/:image", there(Role.VIEWER)),
          entry("GET /sites/:site/visiting", there(Role.VIEWER)),
          entry("POST /sites/:site/visiting", there(Role.APPROVER)),
          entry("GET /sites/:site/schedule", there(Role.VIEWER)),
          entry("POST /sites/:site/schedule", there(Role.APPROVER)),
          entry("POST /sites/:site/archive", there(Role.APPROVER)),
          entry("POST /sites/:site/restore", there(Role.APPROVER)),
          entry("GET /sites/:site/scans", there(Role.VIEWER)),
          entry("GET /sites/:site/progress", there(Role.VIEWER)),
          entry("POST /sites/:site/scans", there(Role.REQUESTER)),
          entry("GET /sites/:site/scans/:scan", there(Role.VIEWER)),
          entry("GET /findings", anywhere(Role.VIEWER)),
          entry("GET /sites/:site/findings", there(Role.VIEWER)),
          entry("GET /sites/:site/findings/:finding", there(Role.VIEWER)),
          entry("GET /sites/:site/performance", there(Role.VIEWER)),
          entry("GET /sites/:site/evidence", there(Role.AUDITOR, Role.APPROVER)),
          entry("POST /sites/:site/evidence", there(Role.AUDITOR, Role.APPROVER)),
          entry("POST /sites/:site/evidence/scope", there(Role.APPROVER)),
          entry("GET /alerts", anywhere(Role.VIEWER)),
          entry("POST /alerts/:alert/again", there(Role.APPROVER)),
          entry("POST /alerts/contacts/works", anywhere(Role.ADMIN)),
          entry("POST /alerts/opt-outs/end", anywhere(Role.ADMIN)),
          entry("GET /alerts/rules", anywhere(Role.VIEWER)),
          entry("POST /alerts/rules", anywhere(Role.APPROVER)),
          entry("POST /alerts/rules/:rule", there(Role.APPROVER)),
          entry("POST /alerts/rules/:rule/remove", there(Role.APPROVER)),
          entry("POST /alerts/destinations", anywhere(Role.ADMIN)),
          entry("POST /alerts/destinations/:destination/remove", there(Role.ADMIN)),
          entry("POST /alerts/destinations/:destination/test", there(Role.ADMIN)),
          entry("GET /act/:token", open()),
          entry("POST /act/:token", open()),
          entry("GET /sites/:site/owners", there(Role.VIEWER)),
          entry("POST /sites/:site/owners", there(Role.APPROVER)),
          entry("POST /sites/:site/owners/:owner/withdraw", there(Role.APPROVER)),
          entry("POST /sites/:site/path", there(Role.APPROVER)),
          entry("POST /sites/:site/path/remove", there(Role.APPROVER)),
          entry("GET /sites/:site/standard", there(Role.VIEWER)),
          entry("POST /sites/:site/standard", there(Role.APPROVER)),
          entry("POST /sites/:site/findings/:finding/acknowledge", there(Role.REQUESTER)),
          entry("POST /sites/:site/findings/:finding/mute", there(Role.APPROVER)),
          entry("POST /sites/:site/findings/:finding/unmute", there(Role.APPROVER)),
          entry("GET /sites/:site/changes", there(Role.VIEWER)),
          entry("GET /sites/:site/changes/:change", there(Role.VIEWER)),
          entry("POST /sites/:site/changes/:change/accept", there(Role.APPROVER)),
          entry("GET /sites/:site/findings/:finding/change", there(Role.VIEWER)),
          entry("GET /authorizations", anywhere(Role.VIEWER)),
          entry("POST /authorizations", anywhere(Role.APPROVER)),
          entry("GET /authorizations/new", anywhere(Role.APPROVER)),
          entry("GET /authorizations/policy", anywhere(Role.VIEWER)),
          entry("GET /authorizations/policy.yaml", anywhere(Role.VIEWER)),
          entry("GET /authorizations/policy.csv", anywhere(Role.VIEWER)),
          entry("POST /authorizations/policy", anywhere(Role.APPROVER)),
          entry("GET /authorizations/:authorization", there(Role.VIEWER)),
          entry("POST /authorizations/:authorization/withdraw", there(Role.APPROVER)),
          entry("GET /requests", anywhere(Role.VIEWER)),
          entry("POST /requests", anywhere(Role.REQUESTER)),
          entry("POST /requests/:request/answer", anywhere(Role.REQUESTER)),
          entry("POST /sites/:site/decisions", there(Role.APPROVER)),
          entry("GET /audit", anywhere(Role.AUDITOR)),
          entry("GET /audit/log", everywhere(Role.AUDITOR)),
          entry("GET /access", anywhere(Role.ADMIN)),
          entry("POST /sign-in/code", open()),
          entry("GET /sign-in/oidc", open()),
          entry("GET /sign-in/oidc/callback", open()),
          entry("GET /forgot", open()),
          entry("POST /forgot", open()),
          entry("GET /account", anywhere(Role.VIEWER)),
          entry("POST /account/password", anywhere(Role.VIEWER)),
          entry("POST /account/second-factor", anywhere(Role.VIEWER)),
          entry("POST /account/second-factor/confirm", anywhere(Role.VIEWER)),
          entry("POST /account/second-factor/off", anywhere(Role.VIEWER)),
          entry("GET /access/people/:person", there(Role.ADMIN)),
          entry("POST /access/people/:person/role", there(Role.ADMIN)),
          entry("POST /access/people/:person/link", there(Role.ADMIN)),
          entry("POST /access/people/:person/second-factor/off", there(Role.ADMIN)),
          entry("POST /access/people/:person/close", everywhere(Role.ADMIN)),
          entry("POST /access/people/:person/open", everywhere(Role.ADMIN)),
          entry("POST /access/people", anywhere(Role.ADMIN)),
          entry("POST /access/invitations/:invitation/again", there(Role.ADMIN)),
          entry("POST /access/invitations/:invitation/withdraw", there(Role.ADMIN)),
          entry("POST /access/tokens", anywhere(Role.ADMIN)),
          entry("POST /access/tokens/:api/withdraw", there(Role.ADMIN)));

  private RouteRules() {}

  /** How far the role has to reach. */
  enum Reach {
    /** No role, nobody signed in. */
    OPEN,
    /** A session, and no role: for what has to go on when the last role is withdrawn. */
    SIGNED_IN,
    /** The role for any client; the page shows what is that client's. */
    ANYWHERE,
    /** The role for the client that it is about; for others it does not exist. */
    THERE,
    /** The role for all clients. */
    EVERYWHERE
  }

  /**
   * @param least the least role, or several of which one does; empty when it is open
   */
  record Rule(List<Role> least, Reach reach) {
    boolean lets(Role role) {
      return least.isEmpty() || least.stream().anyMatch(role::covers);
    }
  }

  private static Rule open() {
    return new Rule(List.of(), Reach.OPEN);
  }

  private static Rule signedIn() {
    return new Rule(List.of(), Reach.SIGNED_IN);
  }

  private static Rule anywhere(Role least) {
    return new Rule(List.of(least), Reach.ANYWHERE);
  }

  private static Rule there(Role... least) {
    return new Rule(List.of(least), Reach.THERE);
  }

  private static Rule everywhere(Role least) {
    return new Rule(List.of(least), Reach.EVERYWHERE);
  }
}
