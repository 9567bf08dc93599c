package org.tagwarden.collector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.RunningCollector;
import org.tagwarden.collector.access.PersonDraft;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.schedule.Scan;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.report.ScanJob;

/** Walks every operation of the API as every role, and as somebody else's. */
@Tag("database")
class AccessMatrixTest {
  private static RunningCollector server;
  private static List<Operation> operations;
  private static Client client;
  private static Site site;
  private static Things ours;
  private static int unique;

  /** What paths are about, all of one client. */
  private record Things(
      int client,
      int site,
      UUID scan,
      int token,
      int person,
      int invitation,
      int authorization,
      int request,
      Map<String, Integer> ofAlerts) {
    String path(Operation operation) {
      String path =
          "/api/v1"
              + operation
                  .getOpenAPIPath()
                  .replace("{clientId}", "" + client)
                  .replace("{siteId}", "" + site)
                  .replace("{scanId}", scan.toString())
                  .replace("{jobId}", UUID.randomUUID().toString())
                  .replace("{tokenId}", "" + token)
                  .replace("{authorizationId}", "" + authorization)
                  .replace("{requestId}", "" + request)
                  .replace("{personId}", "" + person)
                  .replace("{invitationId}", "" + invitation)
                  .replace("{standardVersion}", "1")
                  .replace("{kind}", "VISITS");
      for (var one : ofAlerts.entrySet()) path = path.replace(one.getKey(), "" + one.getValue());
      return path;
    }

    /** Without the one thing that its maker alone may withdraw. */
    Things withoutRequest() {
      return new Things(
          client,
          site,
          scan,
          token,
          person,
          invitation,
          authorization,
          Integer.MAX_VALUE,
          ofAlerts);
    }

    /** With the client and site of somebody else in the path. */
    Things below(Things other) {
      return new Things(
          other.client,
          other.site,
          scan,
          token,
          person,
          invitation,
          authorization,
          request,
          ofAlerts);
    }
  }

  @BeforeAll
  static void start() {
    server = RunningCollector.start(Map.of());
    operations = await(ApiContract.load(server.db().vertx())).contract().operations();
    var collector = server.collector();
    client = await(collector.clients().create(RunningCollector.ADMIN, "Bakery"));
    SiteDraft draft = SiteDraft.of("Shop", "https://shop.example");
    site = await(collector.sites().create(RunningCollector.ADMIN, client.id(), draft));
    ours = things(site).withoutRequest();
  }

  /** Things of the site and its client, new ones. */
  private static Things things(Site of) {
    var collector = server.collector();
    String admin = server.token(Role.ADMIN, null);
    String client = "/api/v1/clients/" + of.clientId();
    Scan scan = await(collector.scans().now(RunningCollector.ADMIN, of.id(), ScanJob.Kind.VISITS));
    String vendor =
        "{\"vendor\": \"Of %d\", \"verdict\": \"approved\", \"justification\": \"Yes.\"}";
    String tag = "{\"what\": \"Of %d\", \"reason\": \"Heatmaps.\"}";
    String offer = "{\"email\": \"of%d@example.com\", \"name\": \"P\", \"role\": \"viewer\", ";
    String owner =
        OperationRules.OWNER.replace("2001-01-01", LocalDate.now(ZoneOffset.UTC).plusDays(9) + "");
    PersonDraft person =
        new PersonDraft("member" + unique++ + "@example.com", "Member of " + of.name());
    return new Things(
        of.clientId(),
        of.id(),
        scan.id(),
        await(collector.access().tokens().find(server.token(Role.VIEWER, of.clientId())))
            .orElseThrow()
            .id(),
        await(collector.access().people().createUnasked("t", person, Role.VIEWER, of.clientId()))
            .id(),
        made("POST", "/api/v1/invitations", admin, offer + "\"clientId\": " + of.clientId() + "}")
            .getJsonObject("invitation")
            .getInteger("id"),
        made("POST", client + "/authorizations", admin, vendor).getInteger("id"),
        made("POST", "/api/v1/sites/" + of.id() + "/requests", admin, tag).getInteger("id"),
        Map.of(
            "{ruleId}",
            made("POST", client + "/alert-rules", admin, OperationRules.RULE).getInteger("id"),
            "{destinationId}",
            made("POST", client + "/alert-destinations", admin, OperationRules.DESTINATION)
                .getInteger("id"),
            "{ownerId}",
            made("POST", "/api/v1/sites/" + of.id() + "/owners", admin, owner).getInteger("id")));
  }

