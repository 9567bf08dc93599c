package org.tagwarden.collector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.RunningCollector;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.SiteDraft;

@Tag("database")
class AuthorizationCallsTest {
  private static RunningCollector server;
  private static String approver;
  private static String client;
  private static String site;

  @BeforeAll
  static void start() {
    server = RunningCollector.start(Map.of());
    var collector = server.collector();
    int id = await(collector.clients().create(RunningCollector.ADMIN, "Bakery")).id();
    SiteDraft draft = SiteDraft.of("Shop", "https://shop.example");
    site =
        "/api/v1/sites/" + await(collector.sites().create(RunningCollector.ADMIN, id, draft)).id();
    client = "/api/v1/clients/" + id;
    approver = server.token(Role.APPROVER, id);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void an_authorization_is_saved_listed_changed_by_version_and_withdrawn() {
    JsonObject hotjar =
        new JsonObject()
            .put("site", "Shop")
            .put("product", "hotjar")
            .put("verdict", "approved")
            .put("justification", "Heatmaps.")
            .put("expires", "2027-01-31")
            .put("envelope", new JsonObject().put("hosts", JsonArray.of("*.hotjar.com")))
            .put("version", 0);
    int id = object(201, call("POST", client + "/authorizations", hotjar)).getInteger("id");

    JsonObject held = one(id);
    assertThat(held.getString("site")).isEqualTo("Shop");
    assertThat(held.getString("expires")).isEqualTo("2027-01-31");
    assertThat(held.getJsonObject("envelope").getJsonArray("hosts"))
        .isEqualTo(JsonArray.of("*.hotjar.com"));
    assertThat(held.getString("approvedBy")).isEqualTo("approver");

    JsonObject late = object(409, call("POST", client + "/authorizations", hotjar));
    assertThat(late.getString("detail")).startsWith("approver was faster and approved it");
    hotjar.put("version", 1).put("verdict", "refused");
    assertThat(object(201, call("POST", client + "/authorizations", hotjar)).getInteger("id"))
        .isEqualTo(id);
    assertThat(one(id).getString("verdict")).isEqualTo("refused");

    String path = client + "/authorizations/" + id;
    assertThat(call("POST", path, new JsonObject().put("reason", "Over.")).statusCode())
        .isEqualTo(204);
    JsonArray history = new JsonArray(call("GET", path, null).body());
    assertThat(history)
        .extracting(change -> ((JsonObject) change).getString("action"))
        .containsExactly("WITHDRAWN", "CHANGED", "CREATED");
  }

  @Test
  void what_is_wrong_is_said_with_its_field() {
    JsonObject typo =
        new JsonObject().put("product", "x").put("verdict", "approved").put("justification", "y");
    JsonObject refused =
        object(
            400,
            call(
                "POST",
                client + "/authorizations",
                typo.copy().put("envelope", new JsonObject().put("hots", new JsonArray()))));
    assertThat(refused.getString("field")).isEqualTo("envelope.hots");
    assertThat(
            object(400, call("POST", client + "/authorizations", typo.copy().put("site", "Nope")))
                .getString("detail"))
        .contains("no such site");
  }

  @Test
  void a_policy_is_exported_planned_and_applied() {
    JsonObject policy =
        new JsonObject()
            .put(
                "policy",
                "authorizations:\n  - vendor: Google\n    verdict: approved\n    justification: Why.\n");
    JsonObject plan = object(200, call("POST", client + "/policy/plan", policy));
    assertThat(plan.getInteger("changes")).isEqualTo(1);
    assertThat(plan.getJsonArray("lines").getJsonObject(0).getString("kind")).isEqualTo("CREATE");
    assertThat(object(200, call("GET", client + "/policy", null)).getString("policy"))
        .doesNotContain("Google");
    object(200, call("POST", client + "/policy", policy));
    assertThat(object(200, call("GET", client + "/policy?format=csv", null)).getString("policy"))
        .contains(",vendor,Google,approved,");
    assertThat(
            object(
                    400,
                    call(
                        "POST",
                        client + "/policy",
                        new JsonObject().put("policy", "authorisations: []")))
                .getString("detail"))
        .startsWith("Line 1, column 1: A policy knows no \"authorisations\"");
  }

  @Test
  void a_request_is_asked_and_answered() {
    JsonObject asked = new JsonObject().put("what", "Hotjar").put("reason", "Heatmaps.");
    int id =
        object(201, call("POST", site + "/requests", asked.put("from", "2026-12-01")))
            .getInteger("id");
    JsonObject answer = new JsonObject().put("state", "GRANTED").put("answer", "From Monday.");
    assertThat(object(200, call("POST", site + "/requests/" + id, answer)).getString("state"))
        .isEqualTo("GRANTED");
    JsonObject listed =
        new JsonArray(call("GET", site + "/requests", null).body()).getJsonObject(0);
    assertThat(listed.getString("wantedFrom")).isEqualTo("2026-12-01");
    assertThat(listed.getString("answer")).isEqualTo("From Monday.");
  }

  private static JsonObject one(int id) {
    for (Object one : new JsonArray(call("GET", client + "/authorizations", null).body())) {
      if (((JsonObject) one).getInteger("id") == id) return (JsonObject) one;
    }
    throw new AssertionError("No authorization " + id);
  }

  private static JsonObject object(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return new JsonObject(response.body());
  }

  private static HttpResponse<String> call(String method, String path, @Nullable JsonObject body) {
    return server.call(method, path, approver, body == null ? null : body.encode());
  }
}
