package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import picocli.CommandLine;

/** {@code tagwarden policy} against a running server. */
@Tag("database")
class PolicyCommandTest {
  private static final Principal ANN = new Principal(null, "Ann", Role.ADMIN, Map.of());
  private static DemoServer server;
  private static String approver;
  private static String viewer;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server = DemoServer.filled();
    int client = server.clientId("Nordwind Retail");
    approver = token(Role.APPROVER, client);
    viewer = token(Role.VIEWER, client);
  }

  private static String token(Role role, int client) {
    ApiTokens.Draft draft = new ApiTokens.Draft(role.word(), role, client, null);
    return await(server.collector().access().tokens().create(ANN, draft)).secret();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void what_is_exported_is_edited_planned_and_applied() throws IOException {
    Path file = folder.resolve("policy.yaml");
    assertThat(run(viewer, "export", file).exitCode()).isZero();
    String policy = Files.readString(file);
    assertThat(policy).contains("client: \"Nordwind Retail\"").contains("product: \"hotjar\"");
    assertThat(run(approver, "plan", file).out()).startsWith("0 to change, ");

    Files.writeString(
        file,
        policy
            + """
              - vendor: Google
                verdict: approved
                justification: Measurement on every site.
            """);
    Run plan = run(approver, "plan", file);
    assertThat(plan.out())
        .contains("+ vendor Google on all sites")
        .contains("    verdict: (none) -> approved")
        .contains("1 to change, ");
    assertThat(authorizations("Google")).isZero();
    assertThat(run(viewer, "apply", file).err()).contains("approver");
    assertThat(run(approver, "apply", file).exitCode()).isZero();
    assertThat(authorizations("Google")).isEqualTo(1);
  }

  @Test
  void a_typo_is_said_with_line_and_column_and_changes_nothing() throws IOException {
    Path file = folder.resolve("typo.yaml");
    Files.writeString(
        file,
        """
        authorizations:
          - vendor: Meta
            verdict: approved
            justifcation: Ads.
        """);
    Run run = run(approver, "apply", file);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("tagwarden: Line 4, column 5: An authorization knows no \"justifcation\"");
    assertThat(authorizations("Meta")).isZero();
  }

  @Test
  void what_is_missing_is_said_in_a_sentence() {
    Path nowhere = folder.resolve("nowhere.yaml");
    assertThat(run(approver, "plan", nowhere).err()).contains("does not exist");
    assertThat(run("", "plan", nowhere).err()).contains("does not exist");
    assertThat(run("tw_guessed", "export", nowhere).exitCode()).isEqualTo(3);
    assertThat(execute("policy").exitCode()).isEqualTo(2);
  }

  private static int authorizations(String vendor) {
    return server.id(
        "SELECT count(*)::int FROM tag_authorization WHERE subject = $1 AND withdrawn_at IS NULL",
        vendor);
  }

  private record Run(int exitCode, String out, String err) {}

  private static Run run(String token, String command, Path file) {
    return execute(
        "policy",
        command,
        "--server",
        server.url(),
        "--token",
        token,
        "--client",
        "Nordwind Retail",
        file.toString());
  }

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
