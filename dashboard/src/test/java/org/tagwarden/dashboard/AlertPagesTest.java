package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.alerts.AlertServices;
import org.tagwarden.collector.alerts.SignedLinks;
import org.tagwarden.collector.alerts.SignedLinks.Purpose;

/** Rules, destinations, owners, paths, standards and the links of mails, as people use them. */
@Tag("database")
class AlertPagesTest {
  private static DemoServer server;
  private static Browserless ada;

  @BeforeAll
  static void start() {
    server = DemoServer.filled();
    ada = Browserless.as(server, DemoServer.ADMIN);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_rule_is_made_shown_and_removed_and_a_wrong_one_says_what_is_wrong() {
    Map<String, String> rule = new LinkedHashMap<>();
    rule.put("scope", server.clientId("Nordwind Retail") + "/" + site());
    rule.put("tell", "OWNER");
    rule.put("least", "HIGH");
    rule.put("OPENED", "yes");
    rule.put("rhythm", "DAILY");
    rule.put("time", "08:30");
    rule.put("timeZone", "Mars/Crater");

    HttpResponse<String> refused = ada.post("/alerts/rules", rule);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("no time zone").contains("Mars/Crater");

    rule.put("timeZone", "Europe/Berlin");
    assertThat(ada.post("/alerts/rules", rule).statusCode()).isEqualTo(303);
    assertThat(ada.get("/alerts/rules").body())
        .contains("High and above, opened: all checks")
        .contains("Daily at 08:30 Europe/Berlin");

    int id = server.id("SELECT id FROM alert_rule");
    changed(id, rule);
    assertThat(ada.post("/alerts/rules/" + id + "/remove", Map.of()).statusCode()).isEqualTo(303);
    assertThat(ada.get("/alerts/rules").body()).contains("The standard holds");
  }

  /**
   * By its form, which says what the rule says; of several kinds of findings, in vain when late.
   */
  private static void changed(int id, Map<String, String> rule) {
    assertThat(ada.get("/alerts/rules?edit=" + id).body())
        .contains("Change the rule for", "value=\"08:30\"", "Leave it as it is")
        .contains("name=\"OPENED\" value=\"yes\" checked>")
        .contains("name=\"WORSENED\" value=\"yes\">");
    Map<String, String> other = new LinkedHashMap<>(rule);
    other.put("check=dangling-alias&check", "compromised-host");
    other.put("RESOLVED", "yes");
    other.put("time", "09:15");
    other.put("version", "1");
    assertThat(ada.post("/alerts/rules/" + id, other).statusCode()).isEqualTo(303);
    assertThat(ada.get("/alerts/rules").body()).contains("opened, resolved", "Daily at 09:15");
    assertThat(ada.get("/alerts/rules?edit=" + id).body())
        .contains("value=\"dangling-alias\" checked>", "value=\"compromised-host\" checked>");

    HttpResponse<String> late = ada.post("/alerts/rules/" + id, other);
    assertThat(late.statusCode()).isEqualTo(422);
    assertThat(late.body()).contains("meanwhile", "value=\"09:15\"");
    Browserless mia = Browserless.as(server, DemoServer.VIEWER);
    assertThat(mia.get("/alerts/rules?edit=" + id).statusCode()).isEqualTo(404);
    assertThat(mia.post("/alerts/rules/" + id, other).statusCode()).isIn(403, 404);
  }

  @Test
  void a_destination_takes_no_secret_and_its_test_says_what_went_wrong() {
    Map<String, String> slack = new LinkedHashMap<>();
    slack.put("destinationName", "Room");
    slack.put("destinationClient", String.valueOf(server.clientId("Nordwind Retail")));
    slack.put("channel", "slack");
    slack.put("address", "https://hooks.example/T/B/x");
    assertThat(ada.post("/alerts/destinations", slack).body()).contains("give it as secret:NAME");

    slack.put("address", "secret:room");
    assertThat(ada.post("/alerts/destinations", slack).statusCode()).isEqualTo(303);
    int id = server.id("SELECT id FROM alert_destination");
    assertThat(ada.post("/alerts/destinations/" + id + "/test", Map.of()).statusCode())
        .isEqualTo(303);
    assertThat(ada.get("/alerts/rules").body()).contains("is not in the server");
    ada.post("/alerts/destinations/" + id + "/remove", Map.of());
    assertThat(ada.get("/alerts/rules").body()).contains("No destinations");
  }

  @Test
  void what_was_given_up_is_tried_again_at_a_press_of_a_button() {
    int id = server.id("SELECT id::int FROM alert WHERE state = 'FAILED' ORDER BY id LIMIT 1");
    assertThat(ada.get("/alerts?state=FAILED").body()).contains("/alerts/" + id + "/again");

    assertThat(ada.post("/alerts/" + id + "/again", Map.of()).statusCode()).isEqualTo(303);
    assertThat(server.text("SELECT state FROM alert WHERE id = $1", (long) id))
        .isEqualTo("WAITING");
    assertThat(ada.post("/alerts/" + id + "/again", Map.of()).statusCode()).isEqualTo(404);
  }

  @Test
  void an_address_that_mails_do_not_reach_is_shown_until_an_admin_says_that_it_works() {
    server.id(
        "WITH used AS (UPDATE site SET alert_emails = '{gone@nordwind.example}' WHERE id = $1)"
            + " INSERT INTO mail_bounce (email, at, reason, returned)"
            + " VALUES ('gone@nordwind.example', now(), 'User unknown (5.1.1)', true) RETURNING 1",
        site());
    Browserless tom = Browserless.as(server, DemoServer.APPROVER);
    assertThat(tom.get("/alerts").body())
        .contains("gone@nordwind.example", "User unknown (5.1.1)")
        .doesNotContain("It works again");
    assertThat(Browserless.as(server, DemoServer.VIEWER).get("/alerts").body())
        .as("another client's people")
        .doesNotContain("gone@nordwind.example");

    assertThat(ada.get("/alerts").body()).contains("It works again");
    Map<String, String> works = Map.of("email", "gone@nordwind.example");
    assertThat(ada.post("/alerts/contacts/works", works).statusCode()).isEqualTo(303);
    assertThat(ada.get("/alerts").body())
        .contains("It is noted that gone@nordwind.example works.")
        .doesNotContain("User unknown");
    ada.post("/alerts/contacts/works", works);
    assertThat(ada.get("/alerts").body()).contains("No such address is marked");
  }

  @Test
  void the_list_of_findings_says_who_takes_care_and_what_is_muted() {
    int id =
        server.id(
            "SELECT f.id FROM finding f WHERE f.site_id = $1 AND f.state = 'OPEN' AND NOT EXISTS (SELECT FROM"
                + " finding_change c JOIN alert_item i ON i.change_id = c.id WHERE c.finding_id = f.id) ORDER BY f.id LIMIT 1",
            site());
    String finding = at("/findings/" + id);
    assertThat(ada.get(at("/findings?state=UNTAKEN")).body()).contains(finding + "\"");
    assertThat(ada.get(at("/findings?state=MUTED")).body()).doesNotContain(finding + "\"");

    ada.post(finding + "/acknowledge", Map.of());
    assertThat(ada.get(at("/findings")).body()).contains(" takes care</span>");
    assertThat(ada.get(at("/findings?state=UNTAKEN")).body()).doesNotContain(finding + "\"");

    String until = LocalDate.now(Clock.systemUTC()).plusDays(20).toString();
    ada.post(finding + "/mute", Map.of("reason", "sprint 12", "until", until));
    assertThat(ada.get(at("/findings?state=MUTED")).body())
        .contains(finding + "\"", "muted until ");
  }

  @Test
  void whoever_unsubscribed_is_shown_and_taken_back() {
    server.id(
        "INSERT INTO alert_opt_out (site_id, email, at) VALUES ($1, 'left@nordwind.example', now())"
            + " RETURNING 1",
        site());
    assertThat(ada.get("/alerts/rules").body()).contains("left@nordwind.example", "Send again");
    Map<String, String> back = Map.of("site", "" + site(), "email", "left@nordwind.example");
    assertThat(ada.post("/alerts/opt-outs/end", back).statusCode()).isEqualTo(303);
    assertThat(ada.get("/alerts/rules").body()).doesNotContain("Send again");
  }

  @Test
  void owners_and_their_path_are_named_on_the_sites_page() {
    Map<String, String> owner = new LinkedHashMap<>();
    owner.put("subject", "hotjar");
    owner.put("duty", "IT");
    owner.put("rank", "OWNER");
    owner.put("ownerName", "Ida Berg");
    owner.put("ownerEmail", "nobody");
    owner.put("reviewOn", LocalDate.now(Clock.systemUTC()).plusDays(90).toString());
    assertThat(ada.post(at("/owners"), owner).body()).contains("no e-mail address");
    owner.put("ownerEmail", "ida@nordwind.example");
    assertThat(ada.post(at("/owners"), owner).statusCode()).isEqualTo(303);
    renewed();

    Map<String, String> path = new LinkedHashMap<>();
    path.put("step0", "IT_OWNER");
    path.put("wait0", "0");
    path.put("step1", "ADDRESS");
    path.put("contact1", "boss@nordwind.example");
    path.put("wait1", "45");
    path.put("days", "1");
    path.put("workFrom", "09:00");
    path.put("workUntil", "08:00");
    path.put("pathZone", "Europe/Berlin");
    assertThat(ada.post(at("/path"), path).body()).contains("must end after it begins");
    path.put("workUntil", "17:00");
    assertThat(ada.post(at("/path"), path).statusCode()).isEqualTo(303);
    String page = ada.get(at("/owners")).body();
    assertThat(page).contains("Ida Berg").contains("boss@nordwind.example");
    Map<String, String> late = Forms.fields(page, at("/path"));
    assertThat(ada.post(at("/path"), late).statusCode()).isEqualTo(303);
    assertThat(ada.post(at("/path"), late).body()).contains("changed it meanwhile");
    assertThat(ada.post(at("/path/remove"), Map.of()).statusCode()).isEqualTo(303);
    assertThat(ada.get(at("/owners")).body()).contains("the only one");
  }

  /** By its form, which says who is named; not by the second of two. */
  private static void renewed() {
    int id = server.id("SELECT id FROM ownership WHERE name = 'Ida Berg'");
    Map<String, String> form =
        Forms.fields(ada.get(at("/owners?edit=" + id)).body(), at("/owners"));
    assertThat(form)
        .containsEntry("ownerEmail", "ida@nordwind.example")
        .containsEntry("subject", "hotjar");
    String inAYear = LocalDate.now(Clock.systemUTC()).plusYears(1).toString();
    assertThat(form).containsEntry("reviewOn", inAYear);
    assertThat(ada.post(at("/owners"), form).statusCode()).isEqualTo(303);
    assertThat(server.text("SELECT review_on::text FROM ownership WHERE id = $1", id))
        .isEqualTo(inAYear);
    assertThat(ada.post(at("/owners"), form).body()).contains("changed it meanwhile", "Ida Berg");
  }

  @Test
  void several_things_are_answered_by_one_mails_link_and_opening_it_changes_nothing()
      throws Exception {
    int alert =
        server.id(
            """
            WITH letter AS (
              INSERT INTO alert (site_id, kind, channel, recipient, message_id, state, not_before, created_at)
              VALUES ($1, 'REVIEW', 'email', 'oda@nordwind.example', 'r', 'SENT', now(), now()) RETURNING id),
            named AS (
              INSERT INTO ownership (site_id, tag_key, duty, rank, name, email, review_on, set_at, reminded_for, review_alert)
              SELECT $1, key, 'IT', 'DEPUTY', 'Oda', 'oda@nordwind.example', now()::date + 3, now(), now()::date + 3, id
              FROM letter, (VALUES ('youtube'), ('intercom')) k (key))
            SELECT id::int FROM letter
            """,
            site());
    SignedLinks links =
        new SignedLinks(AlertServices.linkKey(server.collector().config()), "", Clock.systemUTC());
    String link = links.link(Purpose.REVIEW, alert, Duration.ofHours(1));
    Browserless oda = new Browserless(server.url());
    String page = oda.get(link).body();
    assertThat(page).contains("Are they still needed?", "Yes, all 2 of them", "Intercom Messenger");
    assertThat(unneeded()).isZero();

    int id = server.id("SELECT id FROM ownership WHERE name = 'Oda' AND tag_key = 'intercom'");
    assertThat(oda.post(link, Map.of("answer", "each", "OWNER-" + id, "no")).body())
        .contains("1 answer is still open");
    assertThat(unneeded()).isOne();
    assertThat(oda.post(link, Map.of("answer", "yes")).body()).contains("All of it is answered");
    assertThat(unneeded()).isZero();
  }

  private static int unneeded() {
    return server.id(
        "SELECT count(*)::int FROM ownership WHERE name = 'Oda' AND not_needed_at IS NOT NULL");
  }

  @Test
  void the_standard_is_read_by_all_and_written_by_approvers() {
    Browserless tom = Browserless.as(server, DemoServer.APPROVER);
    tom.get(at("/standard"));
    assertThat(
            tom.post(at("/standard"), Map.of("after", "0", "text", "# Tags\n- <b>no</b> pixels"))
                .statusCode())
        .isEqualTo(303);
    assertThat(tom.get(at("/standard")).body())
        .contains("Version 1, by Tom Brandt")
        .contains("&lt;b&gt;no&lt;/b&gt; pixels");
    assertThat(tom.post(at("/standard"), Map.of("after", "0", "text", "mine")).body())
        .contains("newer version");
  }

  @Test
  void a_finding_is_acknowledged_and_muted_on_its_page() {
    int id =
        server.id(
            "SELECT id FROM finding WHERE site_id = $1 AND state = 'OPEN' ORDER BY id LIMIT 1",
            site());
    ada.post(at("/findings/" + id + "/acknowledge"), Map.of());
    String until = LocalDate.now(Clock.systemUTC()).plusDays(9).toString();
    ada.post(at("/findings/" + id + "/mute"), Map.of("reason", "sprint 12", "until", until));

    assertThat(ada.get(at("/findings/" + id)).body())
        .contains("Ada Lindqvist</span>")
        .contains("Muted until")
        .contains("sprint 12");
    ada.post(at("/findings/" + id + "/unmute"), Map.of());
    assertThat(ada.get(at("/findings/" + id)).body()).doesNotContain("Muted until");
  }

  @Test
  void a_mails_link_asks_before_it_does_anything_and_needs_no_sign_in() throws Exception {
    int alert =
        server.id(
            "SELECT a.id::int FROM alert a JOIN alert_item i ON i.alert_id = a.id JOIN finding_change c ON c.id = i.change_id"
                + " JOIN finding f ON f.id = c.finding_id WHERE f.state = 'OPEN' ORDER BY a.id DESC LIMIT 1");
    SignedLinks links =
        new SignedLinks(AlertServices.linkKey(server.collector().config()), "", Clock.systemUTC());
    String link = links.link(Purpose.ACKNOWLEDGE, alert, Duration.ofHours(1));
    Browserless recipient = new Browserless(server.url());

    assertThat(recipient.get(link).body()).contains("Do you take care of it?");
    assertThat(acknowledgements(alert)).isZero();
    assertThat(recipient.post(link, Map.of()).body()).contains("Thank you");
    assertThat(acknowledgements(alert)).isOne();
    assertThat(recipient.get(link).body()).contains("Nothing to do", " takes care of it.");
    server.id(
        "UPDATE finding_acknowledgement k SET by_name = 'Tom Brandt' FROM finding_change c, alert_item i"
            + " WHERE c.finding_id = k.finding_id AND i.change_id = c.id AND i.alert_id = $1 RETURNING 1",
        (long) alert);
    assertThat(recipient.post(link, Map.of()).body())
        .as("who comes second takes nothing over")
        .contains("Nothing to do", "Tom Brandt takes care of it.")
        .doesNotContain("Thank you");
    assertThat(recipient.get("/act/A.1.9999999999.AAAA").statusCode()).isEqualTo(404);
    assertThat(
            Files.getPosixFilePermissions(
                server.collector().config().dataDir().resolve("link-key")))
        .hasSize(2);
  }

  private static int acknowledgements(int alert) {
    return server.id(
        "SELECT count(*)::int FROM finding_acknowledgement k JOIN finding_change c ON c.finding_id = k.finding_id"
            + " JOIN alert_item i ON i.change_id = c.id WHERE i.alert_id = $1",
        (long) alert);
  }

  private static int site() {
    return server.siteId("Nordwind Shop");
  }

  private static String at(String rest) {
    return "/sites/" + site() + rest;
  }
}
