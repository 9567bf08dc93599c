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
import org.tagwarden.collector.db.TestDatabase;
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
  void a_script_and_a_header_that_changed_are_told_from_those_that_are_as_authorized()
      throws IOException {
    site.decide(DecisionSubject.tag("intercom"), DecisionState.APPROVED);
    for (int i = 0; i < LEARNED; i++) take("chat();", "DENY");
    take("chat();wave();", "ALLOWALL");

    Map<String, String> files = pack();
    assertThat(lines(files, "scripts").filter(s -> CHAT.equals(s.getString("script"))))
        .extracting(s -> s.getString("text_state"), s -> s.getString("verdict"))
        .containsExactly(tuple("AS AUTHORIZED", "APPROVED"), tuple("CHANGED", "APPROVED"));
    assertThat(lines(files, "headers").filter(h -> h.getString("status").equals("OPEN")))
        .singleElement()
        .satisfies(
            header -> {
              assertThat(header.getString("header")).isEqualTo("X-Frame-Options");
              assertThat(header.getString("last_authorized")).isEqualTo("DENY");
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
        SampleReports.visit(HOME)
            .visitId(UUID.randomUUID())
            .at(now)
            .documentHeader("X-Frame-Options", framing)
            .script(CHAT, chat);
    site.take(visit);
  }

  private Map<String, String> pack() throws IOException {
    clock.moveTo("2026-03-10T00:00:00Z");
    EvidencePack pack =
        await(packs.make(RunningCollector.ADMIN, site.id(), "2026-03-01", "2026-03-09", true));
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
