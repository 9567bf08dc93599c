package org.tagwarden.collector.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.RunningCollector;
import org.tagwarden.collector.access.AuditFilter;
import org.tagwarden.collector.access.AuditLine;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;

/** A pack of three months of a shop with a payment page. */
@Tag("database")
class EvidencePackTest {
  private static EvidenceWorld world;
  private static Map<String, String> files;

  @BeforeAll
  static void start() {
    world = new EvidenceWorld();
    files = world.pack();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void each_sheet_is_there_as_csv_and_json_with_the_same_lines() {
    for (Sheet sheet : Sheets.ALL) {
      JsonArray json = new JsonArray(files.get(sheet.json()));
      String csv = files.get(sheet.csv());
      assertThat(files).containsKeys(sheet.csv(), sheet.json());
      assertThat(csv).as(sheet.name()).startsWith(String.join(",", sheet.columns()) + "\r\n");
      if (!json.isEmpty()) {
        List<String> members = new ArrayList<>(json.getJsonObject(0).fieldNames());
        assertThat(members.remove(0)).isEqualTo("previous");
        assertThat(members).as(sheet.name()).isEqualTo(sheet.columns());
      }
    }
    assertThat(files.get("data/requests.csv")).as("no line").isEqualTo(requestsHead());
    assertThat(files)
        .containsKeys(
            "report.html", "README.txt", "SHA256SUMS", "audit/entries.jsonl", "manifest.json");
  }

  private static String requestsHead() {
    return String.join(",", Columns.names("requests")) + "\r\n";
  }

  @Test
  void every_column_of_every_sheet_is_explained() {
    Set<String> explained =
        lines("columns")
            .map(line -> line.getString("sheet") + "." + line.getString("column"))
            .collect(Collectors.toSet());
    for (Sheet sheet : Sheets.ALL) {
      for (String column : sheet.columns()) {
        assertThat(explained).contains(sheet.name() + "." + column);
      }
    }
    assertThat(lines("columns").map(line -> line.getString("meaning")))
        .allMatch(meaning -> meaning.length() > 3);
  }

  @Test
  void every_run_is_in_it_with_its_result_and_nothing_of_other_times() {
    Map<String, String> results =
        lines("runs")
            .collect(Collectors.toMap(r -> r.getString("due_at"), r -> r.getString("result")));

    assertThat(results)
        .hasSize(11)
        .containsEntry("2026-01-05T05:00:00Z", "DONE")
        .containsEntry("2026-01-12T05:00:00Z", "DID NOT RUN")
        .containsEntry("2026-01-26T05:00:00Z", "NO PAGE SEEN")
        .containsEntry("2026-03-23T05:00:00Z", "DONE, SOME VISITS FAILED");
  }

  @Test
  void every_gap_is_told_with_its_length_and_its_reasons() {
    List<String> gaps =
        lines("gaps")
            .map(
                gap ->
                    gap.getString("from").substring(0, 16)
                        + " "
                        + gap.getString("until").substring(0, 16)
                        + " "
                        + gap.getString("what"))
            .toList();

    assertThat(gaps)
        .containsExactly(
            "2026-01-05T05:02 2026-01-15T12:02 A run that was due did not succeed. Longer than seven"
                + " days. Left out: no scanner had yet taken the scan before it.",
            "2026-01-19T05:02 2026-02-02T05:02 A run that was due did not succeed. Longer than seven"
                + " days. The site did not answer.",
            "2026-02-09T05:02 2026-03-16T08:02 A run that was due began late: nothing ran in"
                + " between. Longer than seven days.");
  }

  @Test
  void a_script_of_a_payment_page_says_who_allowed_it_and_why() {
    Map<String, JsonObject> scripts =
        lines("payment-scripts")
            .collect(
                Collectors.toMap(
                    s -> s.getString("script") == null ? "inline" : s.getString("script"), s -> s));

    assertThat(scripts)
        .containsOnlyKeys(
            "https://js.paywell.example/v3.js", "https://cdn.chatty.example/widget.js", "inline");
    JsonObject paid = scripts.get("https://js.paywell.example/v3.js");
    assertThat(paid.getString("page")).isEqualTo("https://shop.example/checkout");
    assertThat(paid.getInteger("versions")).isEqualTo(2);
    assertThat(paid.getString("verdict")).isEqualTo("APPROVED");
    assertThat(paid.getString("justification")).isEqualTo("It takes the payments, by contract 17.");
    assertThat(paid.getString("justified_by")).isEqualTo("Tom Brandt");
    assertThat(paid.getString("decided_at")).isEqualTo("2026-02-10T09:00:00Z");
    assertThat(paid.getString("authorized_as")).isEqualTo("product payments, this site");
    assertThat(paid.getString("party")).isEqualTo("THIRD");
    assertThat(paid.getString("initiator_chain")).as("no report is kept").isNull();
    assertThat(paid.getString("integrity")).startsWith("SHA-256 of the received bytes");
    // It was allowed after the period's end.
    assertThat(scripts.get("https://cdn.chatty.example/widget.js").getString("verdict"))
        .isEqualTo("NONE");
    assertThat(scripts.get("inline").getString("verdict")).isEqualTo("NONE");
  }

  @Test
  void an_authorization_stands_in_it_as_it_last_stood_in_the_period() {
    assertThat(lines("authorizations"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.getString("subject")).isEqualTo("payments");
              assertThat(one.getString("state")).isEqualTo("IN FORCE");
              assertThat(one.getInteger("changes")).isEqualTo(2);
            });
    assertThat(lines("authorization-history")).hasSize(2);
    JsonObject january =
        EvidenceWorld.json(world.pack("2026-01-01", "2026-01-31"), "authorizations")
            .getJsonObject(0);
    assertThat(january.getString("justification")).isEqualTo("It takes the payments.");
  }

