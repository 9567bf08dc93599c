package org.tagwarden.collector.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.RunningCollector;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.changes.ChangeBook;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;

/** A pack of a site whose visits came in as scanners send them, on an installation of its own. */
@Tag("database")
class WatchedEvidenceTest {
  private static final String CHAT = "https://widget.intercom.io/widget/abc123";
  private static final int LEARNED = 15;

  @TempDir Path data;
  private final MovableClock clock = MovableClock.at("2026-03-02T06:00:00Z");
  private TestDatabase db;
  private TestSite site;
  private EvidencePacks packs;

  @BeforeEach
  void start() throws IOException {
    db = TestDatabase.fresh();
    site = TestSite.create(db, clock);
    packs = packs();
  }

  private EvidencePacks packs() throws IOException {
    AuditLog audit = new AuditLog(clock);
    ServerConfig config = ServerConfig.load(null, Map.of("TAGWARDEN_DATA_DIR", data.toString()));
    return new EvidencePacks(
        db.vertx(),
        db.database(),
        new Sites(db.database(), audit, clock),
        audit,
        config,
        EvidencePacks.key(config, clock),
        clock);
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void a_script_and_a_header_that_changed_are_told_from_those_that_are_as_they_were()
      throws IOException {
    site.decide(DecisionSubject.tag("intercom"), DecisionState.APPROVED);
    for (int i = 0; i < LEARNED; i++) take("chat();", "DENY");
    take("chat();wave();", "ALLOWALL");

    Map<String, String> files = pack();
    assertThat(lines(files, "scripts").filter(s -> CHAT.equals(s.getString("script"))))
        .extracting(s -> s.getString("text_state"), s -> s.getString("verdict"))
        .containsExactly(tuple("AS BASELINE", "APPROVED"), tuple("CHANGED", "APPROVED"));
    assertThat(lines(files, "headers").filter(h -> h.getString("status").equals("OPEN")))
        .singleElement()
        .satisfies(
            header -> {
              assertThat(header.getString("header")).isEqualTo("X-Frame-Options");
              assertThat(header.getString("baseline")).isEqualTo("DENY");
              assertThat(header.getString("current")).isEqualTo("ALLOWALL");
              assertThat(header.getString("result")).isEqualTo("CHANGED");
            });
    assertThat(
            lines(files, "changes").map(c -> c.getString("kind") + " " + c.getString("decision")))
        .contains("SCRIPT OPEN", "HEADER OPEN");
    assertThat(lines(files, "visits")).hasSize(LEARNED + 1);
    assertThat(lines(files, "tags").map(t -> t.getString("product")))
        .contains("Intercom Messenger");
  }

  @Test
  void a_header_is_told_as_it_stood_at_the_end_of_each_period() throws IOException {
    for (int i = 0; i < LEARNED; i++) take("chat();", "DENY");
    clock.moveTo("2026-03-04T09:00:00Z");
    take("chat();", "ALLOWALL");
    take("chat();", "ALLOWALL");
    clock.moveTo("2026-03-06T09:00:00Z");
    accept("X-Frame-Options", "The partner shows us in a frame.");
    clock.moveTo("2026-03-08T09:00:00Z");
    take("chat();", "");
    take("chat();", "");

    JsonObject learned = framing("2026-03-03");
    assertThat(learned.getString("current")).isEqualTo("DENY");
    assertThat(learned.getString("status")).isEqualTo("AS BASELINE");
    assertThat(learned.getString("last_changed")).isNull();
    JsonObject open = framing("2026-03-05");
    assertThat(open.getString("baseline")).isEqualTo("DENY");
    assertThat(open.getString("current")).isEqualTo("ALLOWALL");
    assertThat(open.getString("status")).isEqualTo("OPEN");
    assertThat(open.getString("accepted_by")).isNull();
    JsonObject accepted = framing("2026-03-07");
    assertThat(accepted.getString("baseline")).isEqualTo("ALLOWALL");
    assertThat(accepted.getString("result")).isEqualTo("SAME");
    assertThat(accepted.getString("accepted_because"))
        .isEqualTo("The partner shows us in a frame.");
    JsonObject gone = framing("2026-03-09");
    assertThat(gone.getString("baseline")).isEqualTo("ALLOWALL");
    assertThat(gone.getString("result")).isEqualTo("GONE");
    assertThat(gone.getString("status")).isEqualTo("OPEN");
    assertThat(gone.getInteger("changed_in_period")).isEqualTo(2);
  }

  private void accept(String header, String why) {
    int finding =
        Integer.parseInt(
            site.texts(
                    "SELECT id::text FROM finding WHERE state = 'OPEN' AND subject LIKE '%"
                        + header
                        + "%'")
                .get(0));
    var book =
        new ChangeBook(db.vertx(), db.database(), new FindingLedger(), new AuditLog(clock), clock);
    await(book.accept(RunningCollector.ADMIN, site.id(), finding, why));
  }

  private JsonObject framing(String until) throws IOException {
    return lines(pack("2026-03-01", until), "headers")
        .filter(h -> h.getString("header").equals("X-Frame-Options"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_script_of_a_payment_page_is_found_in_the_visits_of_it() throws IOException {
    site.decide(DecisionSubject.tag("intercom"), DecisionState.APPROVED);
    take("chat();", "DENY");
    take("chat();wave();", "DENY");
    // As a journey marks it.
    db.sql("UPDATE page_visit SET payment = true; UPDATE page_state SET payment = true");

    Map<String, String> files = pack();
    assertThat(lines(files, "payment-scripts").filter(s -> CHAT.equals(s.getString("script"))))
        .singleElement()
        .satisfies(
            script -> {
              assertThat(script.getString("page")).isEqualTo(HOME);
              assertThat(script.getString("sha256"))
                  .isEqualTo(SampleReports.hex("SHA-256", "chat();wave();"));
              assertThat(script.getInteger("versions")).isEqualTo(2);
              assertThat(script.getInteger("visits")).isEqualTo(2);
              assertThat(script.getString("product")).isEqualTo("Intercom Messenger");
              assertThat(script.getString("verdict")).isEqualTo("APPROVED");
              assertThat(script.getString("decided_by")).isEqualTo("Ida");
              assertThat(script.getString("justification")).isEqualTo("needed");
              assertThat(script.getString("party")).isEqualTo("THIRD");
              assertThat(script.getString("text_state")).isEqualTo("AS BASELINE");
              assertThat(script.getString("frame")).isEqualTo("the page");
              assertThat(script.getString("initiator_chain")).isEqualTo(HOME + ", line 12");
            });
    assertThat(files.get("report.html")).contains("Payment page", "needed");
  }

  @Test
  void a_report_stays_readable_and_says_where_the_rest_is() throws IOException {
    db.sql(
        """
        INSERT INTO site_change (site_id, at, visit_id, page_id, kind, subject, what, note)
        SELECT id, '2026-03-05', gen_random_uuid(), 0, 'COOKIE', 'c' || n, 'NEW', 'It comes and goes.'
        FROM site, generate_series(1, 450) n;
        INSERT INTO scan (id, site_id, kind, cause, due_at, created_at, started_at, finished_at, state, visits)
        SELECT gen_random_uuid(), id, 'VISITS', 'SCHEDULE', at, at, at, at, CASE n WHEN 7 THEN 'PARKED' ELSE 'DONE' END, 1
        FROM site, LATERAL (SELECT n, '2026-03-03'::timestamptz + n * interval '10 minutes' AS at FROM generate_series(1, 450) n) x
        """);

    Map<String, String> files = pack();
    assertThat(lines(files, "changes")).hasSize(450);
    assertThat(files.get("report.html"))
        .contains(
            "These are the first 400 of 450; all of them are in data/changes.csv.",
            "There are many runs: shown are those that did not succeed.",
            "449 of 450 runs saw the site")
        .containsOnlyOnce("Did not run");
  }

  @Test
  void a_pack_that_could_not_be_made_leaves_no_file_and_takes_no_place() throws IOException {
    db.sql("ALTER TABLE ownership RENAME TO elsewhere");
    for (int i = 0; i < 3; i++) assertThatThrownBy(this::pack).hasMessageContaining("ownership");
    db.sql("ALTER TABLE elsewhere RENAME TO ownership");

    assertThat(left()).isEmpty();
    assertThat(pack()).containsKey("report.html");
    assertThat(left()).isEmpty();
  }

  @Test
  void what_a_server_that_died_left_behind_goes_at_a_later_start_and_its_key_stays()
      throws IOException {
    Path folder = Files.createDirectories(data.resolve("evidence"));
    Path old = Files.createFile(folder.resolve("pack1.zip"));
    Files.setLastModifiedTime(old, FileTime.from(clock.instant().minus(Duration.ofHours(25))));
    Path fresh = Files.createFile(folder.resolve("pack2.zip"));
    Files.setLastModifiedTime(fresh, FileTime.from(clock.instant()));

    assertThat(packs().fingerprint()).isEqualTo(packs.fingerprint());
    assertThat(left()).containsExactly(fresh);
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("evidence"))) {
      return files.toList();
    }
  }

  private void take(String chat, String framing) {
    clock.advance(Duration.ofHours(1));
    Instant now = clock.instant();
    SampleVisit visit =
        SampleReports.visit(HOME).visitId(UUID.randomUUID()).at(now).script(CHAT, chat);
    if (!framing.isEmpty()) visit.documentHeader("X-Frame-Options", framing);
    site.take(visit);
  }

  private Map<String, String> pack() throws IOException {
    return pack("2026-03-01", "2026-03-09");
  }

  private Map<String, String> pack(String from, String to) throws IOException {
    clock.moveTo("2026-03-10T00:00:00Z");
    EvidencePack pack = await(packs.make(RunningCollector.ADMIN, site.id(), from, to, true));
    try {
      assertThat(PackVerifier.verify(pack.file(), packs.fingerprint()).problems()).isEmpty();
      return EvidenceWorld.unpack(Files.readAllBytes(pack.file()));
    } finally {
      pack.remove();
    }
  }

  private static Stream<JsonObject> lines(Map<String, String> files, String sheet) {
    return EvidenceWorld.json(files, sheet).stream().map(JsonObject.class::cast);
  }
}
