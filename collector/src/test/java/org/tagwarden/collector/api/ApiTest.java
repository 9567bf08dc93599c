package org.tagwarden.collector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import com.github.luben.zstd.Zstd;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.RunningCollector;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Client;
import org.tagwarden.report.LighthouseReport;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.ScanJob;
import org.tagwarden.report.ScanReport;

@Tag("database")
class ApiTest {
  private static final Map<String, String> ZSTD = Map.of("Content-Encoding", "zstd");

  private static RunningCollector server;
  private static Client client;
  private static String admin;
  private static String scanner;
  private static int unique;

  @BeforeAll
  static void start() {
    server =
        RunningCollector.start(
            Map.of(
                "TAGWARDEN_LIMITS_REPORT_MEGABYTES", "1",
                "TAGWARDEN_LIMITS_DECODED_MEGABYTES", "2"));
    client = await(server.collector().clients().create(RunningCollector.ADMIN, "Bakery"));
    admin = server.token(Role.ADMIN, null);
    scanner = server.token(Role.SCANNER, null);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_site_is_made_scheduled_scanned_reported_and_its_inventory_read() {
    int site = site();
    String path = "/api/v1/sites/" + site;
    ok(
        200,
        "PUT",
        path + "/schedules/VISITS",
        admin,
        "{\"cron\": \"0 6 * * 1-5\", \"timeZone\": \"Europe/Berlin\","
            + " \"blackouts\": [{\"from\": \"22:00\", \"to\": \"05:00\", \"days\": [\"MONDAY\"]}]}");
    JsonObject scan = new JsonObject(ok(202, "POST", path + "/scans", admin, null));
    ScanJob job = claim();
    assertThat(job.scanId()).isEqualTo(UUID.fromString(scan.getString("id")));

    ScanReport report =
        SampleReports.report(job.scanId(), SampleReports.shop("https://shop.example/"));
    HttpResponse<String> stored = handIn(report);
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    String visit = report.visits().get(0).visitId().toString();
    assertThat(new JsonObject(stored.body()).getJsonArray("stored")).containsExactly(visit);
    assertThat(new JsonObject(handIn(report).body()).getJsonArray("known")).containsExactly(visit);
    String jobPath = "/api/v1/scanner/jobs/" + job.jobId();
    ok(204, "POST", jobPath + "/heartbeat", scanner, null);
    String progress = "{\"found\": 12, \"visited\": 3, \"page\": \"https://shop.example/\"}";
    ok(204, "POST", jobPath + "/heartbeat", scanner, progress);
    ok(204, "POST", jobPath + "/finish", scanner, "{\"problem\": null}");
    refused(409, "POST", jobPath + "/finish", scanner, "{\"problem\": null}", "no longer yours");

    JsonObject done = new JsonObject(ok(200, "GET", "/api/v1/scans/" + job.scanId(), admin, null));
    assertThat(done.getString("state")).isEqualTo("DONE");
    assertThat(done.getInteger("visits")).isOne();
    JsonArray tags = new JsonArray(ok(200, "GET", path + "/tags", admin, null));
    assertThat(tags).isNotEmpty();
    String tag = tags.getJsonObject(0).getString("key");
    ok(
        201,
        "POST",
        path + "/decisions",
        admin,
        new JsonObject()
            .put("tag", tag)
            .put("state", "APPROVED")
            .put("justification", "Marketing measures with it.")
            .encode());
    assertThat(new JsonArray(ok(200, "GET", path + "/tags", admin, null)))
        .extracting(t -> ((JsonObject) t).getString("state"))
        .contains("APPROVED");
    assertThat(new JsonArray(ok(200, "GET", path + "/decisions", admin, null))).hasSize(1);
    assertThat(new JsonArray(ok(200, "GET", path + "/findings?state=OPEN", admin, null)))
        .isNotEmpty();
    ok(200, "GET", path + "/alerts", admin, null);
  }

  @Test
  void a_change_of_a_site_leaves_what_it_does_not_name() {
    String path = "/api/v1/sites/" + site();
    JsonObject before = new JsonObject(ok(200, "GET", path, admin, null));
    JsonObject after =
        new JsonObject(
            ok(200, "PATCH", path, admin, "{\"options\": {\"device\": {\"width\": 800}}}"));

    before.getJsonObject("options").getJsonObject("device").put("width", 800);
    assertThat(after).isEqualTo(before);
  }

  @Test
  void how_a_site_is_visited_is_set_and_a_plain_password_refused() {
    String path = "/api/v1/sites/" + site();
    JsonObject one =
        new JsonObject(
            ok(
                200,
                "PATCH",
                path,
                admin,
                "{\"options\": {\"consent\": \"GPC\", \"settleMs\": 700}}"));
    assertThat(one.getJsonObject("options").getJsonArray("consents")).containsExactly("GPC");
    assertThat(one.getBoolean("automaticSettle")).isFalse();
    String visiting =
        """
        {"automaticSettle": true,
         "pages": {"rules": {"include": ["*/shop/*"], "perTemplate": 20}},
         "options": {"consents": ["NONE", "ACCEPT"], "screenshots": true,
           "visitor": {"locale": "de-DE", "signed": true},
           "access": {"headers": [{"name": "X-Preview", "value": "yes"}],
             "basicAuth": {"user": "preview", "password": "%s"}}}}
        """;

    JsonObject site =
        new JsonObject(ok(200, "PATCH", path, admin, visiting.formatted("${secret:PREVIEW}")));

    assertThat(site.getJsonObject("options").getJsonArray("consents"))
        .containsExactly("NONE", "ACCEPT");
    assertThat(site.getJsonObject("pages").getJsonObject("rules").getInteger("perTemplate"))
        .isEqualTo(20);
    assertThat(site.getBoolean("automaticSettle")).isTrue();
    refused(400, "PATCH", path, admin, visiting.formatted("hunter2"), "${secret:NAME}");
    ok(200, "PATCH", path, admin, "{\"options\": {\"access\": {\"basicAuth\": null}}}");
  }

  @Test
  void a_lighthouse_run_is_stored_once() {
    String path = "/api/v1/sites/" + site();
    JsonObject scan =
        new JsonObject(ok(202, "POST", path + "/scans", admin, "{\"kind\": \"LIGHTHOUSE\"}"));
    LighthouseReport run =
        new LighthouseReport(
            UUID.randomUUID(),
            UUID.fromString(scan.getString("id")),
            null,
            "https://shop.example/",
            Instant.parse("2026-03-02T05:00:00Z"),
            "12.6.1",
            88,
            1200,
            900,
            150,
            0.01,
            80,
            1500,
            900_000,
            320,
            List.of(),
            null);

    HttpResponse<String> first = lighthouse(run);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(new JsonObject(first.body()).getJsonArray("stored")).hasSize(1);
    assertThat(new JsonObject(lighthouse(run).body()).getJsonArray("known")).hasSize(1);
  }

  @Test
  void reports_come_in_gzip_too() throws IOException {
    ScanReport report = SampleReports.report(scan(), SampleReports.shop("https://shop.example/"));
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(ReportCodec.write(report));
    }

    HttpResponse<String> response =
        report(zipped.toByteArray(), Map.of("Content-Encoding", "gzip"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void a_large_report_arrives_whole_in_many_pieces() {
    ScanReport report =
        SampleReports.report(scan(), SampleReports.busy("https://shop.example/", 600, 7));
    byte[] body = ReportCodec.write(report);
    assertThat(body.length).isBetween(300_000, 1 << 20);

    for (int i = 0; i < 5; i++) {
      HttpResponse<String> response = report(body, Map.of());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
  }

  @Test
  void a_token_is_made_used_and_withdrawn_and_its_secret_shown_once() {
    JsonObject made =
        new JsonObject(
            ok(201, "POST", "/api/v1/tokens", admin, "{\"name\": \"bi\", \"role\": \"auditor\"}"));
    String secret = made.getString("secret");
    ok(200, "GET", "/api/v1/sites", secret, null);
    assertThat(ok(200, "GET", "/api/v1/tokens", admin, null))
        .contains("auditor")
        .doesNotContain(secret);

    int id = made.getJsonObject("token").getInteger("id");
    ok(204, "DELETE", "/api/v1/tokens/" + id, admin, null);
    refused(401, "GET", "/api/v1/sites", secret, null, "unknown, withdrawn or expired");
  }

  @Test
  void somebody_is_invited_by_address_and_the_offer_can_be_withdrawn() {
    String body = "{\"email\": \"Bo@example.com\", \"name\": \"Bo\", \"role\": \"viewer\"}";
    JsonObject made = new JsonObject(ok(201, "POST", "/api/v1/invitations", admin, body));

    assertThat(made.getString("link")).startsWith("http://localhost:8844/invitation/");
    assertThat(ok(200, "GET", "/api/v1/invitations", admin, null))
        .contains("bo@example.com")
        .doesNotContain("/invitation/");
    int id = made.getJsonObject("invitation").getInteger("id");
    ok(204, "DELETE", "/api/v1/invitations/" + id, admin, null);
    refused(404, "DELETE", "/api/v1/invitations/" + id, admin, null, "no such invitation");
  }

  @Test
  void what_breaks_a_rule_is_refused_with_the_field_and_a_sentence() {
    String sites = "/api/v1/clients/" + client.id() + "/sites";
    refused(400, "POST", sites, admin, "{\"name\": \"X\"}", "baseUrl");
    refused(
        400,
        "POST",
        sites,
        admin,
        "{\"name\": \"X\", \"baseUrl\": \"shop\"}",
        "https://www.example.com");
    refused(400, "POST", sites, admin, "{\"name\": 7, \"baseUrl\": \"https://a.example\"}", "name");
    refused(400, "POST", sites, admin, "{\"nam\": \"X\"}", "nam");
    refused(400, "POST", sites, admin, "{no json", "");
    String role = "{\"name\": \"x\", \"role\": \"root\"}";
    refused(400, "POST", "/api/v1/tokens", admin, role, "role: must be one of [\"scanner\"");
    refused(400, "GET", "/api/v1/sites/abc", admin, null, "siteId");
    String schedule = "/api/v1/sites/" + site() + "/schedules/VISITS";
    refused(
        400, "PUT", schedule, admin, "{\"cron\": \"daily\", \"timeZone\": \"UTC\"}", "0 6 * * 1-5");
    refused(
        400,
        "PUT",
        schedule,
        admin,
        "{\"cron\": \"0 6 * * *\", \"timeZone\": \"UTC\", \"jitterSeconds\": -1}",
        "jitterSeconds");
  }

  @Test
  void what_does_not_exist_is_not_found() {
    refused(404, "GET", "/api/v1/sites/999999", admin, null, "There is no site 999999.");
    refused(
        404,
        "POST",
        "/api/v1/clients/999999/sites",
        admin,
        "{\"name\": \"X\", \"baseUrl\": \"https://a.example\"}",
        "There is no client");
    refused(404, "GET", "/api/v1/nothing", admin, null, "openapi.yaml");
    refused(405, "DELETE", "/api/v1/sites", admin, null, "method");
  }

  @Test
  void bad_reports_are_refused_and_leave_nothing() {
    refusedReport(400, "{}".getBytes(StandardCharsets.UTF_8), Map.of(), "no scan report");
    refusedReport(400, "not json".getBytes(StandardCharsets.UTF_8), Map.of(), "not JSON");
    refusedReport(400, "not zstd".getBytes(StandardCharsets.UTF_8), ZSTD, "not zstd");
    refusedReport(
        415, "x".getBytes(StandardCharsets.UTF_8), Map.of("Content-Encoding", "br"), "gzip, zstd");
    JsonObject newer =
        new JsonObject(
                new String(ReportCodec.write(SampleReports.report(scan())), StandardCharsets.UTF_8))
            .put("formatVersion", "2.0");
    refusedReport(400, newer.toBuffer().getBytes(), Map.of(), "only 1.x is understood");
    ScanReport stray =
        SampleReports.report(UUID.randomUUID(), SampleReports.shop("https://a.example/"));
    refusedReport(404, ReportCodec.write(stray), Map.of(), "scan");
    HttpResponse<String> wrongToken =
        server.call("POST", "/api/v1/scan-reports", "tw_wrong", new byte[] {1}, ZSTD);
    assertThat(wrongToken.statusCode()).isEqualTo(401);
  }

  @Test
  void a_report_too_big_is_refused_as_sent_and_as_decompressed() {
    refusedReport(413, new byte[(1 << 20) + 1], Map.of(), "limits.report-megabytes");
    byte[] bomb = Zstd.compress(new byte[(2 << 20) + 1]);
    assertThat(bomb.length).isLessThan(10_000);
    refusedReport(413, bomb, ZSTD, "limits.decoded-megabytes");
  }

  @Test
  void vital_signs_need_no_token() {
    assertThat(ok(200, "GET", "/health", null, null)).isEqualTo("ok\n");
    assertThat(ok(200, "GET", "/ready", null, null)).isEqualTo("ready\n");
    assertThat(ok(200, "GET", "/metrics", null, null))
        .contains("tagwarden_jobs_waiting", "jvm_memory_used_bytes");
    assertThat(ok(200, "GET", "/api/v1/openapi.yaml", null, null)).startsWith("openapi: 3.1.0");
  }

  private static int site() {
    String body = "{\"name\": \"Shop " + unique++ + "\", \"baseUrl\": \"https://shop.example/\"}";
    return new JsonObject(ok(201, "POST", "/api/v1/clients/" + client.id() + "/sites", admin, body))
        .getInteger("id");
  }

  private static UUID scan() {
    String scan = ok(202, "POST", "/api/v1/sites/" + site() + "/scans", admin, null);
    return UUID.fromString(new JsonObject(scan).getString("id"));
  }

  /** The newest waiting job: earlier tests may have left theirs. */
  private static ScanJob claim() {
    server
        .db()
        .sql(
            "UPDATE scan_job SET state = 'DONE' WHERE state = 'WAITING' AND id NOT IN"
                + " (SELECT id FROM scan_job WHERE kind = 'VISITS' ORDER BY scan_id IN"
                + " (SELECT id FROM scan ORDER BY site_id DESC LIMIT 1) DESC LIMIT 1)");
    String body = "{\"scanner\": \"one\", \"kinds\": [\"VISITS\"], \"waitSeconds\": 5}";
    String job = ok(200, "POST", "/api/v1/scanner/jobs/claim", scanner, body);
    return ReportCodec.read(job.getBytes(StandardCharsets.UTF_8), ScanJob.class);
  }

  private static HttpResponse<String> handIn(ScanReport report) {
    return report(Zstd.compress(ReportCodec.write(report)), ZSTD);
  }

  private static HttpResponse<String> report(byte[] body, Map<String, String> headers) {
    return server.call("POST", "/api/v1/scan-reports", scanner, body, headers);
  }

  private static HttpResponse<String> lighthouse(LighthouseReport run) {
    byte[] body = Zstd.compress(ReportCodec.write(run));
    return server.call("POST", "/api/v1/lighthouse-reports", scanner, body, ZSTD);
  }

  private static void refusedReport(
      int status, byte[] body, Map<String, String> headers, String sentence) {
    problem(report(body, headers), status, sentence);
  }

  private static String ok(int status, String method, String path, String token, String json) {
    HttpResponse<String> response = server.call(method, path, token, json);
    assertThat(response.statusCode())
        .as(method + " " + path + ": " + response.body())
        .isEqualTo(status);
    return response.body();
  }

  private static void refused(
      int status, String method, String path, String token, String json, String sentence) {
    problem(server.call(method, path, token, json), status, sentence);
  }

  private static void problem(HttpResponse<String> response, int status, String sentence) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonObject problem = new JsonObject(response.body());
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("detail")).endsWith(".").containsIgnoringCase(sentence);
  }
}
