package org.tagwarden.dashboard;

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
 * rules stand in {@link RouteRules}, so that no route changes its role, or comes without one,
 * unseen.
 */
@Tag("database")
class EveryRoleTest {
  private static final Principal ALL = new Principal(null, "Test", Role.ADMIN, Map.of());

  private static final List<Role> ROLES =
      List.of(Role.VIEWER, Role.REQUESTER, Role.APPROVER, Role.ADMIN, Role.AUDITOR);

  private static DemoServer server;
  private static Map<String, String> values;

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
        .containsExactlyInAnyOrderElementsOf(RouteRules.ALL.keySet());
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
    await(server.collector().access().people().setRole(ALL, session.person().id(), null, client));
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
    String token = await(server.collector().access().tokens().create(ALL, draft)).secret();
    Browserless program = new Browserless(server.url());
    for (Way way : ways()) {
      if (!way.method().equals("GET")) continue;
      HttpResponse<String> answer =
          program.get(way.path(server, values), "Authorization", "Bearer " + token);
      softly.assertThat(answer.statusCode()).as(way.toString()).isEqualTo(303);
    }
    softly.assertAll();
  }

  @Test
  void a_role_for_the_client_goes_as_far_as_its_rules() {
    SoftAssertions softly = new SoftAssertions();
    int client = server.clientId("Nordwind Retail");
    for (Role role : ROLES) {
      walk(
          softly,
          role,
          client,
          rule -> rule.lets(role) && rule.reach() != RouteRules.Reach.EVERYWHERE);
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
      if (RouteRules.ALL.get(way.toString()).reach() == RouteRules.Reach.THERE) {
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
      java.util.function.Predicate<RouteRules.Rule> lets) {
    Browserless somebody = Browserless.with(server, server.sessionOf(role, client));
    // What a test before took away, or this one did.
    Map<String, String> fresh = Way.values(server);
    for (Way way : ways()) {
      String as = way + " as " + role + (client == null ? " everywhere" : "");
      HttpResponse<String> answer = take(somebody, way, fresh);
      RouteRules.Rule rule = RouteRules.ALL.get(way.toString());
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
        .filter(way -> RouteRules.ALL.containsKey(way.toString()))
        .filter(way -> !RouteRules.ALL.get(way.toString()).least().isEmpty())
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