  @Test
  void how_people_pay_is_told_as_it_was_noted_in_the_period() {
    assertThat(lines("scope").map(n -> n.getString("payment") + " " + n.getString("note")))
        .containsExactly("OWN_FORM ", "PROVIDER_FRAME Paywell; SAQ A.");
    assertThat(lines("scope").map(n -> n.getString("until")))
        .containsExactly("2026-02-10T09:00:00Z", "2026-04-02T07:30:00Z");
    assertThat(files.get("report.html"))
        .contains("stands in a frame of the page", "Paywell; SAQ A.")
        .doesNotContain("From April on.");
    Map<String, String> december = world.pack("2025-12-20", "2025-12-21");
    assertThat(EvidenceWorld.json(december, "scope")).isEmpty();
    assertThat(december.get("report.html"))
        .contains("Nobody wrote this down before the period", "Nothing was written down in this");
    assertThat(lines("setting-history").map(e -> e.getString("action")))
        .containsExactly("write scope note");
  }

  @Test
  void a_period_in_which_nothing_ran_is_not_told_as_calm() {
    // On these days no run was due, and no gap of a week fits into them.
    Map<String, String> quiet = world.pack("2026-01-06", "2026-01-08");
    assertThat(EvidenceWorld.json(quiet, "gaps")).isEmpty();
    assertThat(quiet.get("report.html"))
        .contains("No run was due in this period: nothing was watched")
        .doesNotContain("No gap", "There is no gap", "All 0 tags");
  }

  @Test
  void a_note_is_written_by_approvers_each_upon_the_newest_one() {
    ScopeNotes notes = world.server().collector().evidence().notes();
    ScopeNote note = new ScopeNote(Environment.TEST, PaymentEmbedding.NONE, " ");
    int site = world.site().id();
    assertThatThrownBy(() -> await(notes.write(RunningCollector.ADMIN, site, 2, note)))
        .hasMessageContaining("Somebody else wrote a newer note");
    Principal auditor =
        new Principal(null, "Aud", null, Map.of(world.site().clientId(), Role.AUDITOR));
    assertThatThrownBy(() -> await(notes.write(auditor, site, 3, note)))
        .hasMessageContaining("approver");
    assertThat(await(notes.get(auditor, site)).orElseThrow().version()).isEqualTo(3);
    Principal stranger = new Principal(null, "Eve", null, Map.of());
    assertThatThrownBy(() -> await(notes.get(stranger, site))).hasMessageContaining("no site");
    assertThatThrownBy(
            () -> new ScopeNote(Environment.TEST, PaymentEmbedding.NONE, "x".repeat(2_001)))
        .hasMessageContaining("at most 2000");
  }

