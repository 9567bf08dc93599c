package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who may take which route, walked over the router's own list, so that no new route is left out.
 */
@Tag("database")
class EveryRouteTest {
  private static final Set<String> OPEN =
      Set.of(
          "/sign-in",
          "/sign-in/code",
          "/sign-in/oidc",
          "/sign-in/oidc/callback",
          "/forgot",
          "/theme",
          "/setup/:token",
          "/link/:token",
          "/invitation/:token",
          "/act/:token");
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

  private static List<Way> ways() {
    return Way.all(server);
  }

  private static HttpResponse<String> take(Browserless somebody, Way way) {
    String path = way.path(server, values);
    return way.method().equals("POST") ? somebody.post(path, Map.of()) : somebody.get(path);
  }

  @Test
  void the_router_lists_the_pages() {
    assertThat(ways())
        .extracting(Way::pattern)
        .contains("/", "/sites/:site/tags", "/sites/:site/tags/:tag/decision");
    assertThat(ways()).hasSizeGreaterThan(20);
  }

  @Test
  void nobody_gets_no_further_than_the_door() {
    Browserless nobody = new Browserless(server.url());
    for (Way way : ways()) {
      if (OPEN.contains(way.pattern())) continue;
      HttpResponse<String> answer = take(nobody, way);
      assertThat(answer.statusCode()).as(way.toString()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location").orElse(""))
          .as(way.toString())
          .startsWith("/sign-in");
      assertThat(answer.body()).as(way.toString()).doesNotContain("Nordwind");
    }
  }

  @Test
  void a_member_of_another_client_sees_nothing_of_a_site() {
    Browserless mia = Browserless.as(server, DemoServer.VIEWER);
    for (Way way : ways()) {
      if (OPEN.contains(way.pattern()) || way.pattern().equals("/sign-out")) continue;
      HttpResponse<String> answer = take(mia, way);
      assertThat(answer.body())
          .as(way.toString())
          .doesNotContain("Nordwind")
          .doesNotContain("Criteo");
      if (way.pattern().startsWith("/sites/:site")) {
        assertThat(answer.statusCode()).as(way.toString()).isEqualTo(404);
      } else {
        assertThat(answer.statusCode()).as(way.toString()).isIn(200, 303, 403, 404, 422);
      }
    }
  }

  @Test
  void every_page_opens_for_an_administrator() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    for (Way way : ways()) {
      if (!way.method().equals("GET") || OPEN.contains(way.pattern())) continue;
      HttpResponse<String> answer = take(ada, way);
      int expected = way.pattern().equals("/sites/:site") ? 303 : 200;
      assertThat(answer.statusCode()).as(way + "\n" + answer.body()).isEqualTo(expected);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(way.toString())
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.body())
          .as(way.toString())
          .doesNotContain(" style=\"")
          .doesNotContain("<script>")
          .doesNotContain(" onclick");
    }
  }

  @Test
  void a_form_without_its_secret_changes_nothing() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    for (Way way : ways()) {
      if (!way.method().equals("POST")) continue;
      String path = way.path(server, values);
      assertThat(ada.post(path, Map.of("csrf", "")).statusCode()).as(path).isEqualTo(403);
      assertThat(ada.post(path, Map.of("csrf", "bm90IG91cnM")).statusCode())
          .as(path)
          .isEqualTo(403);
    }
    assertThat(ada.get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void what_no_route_knows_is_not_found_in_the_look_of_the_product() {
    HttpResponse<String> answer = Browserless.as(server, DemoServer.ADMIN).get("/no/such/page");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("Not found").contains("To the overview");
  }
}
