package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.changes.ChangeWatch;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;
import org.tagwarden.report.ScanJob;

/** What changed, with both versions side by side, and its acceptance. */
@Tag("database")
class ChangesPageTest {
  private static final String PAGE = "https://shop.example/";
  private static final String CHANGED = "boot();if(a<b){render('<b>')}";
  private static DemoServer server;
  private static Browserless ada;
  private static int site;
  private static UUID scan;
  private static Instant at = SampleReports.START;

  @BeforeAll
  static void scan() {
    server = DemoServer.filled();
    ada = Browserless.as(server, DemoServer.ADMIN);
    Principal admin = server.session(DemoServer.ADMIN).principal();
    Collector collector = server.collector();
    SiteDraft draft = SiteDraft.of("Changing", "https://shop.example");
    site = await(collector.sites().create(admin, server.clientId("Atelier Lumen"), draft)).id();
    scan = await(collector.scans().now(admin, site, ScanJob.Kind.VISITS)).id();
    for (int i = 0; i <= ChangeWatch.LEARNING_VISITS; i++) take("boot();", "DENY");
    take(CHANGED, "SAMEORIGIN");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void take(String app, String frames, String... more) {
    at = at.plus(Duration.ofHours(1));
    SampleVisit visit =
        SampleReports.visit(PAGE)
            .at(at)
            .documentHeader("X-Frame-Options", frames)
            .script("/assets/app.js", app);
    for (String header : more) visit.documentHeader(header, "no-referrer");
    await(server.collector().intake().accept(SampleReports.report(scan, visit), "scanner-1"));
  }

  @Test
  void the_list_names_the_changes_and_the_headers_with_their_last_authorized_value() {
    assertThat(ada.get(path("/changes")).body())
        .contains("Script shop.example/assets/app.js")
        .contains("Header X-Frame-Options")
        .contains("Security-impacting headers")
        .contains("SAMEORIGIN")
        .contains("Not authorized")
        .contains("aria-current=\"page\"");
  }

  @Test
  void a_script_shows_both_versions_side_by_side_and_escapes_what_it_holds() {
    String page = ada.get(path("/changes/" + change("script-changed"))).body();

    assertThat(page)
        .contains("Both versions")
        .contains("if (a &lt; b) {")
        .as("what was and what is are a passage of their own")
        .containsPattern("<tbody class=\"hunk\">\\s*<tr><td class=\"no void\">")
        .contains("&lt;b&gt;")
        .contains("Accept the change")
        .doesNotContain("<b>");
  }

  @Test
  void a_script_with_another_text_every_day_is_shown_as_learned_and_not_as_news() {
    assertThat(ada.get(path("/changes")).body()).doesNotContain("Scripts that change often");
    for (int day = 0; day < 6; day++) {
      at = at.plus(Duration.ofHours(1));
      SampleVisit visit =
          SampleReports.visit(PAGE)
              .at(at)
              .documentHeader("X-Frame-Options", "SAMEORIGIN")
              .script("/assets/app.js", CHANGED)
              .script("/assets/daily.js", "daily('" + "abcdef".charAt(day) + "'+x" + day + "());");
      await(server.collector().intake().accept(SampleReports.report(scan, visit), "scanner-1"));
    }

    String page = ada.get(path("/changes")).body();

    assertThat(page)
        .contains("Scripts that change often", "shop.example/assets/daily.js")
        .doesNotContain(ChangeWatch.OFTEN_CHANGED);
    assertThat(
            server.text(
                "SELECT state FROM finding WHERE site_id = $1 AND subject = 'shop.example/assets/daily.js'",
                site))
        .isEqualTo("RESOLVED");
    int finding =
        server.id(
            "SELECT id FROM finding WHERE site_id = $1 AND subject = 'shop.example/assets/daily.js'",
            site);
    assertThat(ada.get(path("/findings/" + finding)).body())
        .contains("This script turned out to change often");
  }

  @Test
  void an_inline_script_stands_beside_the_one_most_like_it_and_a_script_alone_alone() {
    take(v -> v.inline("menu();open();close();toggle();"));
    take(v -> v.inline("menu();open();steal();close();toggle();"));
    int id =
        server.id(
            "SELECT max(id)::int FROM site_change WHERE site_id = $1 AND kind = 'INLINE'", site);

    assertThat(ada.get(path("/changes/" + id)).body())
        .contains("the inline script of this page that is most like it")
        .containsPattern("class=\"is\">steal\\(\\);")
        .doesNotContain("class=\"is\">menu", "Inline script inline");

    take(v -> v.script("https://tags.stranger.example/t.js", "brandNew();"));
    int alone =
        server.id(
            "SELECT max(id)::int FROM site_change WHERE site_id = $1 AND kind = 'SCRIPT' AND subject LIKE 'tags.stranger%'",
            site);
    assertThat(ada.get(path("/changes/" + alone)).body())
        .contains("Its text", "class=\"is\">brandNew();", "Told with it")
        .doesNotContain("Both versions");
  }

  @Test
  void a_skimmers_finding_leads_to_the_text_that_it_came_with() {
    take(
        v ->
            v.script("/assets/pay.js", "pay();")
                .script("/assets/app.js", "boot();pay();steal();")
                .beacon("/assets/app.js", "https://collect.thief.example/c?d=1"));
    int finding =
        server.id(
            "SELECT id FROM finding WHERE site_id = $1 AND check_id = 'script-contact'", site);

    assertThat(ada.get(path("/findings/" + finding)).body())
        .contains("Looked again: not yet, and nobody is told before somebody has");
    assertThat(ada.get(path("/findings/" + finding + "/change")).body())
        .contains(
            "Both versions", "class=\"is\">steal();", "Contact by shop.example/assets/app.js");
  }

  private static void take(UnaryOperator<SampleVisit> more) {
    at = at.plus(Duration.ofHours(1));
    SampleVisit page =
        SampleReports.visit(PAGE).at(at).documentHeader("X-Frame-Options", "SAMEORIGIN");
    await(
        server
            .collector()
            .intake()
            .accept(SampleReports.report(scan, more.apply(page)), "scanner-1"));
  }

  @Test
  void a_finding_leads_to_its_change() {
    int finding =
        server.id(
            "SELECT id FROM finding WHERE site_id = $1 AND check_id = 'script-changed'", site);

    assertThat(ada.get(path("/findings/" + finding)).body()).contains("Before and after");
    assertThat(ada.get(path("/findings/" + finding + "/change")).body())
        .contains("Both versions")
        .contains(path("/changes/" + change("script-changed") + "/accept"));
  }

  @Test
  void a_change_is_accepted_with_a_reason_and_not_without() {
    take(CHANGED, "SAMEORIGIN", "Referrer-Policy");
    int change =
        server.id(
            "SELECT id::int FROM site_change WHERE site_id = $1 AND subject = 'Referrer-Policy'",
            site);
    String accept = path("/changes/" + change + "/accept");

    assertThat(ada.post(accept, Map.of("justification", " ")).statusCode()).isEqualTo(422);
    assertThat(ada.post(accept, Map.of("justification", "Asked for by the partner.")).statusCode())
        .isEqualTo(303);

    assertThat(
            server.text(
                "SELECT state FROM finding WHERE site_id = $1 AND subject = 'Referrer-Policy' AND check_id = 'header-changed'",
                site))
        .isEqualTo("RESOLVED");
    assertThat(ada.get(path("/changes/" + change)).body())
        .contains("Asked for by the partner.")
        .doesNotContain("Accept the change");
  }

  private static int change(String check) {
    return server.id(
        "SELECT id::int FROM site_change WHERE site_id = $1 AND check_id = '"
            + check
            + "' ORDER BY id LIMIT 1",
        site);
  }

  private static String path(String rest) {
    return "/sites/" + site + rest;
  }
}
