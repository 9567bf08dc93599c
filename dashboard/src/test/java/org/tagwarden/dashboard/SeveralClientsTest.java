package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.access.Person;
import org.tagwarden.collector.access.PersonDraft;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;

/** One person who serves many clients, as an agency's staff do. */
@Tag("database")
class SeveralClientsTest {
  private static final Principal ALL = new Principal(null, "Test", Role.ADMIN, Map.of());

  private static DemoServer server;
  private static int nordwind;
  private static int harbour;
  private static Person gus;
  private static Browserless agency;
  private static Browserless ada;

  @BeforeAll
  static void start() {
    server = DemoServer.filled();
    nordwind = server.clientId("Nordwind Retail");
    harbour = server.clientId("Harbour Bank");
    PersonDraft draft = new PersonDraft("gus@agency.example", "Gus");
    gus =
        await(
            server
                .collector()
                .access()
                .people()
                .createUnasked("test", draft, Role.VIEWER, harbour));
    gus =
        await(server.collector().access().people().setRole(ALL, gus.id(), Role.APPROVER, nordwind));
    agency =
        Browserless.with(server, await(server.collector().access().sessions().open(gus, "test")));
    ada = Browserless.as(server, DemoServer.ADMIN);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void the_account_says_what_one_may_do_for_each_client() {
    assertThat(agency.get("/account").body())
        .containsSubsequence("Harbour Bank", "Viewer", "Reads tags, scans and findings.")
        .containsSubsequence("Nordwind Retail", "Approver", "Decides what may run");
  }

  @Test
  void the_overview_shows_one_client_or_all_and_every_site_leads_back_to_its_client() {
    assertThat(agency.get("/").body()).contains("Nordwind Shop", "/?client=" + harbour);
    assertThat(agency.get("/?client=" + harbour).body())
        .contains("Harbour Bank")
        .doesNotContain("Nordwind Shop");
    assertThat(agency.get("/?client=987654").body()).contains("Nordwind Shop");
    String site = "/sites/" + server.siteId("Nordwind Shop") + "/tags";
    assertThat(agency.get(site).body()).contains("href=\"/?client=" + nordwind + "\"");
  }

  @Test
  void whoever_serves_one_client_is_not_asked_which() {
    Browserless mia = Browserless.as(server, DemoServer.VIEWER);
    assertThat(mia.get("/").body()).contains("Harbour Bank").doesNotContain("All clients");
  }

  @Test
  void access_shows_one_clients_people_with_those_who_see_all() {
    assertThat(ada.get("/access?client=" + harbour).body())
        .contains("Mia Castellanos", "Ada Lindqvist", "Gus")
        .doesNotContain("Tom Brandt");
  }

  @Test
  void a_role_is_withdrawn_where_it_stands_and_the_other_ones_stay() {
    Person lia =
        await(
            server
                .collector()
                .access()
                .people()
                .createUnasked(
                    "test", new PersonDraft("lia@agency.example", "Lia"), Role.VIEWER, harbour));
    String path = "/access/people/" + lia.id();
    Map<String, String> approver = Map.of("role", "approver", "client", "" + nordwind);
    assertThat(ada.post(path + "/role", approver).statusCode()).isEqualTo(303);
    assertThat(ada.get(path).body())
        .contains("Withdraw the role for Harbour Bank", "Withdraw the role for Nordwind Retail");
    Map<String, String> none = Map.of("role", "none", "client", "" + harbour);
    assertThat(ada.post(path + "/role", none).statusCode()).isEqualTo(303);
    assertThat(ada.get(path).body())
        .contains("The role is withdrawn.", "Withdraw the role for Nordwind Retail")
        .doesNotContain("Withdraw the role for Harbour Bank");
  }

  @Test
  void a_client_is_renamed_by_its_administrators_and_by_nobody_else() {
    Browserless admin = Browserless.with(server, server.sessionOf(Role.ADMIN, harbour));
    String path = "/clients/" + harbour + "/name";
    assertThat(admin.get("/?client=" + harbour).body()).contains(path);
    assertThat(agency.get("/?client=" + harbour).body()).doesNotContain(path);
    assertThat(admin.post(path, Map.of("name", "Nordwind Retail")).body())
        .contains("already a client named");
    assertThat(admin.post(path, Map.of("name", "Harbour & Sons")).statusCode()).isEqualTo(303);
    assertThat(admin.get("/").body()).contains("Harbour &amp; Sons");
    assertThat(admin.post(path, Map.of("name", "Harbour Bank")).statusCode()).isEqualTo(303);
    assertThat(admin.post("/clients/" + nordwind + "/name", Map.of("name", "Ours")).statusCode())
        .isEqualTo(404);
  }
}
