package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.access.AuditLine;
import org.tagwarden.collector.access.Role;

/** With a real OpenID Connect server: discovery, keys, codes, PKCE, signed tokens. */
@Tag("database")
class SingleSignOnTest {
  private static final String REALM = "work";
  private static final String CLIENT = "tagwarden";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static MockOAuth2Server signInServer;
  private static DemoServer server;
  private static MovableClock clock;

  @BeforeAll
  static void start() throws IOException {
    signInServer = new MockOAuth2Server();
    signInServer.start();
    clock = MovableClock.at(Instant.now().toString());
    Map<String, String> settings = new HashMap<>();
    settings.put("TAGWARDEN_OIDC_ISSUER", signInServer.issuerUrl(REALM).toString());
    settings.put("TAGWARDEN_OIDC_CLIENT_ID", CLIENT);
    settings.put("TAGWARDEN_OIDC_CLIENT_SECRET", "only for this test");
    settings.put("TAGWARDEN_OIDC_LABEL", "Sign in with Nordwind");
    settings.put(
        "TAGWARDEN_OIDC_ROLES",
        "auditors=auditor; shop-it=approver@Nordwind Retail; all=viewer@Nordwind Retail;"
            + " all=viewer@No such client");
    server = DemoServer.filled(settings, clock);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    signInServer.shutdown();
  }

  @Test
  void somebody_new_comes_in_with_the_role_of_the_first_group_that_fits() {
    assertThat(new Browserless(server.url()).get("/sign-in").body())
        .contains("Sign in with Nordwind");
    Browserless lea = new Browserless(server.url());
    says("lea-1", "lea@nordwind.example", true, List.of("all", "shop-it"));
    HttpResponse<String> in = signIn(lea, "/findings");
    assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
    assertThat(in.headers().firstValue("Location")).contains("/findings");
    assertThat(lea.get("/").body()).contains("Nordwind Shop").doesNotContain("Harbour Bank");
    assertThat(roles("lea@nordwind.example")).isEqualTo("approver Nordwind Retail");
  }

  @Test
  void roles_follow_the_groups_and_whoever_has_none_left_stays_out() {
    says("max-1", "max@nordwind.example", true, List.of("all"));
    signIn(new Browserless(server.url()), "");
    assertThat(roles("max@nordwind.example")).isEqualTo("viewer Nordwind Retail");
    says("max-1", "max@nordwind.example", true, List.of("auditors"));
    signIn(new Browserless(server.url()), "");
    assertThat(roles("max@nordwind.example")).isEqualTo("auditor");
    says("max-1", "max@nordwind.example", true, List.of("canteen"));
    Browserless max = new Browserless(server.url());
    assertThat(signIn(max, "").body()).contains("None of your groups");
    assertThat(max.get("/findings").statusCode()).isEqualTo(303);
    assertThat(roles("max@nordwind.example")).isEmpty();
  }

  @Test
  void somebody_without_any_group_of_ours_gets_no_account() {
    says("eve-1", "eve@nordwind.example", true, List.of("canteen"));
    assertThat(signIn(new Browserless(server.url()), "").body()).contains("None of your groups");
    assertThat(server.id("SELECT count(*)::int FROM person WHERE email = 'eve@nordwind.example'"))
        .isZero();
  }

  @Test
  void an_account_is_taken_over_only_by_an_address_that_the_server_vouches_for() {
    says("stranger", DemoServer.VIEWER, false, List.of("all"));
    assertThat(signIn(new Browserless(server.url()), "").body())
        .contains("does not vouch for this address");
    says("mia-1", DemoServer.VIEWER, true, List.of("all"));
    assertThat(signIn(new Browserless(server.url()), "").statusCode()).isEqualTo(303);
    says("mia-1", "mia.new@harbour-bank.example", false, List.of("all"));
    assertThat(signIn(new Browserless(server.url()), "").statusCode()).isEqualTo(303);
    assertThat(roles(DemoServer.VIEWER)).isEqualTo("viewer Nordwind Retail");
  }

