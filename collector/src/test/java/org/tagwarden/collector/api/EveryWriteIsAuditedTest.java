package org.tagwarden.collector.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.http.HttpMethod;
import io.vertx.openapi.contract.Operation;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.RunningCollector;
import org.tagwarden.collector.access.AuditFilter;
import org.tagwarden.collector.access.AuditLine;
import org.tagwarden.collector.access.Person;
import org.tagwarden.collector.access.PersonDraft;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;

/** Walks every operation of the API that writes: each leaves an entry, and says from where. */
@Tag("database")
class EveryWriteIsAuditedTest {
  private static final String PATH =
      "{\"timeZone\": \"UTC\", \"workDays\": [\"MONDAY\"], \"workFrom\": \"08:00\","
          + " \"workUntil\": \"18:00\", \"steps\": [{\"who\": \"IT_OWNER\"}], \"version\": 0}";

  /** A body with which each succeeds, in this order; "": none. */
  private static final Map<String, String> WRITES = new LinkedHashMap<>();

  static {
    WRITES.put("createClient", "{\"name\": \"Brewery\"}");
    WRITES.put("renameClient", "{\"name\": \"Bakery and sons\"}");
    WRITES.put("createSite", "{\"name\": \"Blog\", \"baseUrl\": \"https://blog.example\"}");
    WRITES.put("changeSite", "{\"lighthouse\": false}");
    WRITES.put("setSchedule", "{\"cron\": \"0 6 * * *\", \"timeZone\": \"UTC\"}");
    WRITES.put("deleteSchedule", "");
    WRITES.put("scanNow", "{\"kind\": \"VISITS\"}");
    WRITES.put(
        "decide", "{\"tag\": \"x/y\", \"state\": \"APPROVED\", \"justification\": \"Needed.\"}");
    WRITES.put(
        "saveAuthorization",
        "{\"vendor\": \"V\", \"verdict\": \"approved\", \"justification\": \"Needed.\"}");
    WRITES.put("withdrawAuthorization", "{\"reason\": \"Over.\"}");
    WRITES.put(
        "applyPolicy",
        "{\"policy\": \"authorizations: [{vendor: W, verdict: approved, justification: Yes.}]\"}");
    WRITES.put("askForTag", "{\"what\": \"Hotjar\", \"reason\": \"Heatmaps.\"}");
    WRITES.put("answerRequest", "{\"state\": \"GRANTED\", \"answer\": \"Yes.\"}");
    WRITES.put(
        "createAlertDestination",
        "{\"name\": \"Room\", \"channel\": \"slack\", \"address\": \"secret:room\"}");
    WRITES.put(
        "createAlertRule",
        "{\"least\": \"HIGH\", \"changes\": [\"OPENED\"], \"tell\": \"SITE\", \"rhythm\": \"NOW\","
            + " \"timeZone\": \"UTC\"}");
    WRITES.put(
        "changeAlertRule",
        "{\"least\": \"LOW\", \"changes\": [\"OPENED\"], \"tell\": \"SITE\", \"rhythm\": \"DAILY\","
            + " \"time\": \"07:30\", \"timeZone\": \"UTC\", \"version\": 1}");
    WRITES.put("deleteAlertRule", "");
    WRITES.put("deleteAlertDestination", "");
    WRITES.put("clearUnreachedAddress", "{\"email\": \"Gone@shop.example\"}");
    WRITES.put(
        "nameOwner",
        "{\"duty\": \"IT\", \"rank\": \"OWNER\", \"name\": \"Ida\", \"email\": \"ida@b.example\","
            + " \"reviewOn\": \""
            + LocalDate.now(ZoneOffset.UTC).plusDays(90)
            + "\", \"version\": 0}");
    WRITES.put("withdrawOwner", "");
    WRITES.put("setEscalationPath", PATH);
    WRITES.put("deleteEscalationPath", "");
    WRITES.put("setClientEscalationPath", PATH);
    WRITES.put("deleteClientEscalationPath", "");
    WRITES.put(
        "writeScopeNote",
        "{\"after\": 0, \"environment\": \"PRODUCTION\", \"payment\": \"REDIRECT\"}");
    WRITES.put("writeStandard", "{\"after\": 0, \"text\": \"# Tags come by the container\"}");
    WRITES.put("archiveSite", "");
    WRITES.put("restoreSite", "");
    WRITES.put("createToken", "{\"name\": \"t\", \"role\": \"viewer\"}");
    WRITES.put("withdrawToken", "");
    WRITES.put("invite", "{\"email\": \"p@example.com\", \"name\": \"P\", \"role\": \"viewer\"}");
    WRITES.put("withdrawInvitation", "");
    WRITES.put("setRole", "{\"role\": \"approver\"}");
    WRITES.put("makeLink", "");
    WRITES.put("closeAccount", "");
    WRITES.put("openAccount", "");
  }

  /** Ask with POST, but change nothing; a test message has its own entry once it was accepted. */
  private static final List<String> ONLY_ASK = List.of("planPolicy", "testAlertDestination");

  private static RunningCollector server;
  private static List<Operation> operations;
  private static String token;
  private static Map<String, String> values;
  private static int clients;

