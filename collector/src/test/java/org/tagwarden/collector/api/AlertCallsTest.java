package org.tagwarden.collector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.RunningCollector;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;

/** Rules, owners, paths and standards through the API: made, changed by two at once, taken away. */
@Tag("database")
class AlertCallsTest {
  private static RunningCollector server;
  private static String token;
  private static String client;
  private static String site;

  @BeforeAll
  static void start() {
    server = RunningCollector.start(Map.of());
    Client bakery = await(server.collector().clients().create(RunningCollector.ADMIN, "Bakery"));
    SiteDraft draft = SiteDraft.of("Shop", "https://shop.example");
    Site shop =
        await(server.collector().sites().create(RunningCollector.ADMIN, bakery.id(), draft));
    token = server.token(Role.ADMIN, bakery.id());
    client = "/api/v1/clients/" + bakery.id();
    site = "/api/v1/sites/" + shop.id();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_rule_is_made_changed_and_taken_away_and_nobody_overwrites_anothers() {
    JsonObject destination =
        json(
            201,
            "POST",
            client + "/alert-destinations",
            "{\"name\": \"Desk\", \"channel\": \"ticket\", \"address\": \"https://desk.example/in\"}");
    JsonObject rule =
        new JsonObject(
            "{\"least\": \"HIGH\", \"checks\": [\"script-contact\"], \"changes\": [\"OPENED\", \"WORSENED\"],"
                + " \"tell\": \"DESTINATION\", \"rhythm\": \"WEEKLY\", \"day\": \"FRIDAY\", \"time\": \"07:30\","
                + " \"timeZone\": \"Europe/Berlin\", \"quiet\": {\"from\": \"20:00\", \"until\": \"07:00\"}}");
    refused(400, "POST", client + "/alert-rules", rule.encode(), "destination");
    rule.put("destinationId", destination.getInteger("id"));
    int id = json(201, "POST", client + "/alert-rules", rule.encode()).getInteger("id");
    String path = client + "/alert-rules/" + id;

    JsonObject listed = list(client + "/alert-rules").getJsonObject(0);
    assertThat(listed.getString("day")).isEqualTo("FRIDAY");
    assertThat(listed.getJsonObject("quiet").getString("from")).startsWith("20:00");
    assertThat(listed.getInteger("version")).isOne();

    rule.put("least", "LOW").put("version", 1);
    assertThat(json(200, "PUT", path, rule.encode()).getInteger("version")).isEqualTo(2);
    refused(409, "PUT", path, rule.encode(), "version 2");
    refused(400, "PUT", path, rule.copy().put("timeZone", "Mars/Crater").encode(), "time zone");
    JsonObject unknown =
        rule.copy().put("checks", new JsonArray().add("no-such")).put("version", 2);
    refused(400, "PUT", path, unknown.encode(), "no-such");
    refused(409, "DELETE", path + "?version=1", null, "version 2");
    assertThat(call("DELETE", path + "?version=2", null).statusCode()).isEqualTo(204);
    refused(404, "DELETE", path, null, "no such rule");
    String desk = client + "/alert-destinations/" + destination.getInteger("id");
    refused(400, "POST", desk + "/test", null, "desk.example");
    assertThat(call("DELETE", desk, null).statusCode()).isEqualTo(204);
    assertThat(list(client + "/alert-destinations")).isEmpty();
  }

  @Test
  void an_owner_is_named_replaced_and_withdrawn() {
    JsonObject owner =
        new JsonObject()
            .put("duty", "IT")
            .put("rank", "OWNER")
            .put("name", "Ida")
            .put("email", "nobody")
            .put("reviewOn", LocalDate.now(ZoneOffset.UTC).plusDays(30).toString())
            .put("version", 0);
    refused(400, "POST", site + "/owners", owner.encode(), "e-mail address");
    owner.put("email", "ida@shop.example");
    int id = json(201, "POST", site + "/owners", owner.encode()).getInteger("id");
    refused(409, "POST", site + "/owners", owner.put("name", "Bob").encode(), "version 1");
    assertThat(
            json(201, "POST", site + "/owners", owner.put("version", 1).encode()).getInteger("id"))
        .isEqualTo(id);

    JsonObject named = list(site + "/owners").getJsonObject(0);
    assertThat(named.getString("name")).isEqualTo("Bob");
    assertThat(named.getInteger("reviewMonths")).isEqualTo(12);
    assertThat(named.getInteger("version")).isEqualTo(2);
    refused(409, "DELETE", site + "/owners/" + id + "?version=1", null, "version 2");
    assertThat(call("DELETE", site + "/owners/" + id, null).statusCode()).isEqualTo(204);
    assertThat(list(site + "/owners")).isEmpty();
  }

  @Test
  void a_sites_path_comes_before_its_clients() {
    JsonObject path =
        new JsonObject(
            "{\"timeZone\": \"Europe/Berlin\", \"workDays\": [\"MONDAY\", \"FRIDAY\"], \"workFrom\": \"08:00\","
                + " \"workUntil\": \"18:00\", \"alwaysFrom\": \"CRITICAL\", \"steps\": [{\"who\": \"IT_OWNER\"},"
                + " {\"contact\": \"boss@shop.example\", \"waitMinutes\": 90, \"skippedFrom\": \"HIGH\"}]}");
    String ofClient = client + "/escalation-path";
    String ofSite = site + "/escalation-path";
    assertThat(call("GET", ofSite, null).statusCode()).isEqualTo(204);
    JsonObject both = path.copy();
    both.getJsonArray("steps").getJsonObject(0).put("contact", "x@shop.example");
    refused(400, "PUT", ofClient, both.encode(), "office");
    assertThat(call("PUT", ofClient, path.encode()).statusCode()).isEqualTo(204);

    JsonObject holding = json(200, "GET", ofSite, null);
    assertThat(holding.getString("scope")).isEqualTo("CLIENT");
    assertThat(holding.getJsonArray("steps").getJsonObject(1).getString("skippedFrom"))
        .isEqualTo("HIGH");
    refused(404, "DELETE", ofSite, null, "no such path");
    assertThat(call("PUT", ofSite, path.put("version", 0).encode()).statusCode()).isEqualTo(204);
    refused(409, "PUT", ofSite, path.encode(), "version 1");
    assertThat(json(200, "GET", ofSite, null).getString("scope")).isEqualTo("SITE");
    assertThat(call("DELETE", ofSite + "?version=1", null).statusCode()).isEqualTo(204);
    assertThat(call("DELETE", ofClient, null).statusCode()).isEqualTo(204);
    assertThat(call("GET", ofClient, null).statusCode()).isEqualTo(204);
  }

  @Test
  void a_standard_is_written_upon_the_version_that_was_read() {
    String standards = client + "/standards";
    assertThat(json(201, "POST", standards, "{\"after\": 0, \"text\": \"# One\"}"))
        .isEqualTo(new JsonObject().put("version", 1));
    refused(409, "POST", standards, "{\"after\": 0, \"text\": \"# Mine\"}", "newer version");
    json(201, "POST", standards, "{\"after\": 1, \"text\": \"# Two\"}");

    assertThat(list(standards)).hasSize(2);
    assertThat(json(200, "GET", standards + "/1", null).getString("text")).isEqualTo("# One");
    refused(404, "GET", standards + "/3", null, "no such version");
  }

  private static JsonArray list(String path) {
    HttpResponse<String> response = call("GET", path, null);
    assertThat(response.statusCode()).as(path + response.body()).isEqualTo(200);
    return new JsonArray(response.body());
  }

  private static JsonObject json(int status, String method, String path, @Nullable String body) {
    HttpResponse<String> response = call(method, path, body);
    assertThat(response.statusCode()).as(path + response.body()).isEqualTo(status);
    return new JsonObject(response.body());
  }

  private static void refused(
      int status, String method, String path, @Nullable String body, String sentence) {
    JsonObject problem = json(status, method, path, body);
    assertThat(problem.getString("detail")).contains(sentence);
  }

  private static HttpResponse<String> call(String method, String path, @Nullable String body) {
    return server.call(method, path, token, body);
  }
}