  @Test
  void the_deployment_standard_stands_in_it_with_the_text_that_held() {
    assertThat(lines("standards").map(v -> v.getInteger("version"))).containsExactly(2);
    assertThat(files.get("report.html"))
        .contains("# Tags &lt;come&gt; by the container")
        .doesNotContain("# Old rules", "# Nothing at all");
  }

  @Test
  void a_change_says_who_decided_when_and_who_was_told() {
    Map<String, JsonObject> changes =
        lines("changes").collect(Collectors.toMap(c -> c.getString("kind"), c -> c));

    assertThat(changes).containsOnlyKeys("SCRIPT", "TAG", "COOKIE");
    JsonObject script = changes.get("SCRIPT");
    assertThat(script.getString("decision")).isEqualTo("ACCEPTED");
    assertThat(script.getString("decided_by")).isEqualTo("Tom Brandt");
    assertThat(script.getString("decided_because")).isEqualTo("The vendor announced version 3.");
    assertThat(script.getInteger("told")).isEqualTo(1);
    // The decision came after the period: it is told, since it is known.
    assertThat(changes.get("TAG").getString("decision")).isEqualTo("APPROVED");
    assertThat(changes.get("TAG").getInteger("told")).isZero();
    assertThat(changes.get("COOKIE").getString("decision")).isEqualTo("NOTED");
  }

  @Test
  void findings_alerts_headers_and_owners_are_those_of_the_period() {
    assertThat(lines("findings").map(f -> f.getString("check")))
        .containsExactly("script-text", "new-tag");
    assertThat(lines("finding-history")).hasSize(3);
    assertThat(
            lines("alerts").map(a -> a.getString("state") + " " + a.getString("acknowledged_by")))
        .containsExactly("SENT null", "FAILED Mia Castellanos");
    assertThat(lines("headers").map(h -> h.getString("header") + " " + h.getString("result")))
        .contains("Content-Security-Policy SAME", "X-Frame-Options NOT SENT");
    assertThat(lines("owners").map(o -> o.getString("name"))).containsExactly("Tom Brandt");
    assertThat(lines("tags").map(t -> t.getString("tag_key"))).containsExactly("chat", "payments");
    assertThat(lines("pages").map(p -> p.getInteger("visits"))).containsExactly(9, 9);
  }

  @Test
  void the_report_is_written_for_reading_and_lets_no_name_become_markup() {
    String report = files.get("report.html");
    assertThat(report)
        .contains(
            "<h1>Shop &lt;b&gt;</h1>",
            // The footer of a printed page: nothing that a style sheet could take for its own.
            "content: \"Evidence\\000020pack\\00003a\\000020Shop\\000020\\00003cb\\00003e",
            "Bakery &amp; Sons",
            "2026-01-01 00:00 to 2026-03-31 24:00, UTC",
            "There are 3 gaps",
            "It takes the payments, by contract 17.",
            "2 of 3 scripts were not approved",
            "It is no statement of compliance",
            world.server().collector().evidence().fingerprint())
        .doesNotContain("Shop <b>", "<script", "src=", "null")
        .contains("<!DOCTYPE html>", "</html>");
  }

  @Test
  void a_cell_that_begins_like_a_formula_stays_a_text() {
    assertThat(files.get("data/tags.csv")).contains(",\"'=Chatty \"\"Widget\"\"\",");
  }

  @Test
  void the_audit_logs_entries_come_with_their_hashes_and_the_chains_head() {
    String[] lines = files.get("audit/entries.jsonl").split("\n");
    assertThat(lines).hasSizeGreaterThan(2);
    assertThat(lines[1]).contains("\"previous\":\"", "\"entry\":{", "\"hash\":\"");
    JsonObject head = new JsonObject(files.get("manifest.json")).getJsonObject("audit");
    assertThat(head.getInteger("entry")).isGreaterThanOrEqualTo(4);
    assertThat(head.getString("hash")).matches("[0-9a-f]{64}");
    assertThat(lines("audit").map(e -> e.getString("action"))).doesNotContain("create site");
  }

