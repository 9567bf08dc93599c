package org.tagwarden.collector.evidence;

import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.json.JsonArray;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.RunningCollector;
import org.tagwarden.collector.evidence.ScopeNotes.Written;
import org.tagwarden.collector.governance.DecisionOrder;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;

/** A shop with a payment page, and three months of what may happen to it. */
final class EvidenceWorld implements AutoCloseable {
  static final String FROM = "2026-01-01";
  static final String TO = "2026-03-31";

  private final RunningCollector server = RunningCollector.start(Map.of());
  private final Site site;

  EvidenceWorld() {
    server.clock().moveTo("2025-12-20T10:00:00Z");
    var collector = server.collector();
    int client = await(collector.clients().create(RunningCollector.ADMIN, "Bakery & Sons")).id();
    site =
        await(
            collector
                .sites()
                .create(
                    RunningCollector.ADMIN,
                    client,
                    SiteDraft.of("Shop <b>", "https://shop.example")));
    server.db().sql(rows().replace(":site", "" + site.id()));
    server.clock().moveTo("2025-12-22T09:00:00Z");
    standard("# Old rules");
    standard("# Tags <come> by the container");
    note(PaymentEmbedding.OWN_FORM, "");
    server.clock().moveTo("2026-01-10T09:00:00Z");
    decide("payments", DecisionState.APPROVED, "It takes the payments.");
    server.clock().moveTo("2026-02-10T09:00:00Z");
    note(PaymentEmbedding.PROVIDER_FRAME, "Paywell; SAQ A.");
    decide("payments", DecisionState.APPROVED, "It takes the payments, by contract 17.");
    server.clock().moveTo("2026-04-02T07:30:00Z");
    // After the period: not for its evidence.
    note(PaymentEmbedding.REDIRECT, "From April on.");
    standard("# Nothing at all");
    decide("chat", DecisionState.APPROVED, "Too late for this quarter.");
  }

  RunningCollector server() {
    return server;
  }

  Site site() {
    return site;
  }

  private void note(PaymentEmbedding payment, String words) {
    ScopeNotes notes = server.collector().evidence().notes();
    int after = await(notes.get(RunningCollector.ADMIN, site.id())).map(Written::version).orElse(0);
    ScopeNote note = new ScopeNote(Environment.PRODUCTION, payment, words);
    await(notes.write(RunningCollector.ADMIN, site.id(), after, note));
  }

  private void standard(String text) {
    var standards = server.collector().alerts().standards();
    int after = await(standards.versions(RunningCollector.ADMIN, site.clientId())).size();
    await(standards.write(RunningCollector.ADMIN, site.clientId(), after, text));
  }

  private void decide(String tag, DecisionState state, String why) {
    await(
        server
            .collector()
            .decisions()
            .decide(
                new DecisionOrder(
                    site.id(), DecisionSubject.tag(tag), state, why, null, "Tom Brandt")));
  }

  /** The files of a new pack by their names, each as text. */
  Map<String, String> pack() {
    return pack(FROM, TO);
  }

  Map<String, String> pack(String from, String to) {
    EvidencePack pack =
        await(
            server.collector().evidence().make(RunningCollector.ADMIN, site.id(), from, to, true));
    try {
      PackVerdict verdict =
          PackVerifier.verify(pack.file(), server.collector().evidence().fingerprint());
      if (!verdict.intact()) throw new AssertionError(verdict.problems());
      return unpack(Files.readAllBytes(pack.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      pack.remove();
    }
  }

  static Map<String, String> unpack(byte[] zip) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (@Nullable ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  static JsonArray json(Map<String, String> files, String sheet) {
    return new JsonArray(files.get("data/" + sheet + ".json"));
  }

  private static String rows() {
    try (var stream = EvidenceWorld.class.getResourceAsStream("evidence-world.sql")) {
      return new String(
          java.util.Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