  @BeforeAll
  static void start() {
    server = RunningCollector.start(Map.of());
    operations = await(ApiContract.load(server.db().vertx())).contract().operations();
    var collector = server.collector();
    Client client = await(collector.clients().create(RunningCollector.ADMIN, "Bakery"));
    SiteDraft draft = SiteDraft.of("Shop", "https://shop.example");
    Site site = await(collector.sites().create(RunningCollector.ADMIN, client.id(), draft));
    Person bo =
        await(
            collector
                .access()
                .people()
                .createUnasked("test", new PersonDraft("bo@example.com", "Bo"), Role.VIEWER, null));
    server
        .db()
        .sql(
            "UPDATE site SET alert_emails = '{gone@shop.example}';"
                + " INSERT INTO mail_bounce (email, at, reason) VALUES ('gone@shop.example', now(), '550')");
    token = server.token(Role.ADMIN, null);
    int spare =
        await(collector.access().tokens().find(server.token(Role.VIEWER, null))).orElseThrow().id();
    values =
        Map.ofEntries(
            entry("{clientId}", "" + client.id()),
            entry("{siteId}", "" + site.id()),
            entry("{tokenId}", "" + spare),
            entry("{personId}", "" + bo.id()),
            entry("{kind}", "VISITS"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /**
   * What scanners hand in is no decision of anybody: the scan, with its scanner's name and its
   * time, is its own record, some thousand times a minute.
   */
  private static boolean writes(Operation operation) {
    return operation.getHttpMethod() != HttpMethod.GET
        && ApiContract.role(operation) != Role.SCANNER
        && !ONLY_ASK.contains(operation.getOperationId());
  }

  @Test
  void every_writing_operation_has_a_line_here() {
    assertThat(operations.stream().filter(EveryWriteIsAuditedTest::writes))
        .extracting(Operation::getOperationId)
        .containsExactlyInAnyOrderElementsOf(WRITES.keySet());
  }

  @Test
  void every_writing_operation_leaves_an_entry_with_the_token_and_its_address() {
    SoftAssertions softly = new SoftAssertions();
    WRITES.forEach(
        (name, body) -> {
          long before = newest();
          HttpResponse<String> answer = call(name, body);
          softly.assertThat(answer.statusCode()).as(name + answer.body()).isBetween(200, 299);
          List<AuditLine> left = since(before);
          softly.assertThat(left).as(name).isNotEmpty();
          for (AuditLine line : left) {
            softly.assertThat(line.way()).as(name).isEqualTo("token");
            softly.assertThat(line.who()).as(name).isEqualTo("admin");
            softly.assertThat(line.address()).as(name).isEqualTo("127.0.0.1");
            boolean said = line.before() != null || line.after() != null;
            softly.assertThat(said).as(name + " says before or after").isTrue();
          }
          softly.assertThat(left.toString()).as(name).doesNotContain("tw_");
        });
    softly.assertAll();
  }

  @Test
  void a_forwarded_address_counts_only_behind_a_proxy_and_only_what_the_proxy_wrote() {
    Map<String, String> forwarded = Map.of("X-Forwarded-For", "203.0.113.7, 198.51.100.4");
    assertThat(addressOf(server, forwarded)).isEqualTo("127.0.0.1");
    try (RunningCollector behind =
        RunningCollector.start(Map.of("TAGWARDEN_FORWARDED_FOR", "last"))) {
      assertThat(addressOf(behind, forwarded)).isEqualTo("198.51.100.4");
      assertThat(addressOf(behind, Map.of())).isEqualTo("127.0.0.1");
      assertThat(addressOf(behind, Map.of("X-Forwarded-For", "<script>"))).isEqualTo("127.0.0.1");
    }
  }

  private static String addressOf(RunningCollector server, Map<String, String> headers) {
    byte[] body = ("{\"name\": \"Client " + ++clients + "\"}").getBytes(UTF_8);
    String admin = server.token(Role.ADMIN, null);
    assertThat(server.call("POST", "/api/v1/clients", admin, body, headers).statusCode())
        .isEqualTo(201);
    AuditFilter all = AuditFilter.ALL;
    return String.valueOf(
        await(server.collector().access().auditTrail().list(RunningCollector.ADMIN, all, 1))
            .get(0)
            .address());
  }

  private static HttpResponse<String> call(String name, String body) {
    Operation operation =
        operations.stream()
            .filter(one -> one.getOperationId().equals(name))
            .findFirst()
            .orElseThrow();
    String path = "/api/v1" + operation.getOpenAPIPath();
    for (var value : values.entrySet()) path = path.replace(value.getKey(), value.getValue());
    path = path.replace("{authorizationId}", newest("tag_authorization"));
    path = path.replace("{requestId}", newest("tag_request"));
    path = path.replace("{invitationId}", newest("invitation"));
    path = path.replace("{ruleId}", newest("alert_rule"));
    path = path.replace("{destinationId}", newest("alert_destination"));
    path = path.replace("{ownerId}", newest("ownership"));
    return server.call(operation.getHttpMethod().name(), path, token, body.isEmpty() ? null : body);
  }

  /** The row that the call before has made. */
  private static String newest(String table) {
    return String.valueOf(
        await(
                server
                    .collector()
                    .database()
                    .pool()
                    .query("SELECT max(id) AS id FROM " + table)
                    .execute())
            .iterator()
            .next()
            .getInteger("id"));
  }

  private static long newest() {
    List<AuditLine> lines =
        await(
            server
                .collector()
                .access()
                .auditTrail()
                .list(RunningCollector.ADMIN, AuditFilter.ALL, 1));
    return lines.isEmpty() ? 0 : lines.get(0).seq();
  }

  private static List<AuditLine> since(long seq) {
    return await(
            server
                .collector()
                .access()
                .auditTrail()
                .list(RunningCollector.ADMIN, AuditFilter.ALL, 100))
        .stream()
        .filter(line -> line.seq() > seq)
        .toList();
  }
}