  @Test
  void making_one_is_noted_with_the_hash_of_its_manifest() {
    Map<String, String> pack = world.pack();
    List<AuditLine> newest =
        await(
            world
                .server()
                .collector()
                .access()
                .auditTrail()
                .list(RunningCollector.ADMIN, AuditFilter.ALL, 1));
    assertThat(newest.get(0).action()).isEqualTo("export evidence pack");
    assertThat(newest.get(0).who()).isEqualTo("Ann");
    assertThat(newest.get(0).after())
        .isEqualTo(
            JsonObject.of(
                "from", EvidenceWorld.FROM,
                "to", EvidenceWorld.TO,
                "manifest",
                    Sha256.hex(
                        pack.get("manifest.json")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8))));
  }

  @Test
  void what_retention_took_away_is_said_and_an_overdue_run_is_a_gap() {
    assertThat(files.get("report.html")).doesNotContain("was removed before this pack was made");
    world.server().clock().moveTo("2027-04-20T07:30:00Z");
    try {
      Map<String, String> late = world.pack("2026-01-01", "2026-04-30");
      assertThat(late.get("report.html"))
          .contains(
              "Visits and runs are kept for 400 days: what is from before 2026-03-16 was removed");
      assertThat(EvidenceWorld.json(late, "gaps").getJsonObject(3).getString("what"))
          .isEqualTo(
              "A run that was due did not succeed. Longer than seven days. The run that was due at"
                  + " 2026-04-06T04:00:00Z had not begun.");
    } finally {
      world.server().clock().moveTo("2026-04-02T07:30:00Z");
    }
  }

  @Test
  void two_are_made_at_a_time_and_a_third_is_asked_to_come_back() {
    var pool = world.server().db().database().pool();
    SqlConnection lock = await(pool.getConnection());
    Transaction held = await(lock.begin());
    await(lock.query("LOCK TABLE scan IN ACCESS EXCLUSIVE MODE").execute());
    // Whichever comes last is refused at once; the others wait for the table.
    List<Future<EvidencePack>> making =
        List.of(make("2026-03-01"), make("2026-03-02"), make("2026-03-03"));
    Promise<String> refused = Promise.promise();
    for (Future<EvidencePack> one : making) {
      one.onFailure(e -> refused.tryComplete(e.getMessage()));
    }
    try {
      assertThat(await(refused.future()))
          .isEqualTo("2 packs are being made already: try again in a minute.");
    } finally {
      await(held.rollback());
      await(lock.close());
    }
    List<Future<EvidencePack>> rest = making.stream().filter(one -> !one.failed()).toList();
    assertThat(rest).hasSize(2);
    for (Future<EvidencePack> one : rest) {
      EvidencePack pack = await(one);
      assertThat(pack.file()).exists();
      pack.remove();
    }
    await(make("2026-03-03")).remove();
  }

  private static Future<EvidencePack> make(String from) {
    int site = world.site().id();
    return world
        .server()
        .collector()
        .evidence()
        .make(RunningCollector.ADMIN, site, from, "2026-03-31", true);
  }

  @Test
  void without_the_right_role_or_with_a_period_that_cannot_be_there_is_none() {
    Map<Integer, Role> viewer = Map.of(world.site().clientId(), Role.REQUESTER);
    assertThatThrownBy(() -> make(new Principal(null, "Mia", null, viewer), "2026-03-01"))
        .hasMessageContaining("\"auditor\" or \"approver\"");
    assertThatThrownBy(() -> make(new Principal(null, "Eve", null, Map.of()), "2026-03-01"))
        .hasMessage("There is no site " + world.site().id() + ".");
    assertThatThrownBy(() -> make(RunningCollector.ADMIN, "2026-04-03"))
        .hasMessageContaining("before it begins");
  }

  private static void make(Principal by, String from) {
    await(
        world
            .server()
            .collector()
            .evidence()
            .make(by, world.site().id(), from, "2026-04-02", true));
  }

  private static java.util.stream.Stream<JsonObject> lines(String sheet) {
    return EvidenceWorld.json(files, sheet).stream().map(JsonObject.class::cast);
  }
}
