package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.ScanJob;
import org.tagwarden.report.ScanReport;

/** What people do on the pages, without scripts. */
@Tag("database")
class PagesTest {
  private static DemoServer server;

  @BeforeAll
  static void start() {
    server = DemoServer.filled();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String shop(String rest) {
    return "/sites/" + server.siteId("Nordwind Shop") + rest;
  }

  private static int tag(String key) {
    return server.id(
        "SELECT id FROM tag WHERE site_id = $1 AND key = $2", server.siteId("Nordwind Shop"), key);
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  @Test
  void a_wrong_password_is_refused_and_the_email_stays() {
    Browserless visitor = new Browserless(server.url());
    visitor.get("/sign-in");
    HttpResponse<String> answer =
        visitor.post("/sign-in", Map.of("email", DemoServer.ADMIN, "password", "wrong"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("do not fit").contains(DemoServer.ADMIN);
  }

  @Test
  void after_signing_in_people_land_where_they_wanted_but_on_no_other_site() {
    Browserless visitor = new Browserless(server.url());
    assertThat(location(visitor.get("/findings?severity=HIGH")))
        .isEqualTo("/sign-in?next=%2Ffindings%3Fseverity%3DHIGH");
    visitor.get("/sign-in");
    Map<String, String> right =
        Map.of(
            "email",
            DemoServer.ADMIN,
            "password",
            DemoServer.PASSWORD,
            "next",
            "/findings?severity=HIGH");
    assertThat(location(visitor.post("/sign-in", right))).isEqualTo("/findings?severity=HIGH");
    Browserless other = new Browserless(server.url());
    other.get("/sign-in");
    Map<String, String> away =
        Map.of(
            "email", DemoServer.ADMIN, "password", DemoServer.PASSWORD, "next", "//evil.example/");
    assertThat(location(other.post("/sign-in", away))).isEqualTo("/");
  }

  @Test
  void the_session_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    Browserless visitor = new Browserless(server.url());
    visitor.get("/sign-in");
    HttpResponse<String> answer =
        visitor.post(
            "/sign-in", Map.of("email", DemoServer.ADMIN, "password", DemoServer.PASSWORD));
    assertThat(answer.headers().allValues("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("tagwarden_session=")
                    .contains("HTTPOnly")
                    .contains("SameSite=Lax"));
  }

  @Test
  void the_inventory_is_narrowed_by_its_url() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    String all = ada.get(shop("/tags")).body();
    assertThat(all)
        .contains("Hotjar")
        .contains("Intercom Messenger")
        .contains("cdn.metrics-beacon.example")
        .doesNotContain("LinkedIn Insight");
    String refused = ada.get(shop("/tags?state=refused")).body();
    assertThat(refused).contains("Hotjar").doesNotContain("Intercom Messenger");
    assertThat(ada.get(shop("/tags?category=CHAT")).body())
        .contains("Intercom Messenger")
        .doesNotContain("Stripe.js");
    assertThat(ada.get(shop("/tags?q=gtm-5k2pq8x")).body())
        .contains("Google Tag Manager")
        .doesNotContain("Intercom Messenger");
    assertThat(ada.get(shop("/tags?state=gone")).body())
        .contains("LinkedIn Insight Tag")
        .doesNotContain("Intercom Messenger");
    assertThat(ada.get(shop("/tags?q=nothing+like+it")).body()).contains("No tag fits");
  }

  @Test
  void the_inventory_is_ordered_by_its_url() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    String bytes = ada.get(shop("/tags?sort=bytes&dir=desc")).body();
    assertThat(bytes.indexOf("YouTube")).isLessThan(bytes.indexOf("Intercom Messenger"));
    assertThat(bytes).contains("aria-sort=\"descending\"");
    String names = ada.get(shop("/tags?sort=product")).body();
    assertThat(names.indexOf("Cookiebot")).isLessThan(names.indexOf("YouTube"));
  }

  @Test
  void htmx_gets_the_table_alone() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    String part = ada.get(shop("/tags?q=hotjar"), "HX-Request", "true", "HX-Target", "tags").body();
    assertThat(part).contains("Hotjar").doesNotContain("<html").startsWith("<div id=\"tags\">");
  }

  @Test
  void a_part_of_a_page_whose_session_has_ended_leads_the_whole_page_to_the_door() {
    HttpResponse<String> answer =
        new Browserless(server.url())
            .get(shop("/scans"), "HX-Request", "true", "HX-Target", "scans");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("HX-Redirect")).contains("/sign-in");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void the_inventory_can_be_saved_as_a_table() {
    HttpResponse<String> csv =
        Browserless.as(server, DemoServer.ADMIN).get(shop("/tags.csv?category=CHAT"));
    assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(csv.body().lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("intercom,Intercom,Intercom Messenger,CHAT,kx8r2p0w,APPROVED");
  }

  @Test
  void a_tag_is_approved_with_a_justification_by_name_and_its_finding_is_settled() {
    Browserless tom = Browserless.as(server, DemoServer.APPROVER);
    String path = shop("/tags/" + tag("criteo"));
    assertThat(tom.get(path).body()).contains("Undecided").contains("Google Ads");
    HttpResponse<String> bare =
        tom.post(path + "/decision", Map.of("state", "APPROVED", "justification", "  "));
    assertThat(bare.statusCode()).isEqualTo(422);
    assertThat(bare.body()).contains("needs a justification");
    HttpResponse<String> done =
        tom.post(
            path + "/decision",
            Map.of("state", "APPROVED", "justification", "Retargeting until Easter"));
    assertThat(location(done)).isEqualTo(path);
    assertThat(tom.get(path).body())
        .contains("is in the book")
        .contains("Retargeting until Easter")
        .contains("Tom Brandt")
        .doesNotContain("Open findings");
    assertThat(
            server.text(
                "SELECT state FROM finding WHERE check_id = 'unapproved-script' AND subject LIKE 'dynamic.criteo%' LIMIT 1"))
        .isEqualTo("RESOLVED");
  }

  @Test
  void the_newest_decision_is_the_one_that_the_inventory_shows() {
    Browserless tom = Browserless.as(server, DemoServer.APPROVER);
    String decision = shop("/tags/" + tag("youtube")) + "/decision";
    tom.post(decision, Map.of("state", "REFUSED", "justification", "Sets cookies unasked"));
    assertThat(tom.get(shop("/tags?state=refused&q=youtube")).body()).contains("1 tag ");
    tom.post(decision, Map.of("state", "APPROVED", "justification", "Now without cookies"));
    assertThat(tom.get(shop("/tags?state=refused&q=youtube")).body()).contains("No tag fits");
  }

  @Test
  void a_viewer_may_look_at_a_tag_but_not_decide() {
    Browserless mia = Browserless.as(server, DemoServer.VIEWER);
    int site = server.siteId("Harbour Bank");
    int tag = server.id("SELECT id FROM tag WHERE site_id = $1 AND key = 'hotjar'", site);
    assertThat(mia.get("/sites/" + site + "/tags/" + tag).body())
        .contains("Hotjar")
        .doesNotContain("Save decision");
    assertThat(
            mia.post(
                    "/sites/" + site + "/tags/" + tag + "/decision",
                    Map.of("state", "APPROVED", "justification", "please"))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void a_refused_setting_is_said_beside_its_field_and_nothing_typed_is_lost() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    ada.get(shop("/schedule"));
    HttpResponse<String> answer =
        ada.post(
            shop("/schedule"),
            form(
                Map.of(
                    "rhythm",
                    "cron",
                    "cron",
                    "every now and then",
                    "alertEmails",
                    "new@nordwind.example")));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("is no schedule")
        .contains("every now and then")
        .contains("new@nordwind.example");
    assertThat(
            server.text(
                "SELECT array_to_string(alert_emails, ',') FROM site WHERE name = 'Nordwind Shop'"))
        .doesNotContain("new@nordwind.example");
  }

  @Test
  void a_schedule_is_set_in_plain_words() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    ada.get(shop("/schedule"));
    HttpResponse<String> answer =
        ada.post(
            shop("/schedule"),
            form(
                Map.of(
                    "rhythm",
                    "weekly",
                    "weekday",
                    "3",
                    "time",
                    "05:30",
                    "timeZone",
                    "Europe/Lisbon")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(
            server.text(
                "SELECT cron || ' ' || time_zone FROM scan_schedule c JOIN site s ON s.id = c.site_id WHERE s.name = 'Nordwind Shop' AND c.kind = 'VISITS'"))
        .isEqualTo("30 5 * * 3 Europe/Lisbon");
    assertThat(ada.get(shop("/schedule")).body())
        .contains("<option value=\"weekly\" selected>")
        .contains("05:30");
  }

  @Test
  void jitter_blackouts_and_page_rules_are_set_and_come_back() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    ada.get(shop("/schedule"));
    Map<String, String> changes =
        Map.of(
            "rhythm",
            "daily",
            "time",
            "06:00",
            "jitter",
            "15",
            "blackouts",
            "22:00-05:00\n08:00 to 10:00 Mon, Tue",
            "include",
            "*/shop/*",
            "exclude",
            "*?print=*",
            "perTemplate",
            "20");
    HttpResponse<String> answer = ada.post(shop("/schedule"), form(changes));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(ada.get(shop("/schedule")).body())
        .contains("22:00-05:00\n08:00-10:00 Mon Tue")
        .contains("*/shop/*")
        .contains("value=\"15\"");
    Map<String, String> wrong = new HashMap<>(changes);
    wrong.put("blackouts", "at night");
    assertThat(ada.post(shop("/schedule"), form(wrong)).body()).contains("22:00-05:00 or");
  }

  @Test
  void how_a_site_is_visited_is_set_and_a_plain_password_is_refused_beside_its_field() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    String before = ada.get(shop("/visiting")).body();
    assertThat(before).contains("${secret:NAME}").contains("value=\"NONE\" checked");
    Map<String, String> typed =
        new HashMap<>(
            Map.of(
                "consent",
                "ACCEPT",
                "device",
                "mobile",
                "locale",
                "de-DE",
                "settleMode",
                "auto",
                "timeout",
                "60",
                "concurrency",
                "2",
                "delay",
                "0.5",
                "basicUser",
                "preview",
                "basicPassword",
                "hunter2"));
    typed.put("headers", "X-Preview: yes");
    typed.put("journeys", "name: Buy\nsteps:\n  - klick: x\n");

    HttpResponse<String> refused = ada.post(shop("/visiting"), typed);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("Passwords are not kept here").contains("X-Preview: yes");
    typed.put("basicPassword", "${secret:PREVIEW}");
    assertThat(ada.post(shop("/visiting"), typed).body()).contains("Step 1:").contains("klick");
    typed.put("journeys", "name: Buy\nsteps:\n  - open: https://shop.example/\n");
    HttpResponse<String> saved = ada.post(shop("/visiting"), typed);

    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(303);
    assertThat(ada.get(shop("/visiting")).body())
        .contains("value=\"ACCEPT\" checked")
        .contains("<option value=\"mobile\" selected>")
        .contains("name: Buy");
    assertThat(server.text("SELECT journeys ->> 0 FROM site WHERE name = 'Nordwind Shop'"))
        .contains("OPEN");
  }

  private static Map<String, String> form(Map<String, String> changes) {
    Map<String, String> form =
        new HashMap<>(
            Map.of(
                "name",
                "Nordwind Shop",
                "baseUrl",
                "https://www.nordwind-shop.example",
                "pageKind",
                "LIST",
                "pages",
                "https://www.nordwind-shop.example/",
                "limit",
                "20"));
    form.put("timeZone", "Europe/Berlin");
    form.putAll(changes);
    return form;
  }

  @Test
  void a_scan_is_asked_for_and_waits_in_the_list() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    ada.get(shop("/scans"));
    assertThat(location(ada.post(shop("/scans"), Map.of()))).isEqualTo(shop("/scans"));
    assertThat(ada.get(shop("/scans")).body())
        .contains("Waiting")
        .contains("by Ada Lindqvist")
        .contains("every 3s")
        .contains("No scanner has asked for work");
  }

  @Test
  void what_a_scanner_delivered_stands_in_the_inventory_with_its_evidence() {
    Principal ada = server.session(DemoServer.ADMIN).principal();
    Collector collector = server.collector();
    SiteDraft draft = SiteDraft.of("Delivered", "https://shop.example");
    int site = await(collector.sites().create(ada, server.clientId("Atelier Lumen"), draft)).id();
    UUID scan = await(collector.scans().now(ada, site, ScanJob.Kind.VISITS)).id();
    ScanReport report = SampleReports.report(scan, SampleReports.shop("https://shop.example/"));
    await(collector.intake().accept(report, "scanner-1"));

    Browserless pages = Browserless.as(server, DemoServer.ADMIN);
    String inventory = pages.get("/sites/" + site + "/tags").body();
    assertThat(inventory)
        .contains("Google · GTM-AB12CD3 v7")
        .contains("title=\"Google Tag Manager GTM-AB12CD3 v7\">GTM-AB12CD3 v7</span>")
        .contains("Nobody knows this host")
        .contains("Undecided");
    int stranger =
        server.id(
            "SELECT id FROM tag WHERE site_id = $1 AND key = 'host:pixel.stranger.example'", site);
    String tag = pages.get("/sites/" + site + "/tags/" + stranger).body();
    assertThat(tag)
        .contains("What triggered its first request")
        .contains("tags.unheard-of.example/t.js")
        .contains("pixel.stranger.example/i.gif")
        .contains("sid")
        .contains("Open findings");
    int analytics =
        server.id("SELECT id FROM tag WHERE site_id = $1 AND key = 'google-analytics'", site);
    assertThat(pages.get("/sites/" + site + "/tags/" + analytics).body())
        .contains("Google Tag Manager</a> <span class=\"chip\">GTM-AB12CD3 v7</span>")
        .contains("<b>GET</b> https://www.googletagmanager.com/gtag/js?id=G-ABCDEF1234")
        .doesNotContain("<b>GET</b> https://www.googletagmanager.com/gtm.js");
    assertThat(pages.get("/sites/" + site + "/tags.csv").body())
        .contains("CONTAINER,Google Tag Manager,GTM-AB12CD3,7,");
    assertThat(pages.get("/sites/" + site + "/visits/" + report.visits().get(0).visitId()).body())
        .contains("by Google Tag Manager GTM-AB12CD3 v7");
    String visits = pages.get("/sites/" + site + "/scans/" + scan).body();
    assertThat(visits).contains("shop.example").contains("Complete");
    assertThat(pages.get("/sites/" + site + "/findings").body())
        .contains("pixel.stranger.example/p.js");
  }

  @Test
  void findings_are_narrowed_by_the_url_and_explained_on_their_page() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    String medium = ada.get(shop("/findings?severity=MEDIUM")).body();
    assertThat(medium).contains("jQuery 3.4.1").doesNotContain("The cookie sid");
    int id = server.id("SELECT id FROM finding WHERE subject = 'jquery@3.4.1'");
    assertThat(ada.get(shop("/findings/" + id)).body())
        .contains("CVE-2020-11022")
        .contains("Update to 3.5.0")
        .contains("Opened");
  }
}
