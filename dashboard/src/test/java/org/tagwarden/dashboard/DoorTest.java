package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.access.Session;

/** What somebody tries at the door who wants more than to come in. */
@Tag("database")
class DoorTest {
  private static DemoServer server;

  @BeforeAll
  static void start() {
    server = DemoServer.filled();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/\t/evil.example/",
        "/\r\nLocation: https://evil.example/",
        "javascript:alert(1)",
        "evil.example"
      })
  void a_sign_in_leads_to_no_other_host(String next) {
    HttpResponse<String> in = signIn(new Browserless(server.url()), next);
    assertThat(in.headers().firstValue("Location")).contains("/");
  }

  @Test
  void a_sign_in_leads_to_the_page_that_was_asked_for_with_its_whole_query() {
    String asked = "/audit?who=Ada+Lindqvist&from=2026-01-01";
    Browserless ada = new Browserless(server.url());
    String door = ada.get(asked).headers().firstValue("Location").orElseThrow();
    assertThat(door).startsWith("/sign-in?next=");
    String next = Forms.fields(ada.get(door).body(), "/sign-in").get("next");
    assertThat(next).isEqualTo(asked);
    assertThat(signIn(ada, next).headers().firstValue("Location")).contains(asked);
  }

  @Test
  void a_session_that_somebody_planted_is_not_the_one_that_is_opened() {
    Session planted = server.sessionOf(Role.VIEWER, server.clientId("Harbour Bank"));
    Browserless victim = new Browserless(server.url());
    victim.remember("tagwarden_session=" + planted.token() + "; Path=/; HttpOnly");
    victim.get("/sign-in");
    signIn(victim, "");
    assertThat(victim.cookie("tagwarden_session")).isNotEmpty().isNotEqualTo(planted.token());
    assertThat(
            await(server.collector().access().sessions().find(planted.token()))
                .orElseThrow()
                .person())
        .isEqualTo(planted.person());
  }

  @Test
  void a_session_that_ended_opens_nothing_any_more() {
    Browserless ada = new Browserless(server.url());
    signIn(ada, "");
    String token = ada.cookie("tagwarden_session");
    ada.get("/findings");
    assertThat(ada.post("/sign-out", Map.of()).statusCode()).isEqualTo(303);
    Browserless thief = new Browserless(server.url());
    thief.remember("tagwarden_session=" + token + "; Path=/");
    assertThat(thief.get("/findings").statusCode()).isEqualTo(303);
  }

  @Test
  void with_https_no_neighbour_of_the_domain_can_set_a_cookie_for_us() {
    try (DemoServer secure =
        DemoServer.filled(Map.of("TAGWARDEN_PUBLIC_URL", "https://tags.example"))) {
      HttpResponse<String> door = new Browserless(secure.url()).get("/sign-in");
      assertThat(door.headers().allValues("Set-Cookie"))
          .isNotEmpty()
          .allMatch(cookie -> cookie.startsWith("__Host-"))
          .allMatch(cookie -> cookie.contains("; Secure; HTTPOnly; SameSite="))
          .allMatch(cookie -> cookie.contains("Path=/") && !cookie.contains("Domain="));
      String token = secure.session(DemoServer.ADMIN).token();
      assertThat(with(secure, "tagwarden_session=" + token).statusCode()).isEqualTo(303);
      assertThat(with(secure, "__Host-tagwarden_session=" + token).statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> with(DemoServer at, String cookie) {
    return new Browserless(at.url()).get("/findings", "Cookie", cookie);
  }

  private static HttpResponse<String> signIn(Browserless somebody, String next) {
    somebody.get("/sign-in");
    HttpResponse<String> in =
        somebody.post(
            "/sign-in",
            Map.of("email", DemoServer.ADMIN, "password", DemoServer.PASSWORD, "next", next));
    assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
    return in;
  }
}
