package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.access.Role;

/** From the administrator's form to the role, for people with and without an account. */
@Tag("database")
class InvitationPageTest {
  private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/invitation/[\\w-]+)");

  private static DemoServer server;
  private static Browserless harbour;

  @BeforeAll
  static void start() {
    server = DemoServer.filled();
    harbour =
        Browserless.with(server, server.sessionOf(Role.ADMIN, server.clientId("Harbour Bank")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void somebody_of_another_client_signs_in_on_the_way_and_serves_both() {
    HttpResponse<String> offered = invite(DemoServer.APPROVER);
    assertThat(offered.statusCode()).as(offered.body()).isEqualTo(200);
    assertThat(offered.body()).contains("Invited").doesNotContain("Tom Brandt");
    String path = path(offered.body());

    Browserless tom = new Browserless(server.url());
    String page = tom.get(path).body();
    assertThat(page).contains("as <span class=\"strong\">approver</span>").contains("Harbour Bank");
    Matcher signIn = Pattern.compile("href=\"(/sign-in\\?next=[^\"]+)\"").matcher(page);
    assertThat(signIn.find()).isTrue();
    Map<String, String> form =
        Forms.fields(tom.get(signIn.group(1).replace("&amp;", "&")).body(), "/sign-in");
    form.put("email", DemoServer.APPROVER);
    form.put("password", DemoServer.PASSWORD);
    assertThat(tom.post("/sign-in", form).headers().firstValue("Location")).contains(path);
    assertThat(tom.get(path).body()).contains("Accept").doesNotContain("Password");
    assertThat(tom.post(path, Map.of()).statusCode()).isEqualTo(303);
    assertThat(tom.get("/").body())
        .contains("you are now approver of Harbour Bank")
        .contains("Nordwind Shop");
    assertThat(tom.get(path).statusCode()).isEqualTo(404);
    assertThat(harbour.get("/access").body())
        .contains("Tom Brandt")
        .doesNotContain("Nordwind", "another client");
  }

  @Test
  void somebody_new_chooses_a_password_and_is_in() {
    String path = path(invite("zoe@agency.example").body());
    Browserless zoe = new Browserless(server.url());
    String page = zoe.get(path).body();
    assertThat(page).contains("I have an account").contains("zoe@agency.example");
    Map<String, String> form = Forms.fields(page, path);
    form.put("password", "short");
    HttpResponse<String> refused = zoe.post(path, form);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("A password needs");
    form = Forms.fields(refused.body(), path);
    form.put("password", DemoServer.PASSWORD);
    assertThat(zoe.post(path, form).statusCode()).isEqualTo(303);
    assertThat(zoe.get("/").body()).contains("Your account is made").contains("Harbour");
  }

  @Test
  void whoever_is_signed_in_as_somebody_else_takes_nothing() {
    String path = path(invite("yan@agency.example").body());
    Browserless mia = Browserless.as(server, DemoServer.VIEWER);
    assertThat(mia.get(path).body()).contains("Sign out, then open the link");
    assertThat(mia.post(path, Map.of()).statusCode()).isEqualTo(422);
    assertThat(mia.get(path).body()).contains("yan@agency.example");
  }

  @Test
  void an_account_is_not_made_a_second_time_and_the_page_says_what_to_do() {
    String path = path(invite(DemoServer.ADMIN).body());
    Browserless eve = new Browserless(server.url());
    eve.get(path);
    HttpResponse<String> refused =
        eve.post(path, Map.of("name", "Eve", "password", "eve chooses this one"));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("sign in with it to accept");
    assertThat(eve.get("/findings").statusCode()).isEqualTo(303);
  }

  @Test
  void what_was_offered_is_sent_again_or_withdrawn_on_the_page() {
    String first = path(invite("xia@agency.example").body());
    int id = server.id("SELECT id FROM invitation WHERE email = 'xia@agency.example'");
    String second = path(harbour.post("/access/invitations/" + id + "/again", Map.of()).body());
    Browserless xia = new Browserless(server.url());
    assertThat(xia.get(first).statusCode()).isEqualTo(404);
    assertThat(xia.get(second).statusCode()).isEqualTo(200);
    assertThat(harbour.post("/access/invitations/" + id + "/withdraw", Map.of()).statusCode())
        .isEqualTo(303);
    assertThat(xia.get(second).body()).contains("was accepted or withdrawn");
    assertThat(invite("no address").body()).contains("That is no e-mail address");
    assertThat(invite(DemoServer.VIEWER).body()).contains("has a role here already");
  }

  private static HttpResponse<String> invite(String email) {
    return harbour.post(
        "/access/people",
        Map.of(
            "personName",
            "Somebody",
            "email",
            email,
            "personRole",
            "approver",
            "personClient",
            "" + server.clientId("Harbour Bank")));
  }

  private static String path(String page) {
    Matcher link = LINK.matcher(page);
    if (!link.find()) throw new AssertionError("No link in " + page);
    return link.group(1);
  }
}
