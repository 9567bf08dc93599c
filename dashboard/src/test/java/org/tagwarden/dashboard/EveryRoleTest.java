package org.tagwarden.dashboard;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.ext.web.Route;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.access.Session;

/**
 * Walks every route of the dashboard as every role, for a client, for another one and for all. The
 * rules stand here a second time, so that no route changes its role, or comes without one, unseen.
 */
@Tag("database")
class EveryRoleTest {
  /** Every route: who may take it. A new one needs a line. */
  private static final Map<String, Rule> RULES =
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
          entry("GET /alerts", anywhere(Role.VIEWER)),
          entry("POST /alerts/:alert/again", there(Role.APPROVER)),
          entry("POST /alerts/contacts/works", anywhere(Role.ADMIN)),
          entry("POST /alerts/opt-outs/end", anywhere(Role.ADMIN)),
          entry("GET /alerts/rules", anywhere(Role.VIEWER)),
          entry("POST /alerts/rules", anywhere(Role.APPROVER)),
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
          entry("GET /authorizations/:authorization", there(Role.VIEWER)),
          entry("POST /authorizations/:authorization/withdraw", there(Role.APPROVER)),
          entry("GET /requests", anywhere(Role.VIEWER)),
          entry("POST /requests", anywhere(Role.REQUESTER)),
          entry("POST /requests/:request/answer", anywhere(Role.REQUESTER)),
          entry("POST /sites/:site/decisions", there(Role.APPROVER)),
          entry("GET /audit", anywhere(Role.AUDITOR)),
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

  private static final Principal ALL = new Principal(null, "Test", Role.ADMIN, Map.of());

  private static final List<Role> ROLES =
      List.of(Role.VIEWER, Role.REQUESTER, Role.APPROVER, Role.ADMIN, Role.AUDITOR);

  private static DemoServer server;
  private static Map<String, String> values;

  /** How far the role has to reach. */
  private enum Reach {
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
  private record Rule(List<Role> least, Reach reach) {
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

