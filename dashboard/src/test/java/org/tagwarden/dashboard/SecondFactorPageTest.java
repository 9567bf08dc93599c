package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.access.AuditLine;
import org.tagwarden.collector.access.AuthenticatorApp;

/** From one's own account to the code at the door and back, as a browser goes. */
@Tag("database")
class SecondFactorPageTest {
  private static final Pattern SECRET = Pattern.compile("secret=([A-Z2-7]+)");

  private static DemoServer server;

  @BeforeAll
  static void start() {
    server = DemoServer.filled();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_second_factor_is_set_up_asked_for_and_switched_off_and_each_step_is_audited() {
    Browserless tom = Browserless.as(server, DemoServer.APPROVER);
    tom.get("/account");
    assertThat(tom.post("/account/second-factor", Map.of("present", "not this one")).body())
        .contains("not your present password")
        .doesNotContain("secret=");
    Map<String, String> present = Map.of("present", DemoServer.PASSWORD);
    String page = tom.post("/account/second-factor", present).body();
    Matcher secret = SECRET.matcher(page);
    assertThat(secret.find()).as(page).isTrue();
    AuthenticatorApp app = new AuthenticatorApp(secret.group(1));
    assertThat(tom.post("/account/second-factor/confirm", Map.of("code", "12345x")).body())
        .contains("does not fit")
        .contains(secret.group(1));
    long step = Instant.now().getEpochSecond() / 30;
    String on = tom.post("/account/second-factor/confirm", Map.of("code", app.code(step))).body();
    assertThat(on).contains("recovery codes");
    List<String> codes =
        Pattern.compile("[a-z2-7]{4}(-[a-z2-7]{4}){3}")
            .matcher(on)
            .results()
            .map(r -> r.group())
            .toList();
    assertThat(codes).hasSize(10);

    Browserless door = new Browserless(server.url());
    door.get("/sign-in");
    String half =
        door.post("/sign-in", Map.of("email", DemoServer.APPROVER, "password", DemoServer.PASSWORD))
            .body();
    assertThat(half).contains("Your code");
    assertThat(door.get("/findings").statusCode()).isEqualTo(303);
    Map<String, String> form = Forms.fields(half, "/sign-in/code");
    form.put("code", "000000");
    form.remove("csrf");
    assertThat(door.post("/sign-in/code", form).statusCode()).isEqualTo(422);
    form.put("code", app.code(step + 1));
    assertThat(door.post("/sign-in/code", form).statusCode()).isEqualTo(303);
    assertThat(door.get("/account").body()).contains("10 recovery codes are left");

    assertThat(door.post("/account/second-factor/off", Map.of("code", codes.get(3))).statusCode())
        .isEqualTo(303);
    assertThat(audited("fail to sign in"))
        .contains(
            "prepare second factor",
            "switch second factor on",
            "fail to sign in",
            "switch second factor off");
  }

  @Test
  void a_password_is_changed_with_the_old_one_and_ends_the_session() {
    Browserless mia = Browserless.as(server, DemoServer.VIEWER);
    mia.get("/account");
    String fresh = "quite another set of words";
    assertThat(
            mia.post("/account/password", Map.of("old", "not this one", "password", fresh)).body())
        .contains("not your present password");
    assertThat(
            mia.post("/account/password", Map.of("old", DemoServer.PASSWORD, "password", fresh))
                .statusCode())
        .isEqualTo(303);
    assertThat(mia.get("/findings").statusCode()).isEqualTo(303);
    assertThat(audited("set password")).isNotEmpty();
  }

  @Test
  void without_a_mail_server_the_door_says_whom_to_ask() {
    Browserless somebody = new Browserless(server.url());
    assertThat(somebody.get("/forgot").body()).contains("Ask an administrator");
    somebody.get("/sign-in"); // for a form's secret: the page without a form has none
    assertThat(somebody.post("/forgot", Map.of("email", DemoServer.ADMIN)).body())
        .contains("Ask an administrator");
  }

  private static List<String> audited(String action) {
    return server.auditOnce(action).stream().map(AuditLine::action).toList();
  }
}
