package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import picocli.CommandLine;

/** {@code tagwarden evidence}: exported from a running server, checked without one. */
@Tag("database")
class EvidenceCommandTest {
  private static final Principal ANN = new Principal(null, "Ann", Role.ADMIN, Map.of());
  private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
  private static DemoServer server;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server = DemoServer.filled();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String token(Role role, @Nullable Integer site) {
    int client = server.clientId("Nordwind Retail");
    ApiTokens.Draft draft = new ApiTokens.Draft(role.word(), role, client, site, null);
    return await(server.collector().access().tokens().create(ANN, draft)).secret();
  }

  @Test
  void a_pack_is_exported_by_an_auditor_and_checked_by_itself() throws IOException {
    Path file = folder.resolve("pack.zip");
    Run export = export(token(Role.AUDITOR, null), "Nordwind Shop", file);
    assertThat(export.err()).isEmpty();
    assertThat(export.exitCode()).isZero();
    String fingerprint = server.collector().evidence().fingerprint();
    assertThat(export.out())
        .contains("Nordwind Retail: Nordwind Shop", "(UTC days)", "by auditor", fingerprint);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(server.auditOnce("export evidence pack").get(0).who()).isEqualTo("auditor");

    Run verify = execute("evidence", "verify", file.toString(), "--key", fingerprint);
    assertThat(verify.exitCode()).isZero();
    assertThat(verify.out()).startsWith("Intact: ").doesNotContain("Anybody can sign");
    assertThat(execute("evidence", "verify", file.toString()).out()).contains("Anybody can sign");
    Run other = execute("evidence", "verify", file.toString(), "--key", "ab".repeat(32));
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.out()).contains("signed with another key", "is not the pack that was made");

    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= (byte) 0xFF;
    Files.write(file, bytes);
    Run changed = execute("evidence", "verify", file.toString());
    assertThat(changed.exitCode()).isEqualTo(1);
    assertThat(changed.out()).containsPattern("(data|audit|report)[^ ]* was changed");
  }

  @Test
  void a_token_for_one_site_gets_that_sites_pack_without_the_clients_audit_log()
      throws IOException {
    Path file = folder.resolve("site.zip");
    int site = server.siteId("Nordwind Shop");
    String token = token(Role.APPROVER, site);
    assertThat(export(token, "" + site, file).exitCode()).isZero();
    try (var zip = new java.util.zip.ZipFile(file.toFile())) {
      for (String sheet : List.of("audit", "setting-history")) {
        var records = zip.getInputStream(zip.getEntry("data/" + sheet + ".json"));
        assertThat(records.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("[\n]\n");
      }
    }
    assertThat(export(token, "Nordwind Shop", file).err()).contains("only calls below /sites/");
  }

  @Test
  void what_cannot_be_exported_is_said_in_a_sentence_and_leaves_no_file() throws IOException {
    Path file = folder.resolve("none.zip");
    String approver = token(Role.APPROVER, null);
    assertThat(export(token(Role.REQUESTER, null), "Nordwind Shop", file).err())
        .contains("\"approver\" or \"auditor\"");
    assertThat(export(approver, "Nowhere", file).err()).contains("sees no site \"Nowhere\"");
    Run future =
        execute(arguments(approver, "Nordwind Shop", "2026-01-01", TODAY.plusDays(2) + "", file));
    assertThat(future.exitCode()).isEqualTo(3);
    assertThat(future.err()).contains("The period ends after today");
    Run typo = execute(arguments(approver, "Nordwind Shop", "1.1.2026", TODAY + "", file));
    assertThat(typo.err()).contains("\"1.1.2026\" is no day: write it like 2026-03-31.");
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    assertThat(execute("evidence").exitCode()).isEqualTo(2);
    assertThat(execute("evidence", "verify", file.toString()).err()).contains("does not exist");
    Run key = execute("evidence", "verify", file.toString(), "--key", "abc");
    assertThat(key.err()).contains("64 hex digits");
  }

  @Test
  void the_page_shows_the_key_and_exports_what_its_form_says() throws Exception {
    Browserless tom = Browserless.as(server, DemoServer.APPROVER);
    String path = "/sites/" + server.siteId("Nordwind Shop") + "/evidence";
    String page = tom.get(path).body();
    String fingerprint = server.collector().evidence().fingerprint();
    assertThat(page)
        .contains(
            fingerprint.substring(0, 8) + " ", "BEGIN PUBLIC KEY", "Visits and runs are kept");

    HttpResponse<String> wrong =
        tom.post(path, Map.of("from", TODAY + "", "to", TODAY.minusDays(3) + ""));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("before it begins on " + TODAY);

    HttpResponse<String> pack =
        tom.post(path, Map.of("from", TODAY.minusDays(30) + "", "to", TODAY + ""));
    assertThat(pack.statusCode()).isEqualTo(200);
    assertThat(pack.headers().firstValue("Content-Type")).contains("application/zip");
    assertThat(pack.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment; filename=\"evidence-nordwind-shop-");
    awaitNoPackLeft();
  }

  @Test
  void a_pack_arrives_whole_although_answers_are_compressed() throws Exception {
    String query = "?from=" + TODAY.minusDays(9) + "&to=" + TODAY;
    URI uri =
        URI.create(
            server.url() + "/api/v1/sites/" + server.siteId("Nordwind Shop") + "/evidence" + query);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token(Role.AUDITOR, null))
            .header("Accept-Encoding", "gzip, deflate")
            .build();
    HttpResponse<Path> answer =
        HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.ofFile(folder.resolve("a.zip")));
    assertThat(answer.headers().firstValueAsLong("Content-Length"))
        .hasValue(Files.size(answer.body()));
    assertThat(execute("evidence", "verify", answer.body().toString()).exitCode()).isZero();
  }

  /** It goes with the end of the answer, which may come after its last byte. */
  private static void awaitNoPackLeft() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try (var files = Files.list(server.collector().config().dataDir().resolve("evidence"))) {
        List<Path> left = files.toList();
        if (left.isEmpty()) return;
        if (System.nanoTime() > deadline) throw new AssertionError(left + " was left behind");
      }
    }
  }

  private static Run export(String token, String site, Path file) {
    return execute(arguments(token, site, TODAY.minusDays(60) + "", TODAY + "", file));
  }

  private static String[] arguments(String token, String site, String from, String to, Path file) {
    List<String> all = new ArrayList<>(List.of("evidence", "export"));
    all.addAll(List.of("--server", server.url(), "--token", token, "--site", site));
    all.addAll(List.of("--from", from, "--to", to, file.toString()));
    return all.toArray(String[]::new);
  }

  private record Run(int exitCode, String out, String err) {}

  private static Run execute(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    int exitCode = command.execute(arguments);
    return new Run(exitCode, out.toString(), err.toString());
  }
}