  @Test
  void a_role_that_was_withdrawn_there_does_not_live_on_behind_a_password_here() {
    Browserless before = Browserless.as(server, DemoServer.APPROVER);
    says("tom-1", DemoServer.APPROVER, true, List.of("shop-it"));
    assertThat(signIn(new Browserless(server.url()), "").statusCode()).isEqualTo(303);
    assertThat(password(DemoServer.APPROVER).body()).contains("said by your sign-in server");
    assertThat(before.get("/findings").statusCode()).as("a session of before").isEqualTo(303);

    says("ada-1", DemoServer.ADMIN, true, List.of("auditors"));
    signIn(new Browserless(server.url()), "");
    assertThat(password(DemoServer.ADMIN).statusCode())
        .as("when that server is down")
        .isEqualTo(303);
  }

  @Test
  void whoever_is_in_is_asked_for_again_and_goes_on_without_noticing() {
    Browserless ivy = new Browserless(server.url());
    says("ivy-1", "ivy@nordwind.example", true, List.of("all"));
    signIn(ivy, "");
    String session = ivy.cookie("tagwarden_session");
    assertThat(page(ivy, "/findings").statusCode()).isEqualTo(200);

    clock.advance(Duration.ofMinutes(16));
    HttpResponse<String> asked = page(ivy, "/findings?severity=HIGH");
    assertThat(asked.statusCode()).isEqualTo(303);
    assertThat(asked.headers().firstValue("Location"))
        .contains("/sign-in/oidc?next=%2Ffindings%3Fseverity%3DHIGH");
    assertThat(ivy.get("/findings", "HX-Request", "true").statusCode())
        .as("what a page fetches by itself")
        .isEqualTo(200);
    long newest = server.newestEntry();
    says("ivy-1", "ivy@nordwind.example", true, List.of("shop-it"));
    assertThat(signIn(ivy, "/findings").headers().firstValue("Location")).contains("/findings");
    assertThat(ivy.cookie("tagwarden_session")).isEqualTo(session);
    assertThat(page(ivy, "/findings").statusCode()).isEqualTo(200);
    assertThat(roles("ivy@nordwind.example")).isEqualTo("approver Nordwind Retail");
    assertThat(server.auditAfter(newest, "set role"))
        .extracting(AuditLine::action)
        .as("no sign-in every quarter of an hour")
        .containsExactly("set role");
  }

  @Test
  void an_open_session_ends_an_hour_after_the_group_was_last_seen_whatever_it_asks_for() {
    Browserless kim = new Browserless(server.url());
    says("kim-1", "kim@nordwind.example", true, List.of("shop-it"));
    signIn(kim, "");
    kim.get("/findings");
    clock.advance(Duration.ofMinutes(59));
    assertThat(kim.get("/findings").statusCode()).isEqualTo(200);
    assertThat(kim.post("/requests", Map.of()).statusCode()).as("a form").isEqualTo(422);
    clock.advance(Duration.ofMinutes(2));
    assertThat(kim.get("/findings").statusCode()).isEqualTo(303);
    assertThat(kim.post("/requests", Map.of()).statusCode()).isEqualTo(303);
  }

  @Test
  void a_group_that_was_withdrawn_opens_no_page_a_quarter_of_an_hour_later() {
    Browserless jo = new Browserless(server.url());
    says("jo-1", "jo@nordwind.example", true, List.of("all"));
    signIn(jo, "");
    clock.advance(Duration.ofMinutes(16));
    says("jo-1", "jo@nordwind.example", true, List.of("canteen"));
    assertThat(signIn(jo, "").body()).contains("None of your groups");
    assertThat(jo.get("/findings").statusCode()).isEqualTo(403);
  }

  @Test
  void what_groups_give_is_not_given_by_hand_as_well() {
    says("lou-1", "lou@nordwind.example", true, List.of("all"));
    signIn(new Browserless(server.url()), "");
    String path =
        "/access/people/" + server.id("SELECT id FROM person WHERE email = 'lou@nordwind.example'");
    int client = server.clientId("Nordwind Retail");
    Browserless admin = Browserless.with(server, server.sessionOf(Role.ADMIN, client));
    assertThat(admin.get(path).body()).contains("Groups of the sign-in server give them");
    Map<String, String> role = Map.of("role", "admin", "client", "" + client);
    assertThat(admin.post(path + "/role", role).body()).contains("change them there");
    assertThat(roles("lou@nordwind.example")).isEqualTo("viewer Nordwind Retail");
  }

