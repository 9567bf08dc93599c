package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first minutes: from the printed link to the first site. */
@Tag("database")
class SetUpTest {
  private DemoServer server;

  @BeforeEach
  void start() {
    server = DemoServer.empty();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void the_printed_link_makes_the_first_person_and_client_and_works_once() {
    String path = "/setup/" + await(server.collector().access().links().forSetUp()).orElseThrow();
    Browserless ada = new Browserless(server.url());
    assertThat(ada.get(path).body()).contains("Welcome to Tagwarden");

    Map<String, String> form =
        Map.of("name", "Ada", "email", "ada@acme.example", "password", "short", "client", "Acme");
    HttpResponse<String> tooShort = ada.post(path, form);
    assertThat(tooShort.statusCode()).isEqualTo(422);
    assertThat(tooShort.body())
        .contains("A password needs")
        .contains("ada@acme.example")
        .contains("Acme");

    Map<String, String> right =
        Map.of(
            "name",
            "Ada",
            "email",
            "ada@acme.example",
            "password",
            DemoServer.PASSWORD,
            "client",
            "Acme");
    assertThat(ada.post(path, right).statusCode()).isEqualTo(303);
    assertThat(ada.get("/").body()).contains("Acme").contains("Add your first site");

    Browserless late = new Browserless(server.url());
    assertThat(late.get(path).statusCode()).isEqualTo(404);
    late.get("/sign-in");
    assertThat(late.post(path, right).statusCode()).isEqualTo(403);
  }

  @Test
  void the_first_site_is_added_and_its_scan_waits() {
    String path = "/setup/" + await(server.collector().access().links().forSetUp()).orElseThrow();
    Browserless ada = new Browserless(server.url());
    ada.get(path);
    ada.post(
        path,
        Map.of(
            "name",
            "Ada",
            "email",
            "ada@acme.example",
            "password",
            DemoServer.PASSWORD,
            "client",
            "Acme"));
    ada.get("/sites/new");
    String client = String.valueOf(server.clientId("Acme"));
    HttpResponse<String> wrong =
        ada.post("/sites", Map.of("client", client, "name", "Shop", "baseUrl", "shop"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("is no web address").contains("value=\"Shop\"");
    HttpResponse<String> added =
        ada.post(
            "/sites",
            Map.of(
                "client",
                client,
                "name",
                "Shop",
                "baseUrl",
                "https://shop.acme.example",
                "scan",
                "yes"));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(303);
    assertThat(ada.get("/sites/" + server.siteId("Shop") + "/tags").body())
        .contains("The first scan is on its way");
  }
}