  private static JsonObject made(String method, String path, String token, String body) {
    HttpResponse<String> answer =
        server.call(method, path, token, body.replace("%d", "" + unique++));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return new JsonObject(answer.body());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void every_operation_is_expected_here_and_the_other_way_round() {
    assertThat(operations)
        .extracting(Operation::getOperationId)
        .containsExactlyInAnyOrderElementsOf(OperationRules.ALL.keySet());
    for (Operation operation : operations) {
      assertThat(ApiContract.roles(operation))
          .as(operation.getOperationId())
          .isEqualTo(OperationRules.ALL.get(operation.getOperationId()).roles());
    }
  }

  @Test
  void nobody_does_anything_without_a_token() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : operations) {
      softly.assertThat(call(operation, null).statusCode()).as(name(operation)).isEqualTo(401);
      softly
          .assertThat(call(operation, "tw_guessed").statusCode())
          .as(name(operation))
          .isEqualTo(401);
    }
    softly.assertAll();
  }

  @Test
  void every_role_for_all_clients_does_what_it_covers_and_nothing_else() {
    SoftAssertions softly = new SoftAssertions();
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    for (Role role : Role.values()) tokens.put(role, server.token(role, null));
    for (Operation operation : operations) {
      OperationRules.Expected needed = OperationRules.ALL.get(operation.getOperationId());
      tokens.forEach(
          (role, token) -> {
            int status = call(operation, token).statusCode();
            String as = name(operation) + " as " + role;
            if (needed.covered(role)) softly.assertThat(status).as(as).isNotIn(401, 403, 500);
            else softly.assertThat(status).as(as).isEqualTo(403);
          });
    }
    softly.assertAll();
  }

  @Test
  void a_role_for_one_client_does_the_same_there_but_not_what_concerns_all() {
    SoftAssertions softly = new SoftAssertions();
    for (Role role : Role.values()) {
      if (role == Role.SCANNER) continue; // scanners' tokens are always for all clients
      String token = server.token(role, client.id());
      for (Operation operation : operations) {
        OperationRules.Expected expected = OperationRules.ALL.get(operation.getOperationId());
        boolean may = expected.covered(role) && !expected.forAllClients();
        int status = call(operation, token).statusCode();
        String as = name(operation) + " as " + role + " of the client";
        if (may) softly.assertThat(status).as(as).isNotIn(401, 403, 500);
        else softly.assertThat(status).as(as).isEqualTo(403);
      }
    }
    softly.assertAll();
  }

  @Test
  void for_somebody_elses_administrator_the_client_does_not_exist() {
    Client other = await(server.collector().clients().create(RunningCollector.ADMIN, "Other"));
    SiteDraft draft = SiteDraft.of("Theirs", "https://theirs.example");
    Site site = await(server.collector().sites().create(RunningCollector.ADMIN, other.id(), draft));
    Things theirs = things(site);
    SiteDraft second = SiteDraft.of("Shop too", "https://second-shop.example");
    Things mine =
        things(
            await(server.collector().sites().create(RunningCollector.ADMIN, client.id(), second)));
    String token = server.token(Role.ADMIN, other.id());
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : operations) {
      if (OperationRules.ALL.get(operation.getOperationId()).role() == Role.SCANNER) continue;
      HttpResponse<String> response = call(operation, token, mine);
      boolean aboutIt = operation.getOpenAPIPath().contains("{");
      boolean forAll = OperationRules.ALL.get(operation.getOperationId()).forAllClients();
      if (aboutIt && !forAll) {
        softly.assertThat(response.statusCode()).as(name(operation)).isEqualTo(404);
      }
      softly.assertThat(response.statusCode()).as(name(operation)).isNotEqualTo(500);
      softly
          .assertThat(response.body())
          .as(name(operation))
          .doesNotContain("Shop", "Bakery", "shop.example");
      // Their own path, and in it what is ours.
      if (operation.getOpenAPIPath().matches(".*\\{(client|site)Id\\}/.*\\{[a-z]+Id\\}.*")) {
        int status = call(operation, token, mine.below(theirs)).statusCode();
        softly.assertThat(status).as(name(operation) + " below theirs").isEqualTo(404);
      }
    }
    softly.assertAll();
    String ours = server.token(Role.ADMIN, client.id());
    assertThat(server.call("GET", "/api/v1/invitations", ours, null).body())
        .contains("\"id\":" + mine.invitation() + ",");
    assertThat(server.call("GET", "/api/v1/tokens", ours, null).body())
        .contains("\"id\":" + mine.token() + ",");
  }

  @Test
  void a_token_for_one_site_opens_what_is_below_that_site_and_nothing_else() {
    SiteDraft draft = SiteDraft.of("Second", "https://second.example");
    Site second =
        await(server.collector().sites().create(RunningCollector.ADMIN, client.id(), draft));
    String ours = server.siteToken(Role.ADMIN, site);
    String theirs = server.siteToken(Role.ADMIN, second);
    Things elsewhere = AccessMatrixTest.ours.below(things(second));
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : operations) {
      OperationRules.Expected needed = OperationRules.ALL.get(operation.getOperationId());
      boolean below = operation.getOpenAPIPath().startsWith("/sites/{siteId}");
      int status = call(operation, ours).statusCode();
      if (below && needed.covered(Role.ADMIN)) {
        softly.assertThat(status).as(name(operation)).isNotIn(401, 403, 500);
      } else {
        softly.assertThat(status).as(name(operation)).isEqualTo(403);
      }
      HttpResponse<String> other = call(operation, theirs);
      softly.assertThat(other.statusCode()).as(name(operation) + " elsewhere").isEqualTo(403);
      softly.assertThat(other.body()).doesNotContain("Shop", "shop.example");
      // The second site's own path, and in it what is the first one's.
      if (below && operation.getOpenAPIPath().matches(".*\\}/.*\\{[a-z]+Id\\}.*")) {
        int inner = call(operation, theirs, elsewhere).statusCode();
        softly.assertThat(inner).as(name(operation) + " below theirs").isEqualTo(404);
      }
    }
    softly.assertAll();
  }

  @Test
  void the_router_has_no_way_in_beside_these_operations() {
    assertThat(server.router().getRoutes())
        .extracting(route -> route.methods() + " " + route.getPath())
        .containsExactlyInAnyOrder(
            "null null", // notes the caller's address
            "[GET] /health",
            "[GET] /ready",
            "[GET] /metrics",
            "[GET] /api/v1/openapi.yaml",
            // how failures are told, who calls, the operations, and that there is nothing else
            "null /api/v1/",
            "null /api/v1/",
            "null /api/v1/",
            "null /api/v1/");
  }

  private static HttpResponse<String> call(Operation operation, @Nullable String token) {
    return call(operation, token, ours);
  }

  private static HttpResponse<String> call(
      Operation operation, @Nullable String token, Things things) {
    String body = OperationRules.ALL.get(operation.getOperationId()).body();
    String json = body == null ? null : body.replace("%d", "" + unique++);
    return server.call(operation.getHttpMethod().name(), things.path(operation), token, json);
  }

  private static String name(Operation operation) {
    return operation.getOperationId();
  }
}