  /** As a browser asks for a page. */
  private static HttpResponse<String> page(Browserless somebody, String path) {
    return somebody.get(path, "Accept", "text/html,application/xhtml+xml");
  }

  private static HttpResponse<String> password(String email) {
    Browserless somebody = new Browserless(server.url());
    somebody.get("/sign-in");
    return somebody.post("/sign-in", Map.of("email", email, "password", DemoServer.PASSWORD));
  }

  @Test
  void what_another_browser_began_does_not_end_here() {
    String back = way(new Browserless(server.url()), "");
    Browserless other = new Browserless(server.url());
    assertThat(other.get(back).body()).contains("not begun in this browser");
    way(other, "");
    assertThat(other.get(back).body()).contains("not begun in this browser");
    assertThat(other.cookie("tagwarden_session")).isEmpty();
  }

  @Test
  void a_token_for_another_sign_in_and_a_code_without_its_verifier_are_refused() {
    Browserless otherNonce = new Browserless(server.url());
    String back = way(otherNonce, "");
    otherNonce.remember(cookie(otherNonce, 1, "another-nonce"));
    assertThat(otherNonce.get(back).body()).contains("does not fit this sign-in");

    Browserless otherVerifier = new Browserless(server.url());
    String second = way(otherVerifier, "");
    otherVerifier.remember(
        cookie(otherVerifier, 2, "another-verifier-of-at-least-forty-three-characters"));
    assertThat(otherVerifier.get(second).body()).contains("did not confirm");
  }

  @Test
  void who_says_no_at_the_sign_in_server_is_back_at_the_door() {
    Browserless somebody = new Browserless(server.url());
    assertThat(somebody.get("/sign-in/oidc/callback?error=access_denied").statusCode())
        .as("not begun here")
        .isEqualTo(422);
    way(somebody, "");
    String state = somebody.cookie("tagwarden_oidc").split("\\.")[0];
    String back = "/sign-in/oidc/callback?error=access_denied&state=" + state;
    assertThat(somebody.get(back).body()).contains("did not let you in (access_denied)");
    assertThat(new Browserless(server.url()).get("/sign-in").statusCode()).isEqualTo(200);
  }

  /** What the sign-in server tells about whoever comes next; only for codes that are redeemed. */
  private static void says(String subject, String email, boolean verified, List<String> groups) {
    Map<String, Object> claims =
        Map.of("email", email, "email_verified", verified, "name", subject, "groups", groups);
    signInServer.enqueueCallback(
        new DefaultOAuth2TokenCallback(REALM, subject, "JWT", List.of(CLIENT), claims, 3600));
  }

  /** To the sign-in server and back, as a browser goes. */
  private static HttpResponse<String> signIn(Browserless somebody, String next) {
    return somebody.get(way(somebody, next));
  }

  /** The path that the sign-in server sends the browser back to. */
  private static String way(Browserless somebody, String next) {
    HttpResponse<String> begun = somebody.get("/sign-in/oidc?next=" + next);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
    String there = begun.headers().firstValue("Location").orElseThrow();
    assertThat(there).contains("code_challenge=", "code_challenge_method=S256", "nonce=");
    try {
      HttpResponse<String> answer =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(there)).build(),
              HttpResponse.BodyHandlers.ofString());
      URI back = URI.create(answer.headers().firstValue("Location").orElseThrow());
      return back.getRawPath() + "?" + back.getRawQuery();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The browser's cookie with another value in one place. */
  private static String cookie(Browserless somebody, int place, String value) {
    String[] parts = somebody.cookie("tagwarden_oidc").split("\\.", -1);
    parts[place] = value;
    return "tagwarden_oidc=" + String.join(".", parts) + "; Path=/; HttpOnly";
  }

  private static String roles(String email) {
    return await(
            server
                .collector()
                .database()
                .pool()
                .preparedQuery(
                    """
                    SELECT coalesce(string_agg(concat_ws(' ', m.role, c.name), ', '), '') AS roles
                    FROM membership m JOIN person p ON p.id = m.person_id
                    LEFT JOIN client c ON c.id = m.client_id WHERE p.email = $1
                    """)
                .execute(io.vertx.sqlclient.Tuple.of(email)))
        .iterator()
        .next()
        .getString("roles");
  }
}