  @BeforeAll
  static void start() {
    server = DemoServer.filled();
    values = Way.values(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void every_route_has_a_rule_here_and_every_rule_a_route() {
    assertThat(Way.all(server))
        .extracting(Way::toString)
        .containsExactlyInAnyOrderElementsOf(RULES.keySet());
  }

  /** What is no page: none of it asks who calls, or it asks by itself (see AccessMatrixTest). */
  @Test
  void the_router_has_no_way_in_beside_pages_and_the_known_rest() {
    List<String> pages = Way.all(server).stream().map(Way::toString).toList();
    assertThat(server.router().getRoutes())
        .flatExtracting(EveryRoleTest::ways)
        .filteredOn(way -> !pages.contains(way))
        .containsExactlyInAnyOrder(
            "any of all", // notes the caller's address
            "any of all", // adds the security headers
            "any of all", // "not found" in the look of the product
            "any of /api/v1/",
            "any of /api/v1/",
            "any of /api/v1/",
            "any of /api/v1/",
            "GET /api/v1/openapi.yaml",
            "GET /health",
            "GET /ready",
            "GET /metrics",
            "GET /static/:file");
  }

  private static List<String> ways(Route route) {
    String pattern = route.getName() == null ? "all" : route.getName();
    if (route.methods() == null) return List.of("any of " + pattern.replace("*", ""));
    return route.methods().stream().map(method -> method.name() + " " + pattern).toList();
  }

  @Test
  void somebody_whose_last_role_was_withdrawn_gets_nowhere_but_out() {
    SoftAssertions softly = new SoftAssertions();
    int client = server.clientId("Nordwind Retail");
    Session session = server.sessionOf(Role.ADMIN, client);
    Browserless somebody = Browserless.with(server, session);
    await(server.collector().people().setRole(ALL, session.person().id(), null, client));
    Map<String, String> fresh = Way.values(server);
    for (Way way : ways()) {
      int told = way.pattern().startsWith("/sites/:site") ? 404 : 403;
      softly.assertThat(take(somebody, way, fresh).statusCode()).as(way.toString()).isEqualTo(told);
    }
    softly.assertThat(somebody.post("/sign-out", Map.of()).statusCode()).isEqualTo(303);
    softly.assertAll();
  }

  @Test
  void a_token_of_the_api_opens_no_page() {
    SoftAssertions softly = new SoftAssertions();
    ApiTokens.Draft draft =
        new ApiTokens.Draft(
            "site",
            Role.ADMIN,
            server.clientId("Nordwind Retail"),
            server.siteId("Nordwind Shop"),
            null);
    String token = await(server.collector().tokens().create(ALL, draft)).secret();
    for (Way way : ways()) {
      if (!way.method().equals("GET")) continue;
      HttpResponse<String> answer =
          new Browserless(server.url())
              .get(way.path(server, values), "Authorization", "Bearer " + token);
      softly.assertThat(answer.statusCode()).as(way.toString()).isEqualTo(303);
    }
    softly.assertAll();
  }

  @Test
  void a_role_for_the_client_goes_as_far_as_its_rules() {
    SoftAssertions softly = new SoftAssertions();
    int client = server.clientId("Nordwind Retail");
    for (Role role : ROLES) {
      walk(softly, role, client, rule -> rule.lets(role) && rule.reach() != Reach.EVERYWHERE);
    }
    softly.assertAll();
  }

  @Test
  void a_role_for_all_clients_goes_as_far_as_its_rules() {
    SoftAssertions softly = new SoftAssertions();
    for (Role role : ROLES) walk(softly, role, null, rule -> rule.lets(role));
    softly.assertAll();
  }

  @Test
  void for_another_clients_administrator_it_does_not_exist() {
    SoftAssertions softly = new SoftAssertions();
    Browserless harbour =
        Browserless.with(server, server.sessionOf(Role.ADMIN, server.clientId("Harbour Bank")));
    for (Way way : ways()) {
      HttpResponse<String> answer = take(harbour, way);
      if (RULES.get(way.toString()).reach() == Reach.THERE) {
        softly.assertThat(answer.statusCode()).as(way.toString()).isEqualTo(404);
      }
      softly.assertThat(answer.body()).as(way.toString()).doesNotContain("Nordwind", "Criteo");
    }
    softly.assertAll();
  }

  @Test
  void below_ones_own_site_nothing_is_reached_that_is_another_ones() {
    SoftAssertions softly = new SoftAssertions();
    Browserless harbour =
        Browserless.with(server, server.sessionOf(Role.ADMIN, server.clientId("Harbour Bank")));
    int theirs = server.siteId("Harbour Bank");
    for (Way way : ways()) {
      if (!way.pattern().matches("/sites/:site/.*:.*")) continue;
      // Of a finding without a change it shows the changes of the site, here their own.
      if (way.pattern().equals("/sites/:site/findings/:finding/change")) continue;
      String path = way.below(theirs, server, values);
      HttpResponse<String> answer =
          way.method().equals("POST")
              ? harbour.post(
                  path,
                  Map.of(
                      "justification", "Ours.",
                      "reason", "Ours.",
                      "until", LocalDate.now(ZoneOffset.UTC).plusDays(9).toString()))
              : harbour.get(path);
      softly.assertThat(answer.statusCode()).as(way.toString()).isEqualTo(404);
      softly.assertThat(answer.body()).as(way.toString()).doesNotContain("Nordwind", "Criteo");
    }
    softly.assertAll();
  }

  private static void walk(
      SoftAssertions softly,
      Role role,
      @Nullable Integer client,
      java.util.function.Predicate<Rule> lets) {
    Browserless somebody = Browserless.with(server, server.sessionOf(role, client));
    // What a test before took away, or this one did.
    Map<String, String> fresh = Way.values(server);
    for (Way way : ways()) {
      String as = way + " as " + role + (client == null ? " everywhere" : "");
      HttpResponse<String> answer = take(somebody, way, fresh);
      Rule rule = RULES.get(way.toString());
      if (lets.test(rule)) {
        softly.assertThat(answer.statusCode()).as(as).isIn(200, 303, 409, 422);
        softly
            .assertThat(answer.headers().firstValue("Location").orElse(""))
            .as(as)
            .doesNotStartWith("/sign-in?");
      } else {
        softly.assertThat(answer.statusCode()).as(as).isEqualTo(403);
      }
    }
  }

  /** Without the open ones, which ask for no role, and without the one that ends the session. */
  private static List<Way> ways() {
    return Way.all(server).stream()
        .filter(way -> RULES.containsKey(way.toString()))
        .filter(way -> !RULES.get(way.toString()).least().isEmpty())
        .toList();
  }

  private static HttpResponse<String> take(Browserless somebody, Way way) {
    return take(somebody, way, values);
  }

  private static HttpResponse<String> take(
      Browserless somebody, Way way, Map<String, String> parts) {
    String path = way.path(server, parts);
    return way.method().equals("POST") ? somebody.post(path, Map.of()) : somebody.get(path);
  }
}
