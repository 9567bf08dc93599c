package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;
import org.tagwarden.report.ScanJob;
import org.tagwarden.report.ScanReport;

/** What one visit showed, on its page and on those that lead to it. */
@Tag("database")
class VisitPageTest {
  private static final String PAGE = "https://shop.example/checkout";
  private static DemoServer server;
  private static Browserless ada;
  private static int site;
  private static UUID accepted;
  private static UUID plain;
  private static String banner;

  @BeforeAll
  static void deliver() {
    server = DemoServer.filled();
    ada = Browserless.as(server, DemoServer.ADMIN);
    Principal admin = server.session(DemoServer.ADMIN).principal();
    Collector collector = server.collector();
    SiteDraft draft = SiteDraft.of("Delivered", "https://shop.example");
    site = await(collector.sites().create(admin, server.clientId("Atelier Lumen"), draft)).id();
    UUID scan = await(collector.scans().now(admin, site, ScanJob.Kind.VISITS)).id();
    SampleVisit checkout = SampleReports.checkout(PAGE);
    SampleVisit before =
        SampleReports.shop(PAGE)
            .at(SampleReports.START.plus(Duration.ofMinutes(1)))
            .problem("settle-short", "A tag fired in the last moment.");
    ScanReport report = SampleReports.report(scan, checkout, before);
    accepted = report.visits().get(0).visitId();
    plain = report.visits().get(1).visitId();
    banner = report.visits().get(0).screenshots().get(0).sha256();
    await(collector.intake().accept(report, "scanner-1"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void the_pages_of_a_site_lead_to_their_visits_in_every_way_they_are_seen() {
    String pages = ada.get(path("/pages")).body();
    assertThat(pages)
        .contains("shop.example/checkout")
        .contains("Payment page")
        .contains("No choice")
        .contains("Buy shoes, page 1 (accept all)")
        .contains("/visits/" + accepted)
        .contains("/visits/" + plain);
    assertThat(ada.get(path("/pages?q=nothing-like-it")).body()).contains("No such page");
  }

  @Test
  void a_visit_shows_choice_deeds_storage_steps_and_images() {
    assertThat(visit(accepted))
        .contains("The visitor accepted all (Cookiebot) 2.1 s after the start")
        .contains("Before the choice")
        .contains("<th scope=\"col\">Choice</th>")
        .contains("Read form fields")
        .contains("input card-number type=text autocomplete=cc-number")
        .contains("Asked WebGL what tells devices apart")
        .contains("Opened a peer connection")
        .contains("Local storage")
        .contains("_m_id")
        .contains("Until the tab is closed")
        .contains("metrics.shop.example")
        .contains("shop.eu.measurer.example")
        .contains("There is no button \"Pay\" on the page.")
        .contains("where people pay")
        .contains("/visits/" + accepted + "/screenshots/" + banner);
  }

  @Test
  void a_visit_without_a_choice_says_so_and_names_its_problems() {
    assertThat(visit(plain))
        .contains("The visitor made no choice.")
        .contains("A tag fired in the last moment.")
        .doesNotContain("Before the choice")
        .contains("Nothing of what is watched");
  }

  @Test
  void an_image_is_served_to_whoever_may_see_its_visit_and_kept_by_their_browser() {
    String address = path("/visits/" + accepted + "/screenshots/" + banner);
    HttpResponse<String> image = ada.get(address);
    assertThat(image.statusCode()).isEqualTo(200);
    assertThat(image.body()).isEqualTo("a checkout with a banner");
    assertThat(image.headers().firstValue("Content-Type")).contains("image/webp");
    assertThat(image.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(image.headers().firstValue("Cache-Control").orElse("")).startsWith("private");
    Browserless mia = Browserless.as(server, DemoServer.VIEWER);
    assertThat(mia.get(address).statusCode()).isEqualTo(404);
    String otherVisit = path("/visits/" + plain + "/screenshots/" + banner);
    assertThat(ada.get(otherVisit).statusCode()).isEqualTo(404);
  }

  @Test
  void a_visit_that_is_not_kept_is_told_so() {
    HttpResponse<String> gone = ada.get(path("/visits/" + UUID.randomUUID()));
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.body()).contains("kept for a limited time");
  }

  @Test
  void a_tag_shows_what_its_scripts_did_and_with_which_answer_it_fires() {
    int tag =
        server.id(
            "SELECT id FROM tag WHERE site_id = $1 AND key = 'host:tags.unheard-of.example'", site);
    assertThat(ada.get(path("/tags/" + tag)).body())
        .contains("By the visitor's answer")
        .contains("What its scripts did")
        .contains("/visits/");
  }

  @Test
  void progress_is_shown_while_a_scan_runs_and_its_end_is_told() {
    server.text(
        "UPDATE scan SET state = 'RUNNING', pages_found = 40, pages_visited = 12,"
            + " current_page = 'https://shop.example/cart' WHERE site_id = $1 RETURNING state",
        site);
    assertThat(ada.get(path("/tags")).body())
        .contains("Scanning: <b>12</b> of 40 visits done")
        .contains("now shop.example/cart")
        .contains("every 3s");
    assertThat(ada.get(path("/scans")).body()).contains("of 40");
    server.text("UPDATE scan SET state = 'DONE' WHERE site_id = $1 RETURNING state", site);
    assertThat(ada.get(path("/progress")).body())
        .contains("The scan is done.")
        .doesNotContain("every 3s");
  }

  private static String visit(UUID id) {
    HttpResponse<String> answer = ada.get(path("/visits/" + id));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static String path(String rest) {
    return "/sites/" + site + rest;
  }
}
