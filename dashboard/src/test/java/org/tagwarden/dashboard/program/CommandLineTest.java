package org.tagwarden.dashboard.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.VisitOutcome;

class CommandLineTest {
  @TempDir Path folder;
  private Path report;

  @BeforeEach
  void write_a_report() throws IOException {
    report =
        Files.write(
            folder.resolve("report.json"),
            ReportCodec.write(
                SampleReports.report(
                    UUID.randomUUID(), SampleReports.shop("https://shop.example/"))));
  }

  @Test
  void help_names_every_command() {
    CommandRun run = CommandRun.of("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "up", "serve", "scan", "explain", "policy", "audit", "doctor", "work", "Exit codes");
  }

  @Test
  void explain_prints_the_tags_of_a_stored_report() {
    CommandRun run = CommandRun.of("explain", report.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("https://shop.example/", "Google Tag Manager", "GTM-");
  }

  @Test
  void explain_prints_the_same_as_json() throws IOException {
    CommandRun run = CommandRun.of("explain", "--json", report.toString());
    JsonNode summary = JsonMapper.builder().build().readTree(run.out());
    assertThat(summary.path("tags").findValuesAsText("key")).contains("google-tag-manager");
    assertThat(summary.path("pages").get(0).path("outcome").asText()).isEqualTo("COMPLETE");
  }

  @Test
  void explain_writes_a_page_that_asks_nobody_for_anything() throws IOException {
    Path page = folder.resolve("report.html");
    assertThat(CommandRun.of("explain", "--html", page.toString(), report.toString()).exitCode())
        .isZero();
    assertThat(Files.readString(page))
        .contains("Google Tag Manager")
        .doesNotContainPattern("<(script|link|img|iframe)[^>]+(src|href)=[\"']?https?:");
  }

  @Test
  void a_finding_at_or_above_the_limit_ends_with_1() {
    assertThat(CommandRun.of("explain", "--fail-on", "low", report.toString()).exitCode())
        .isEqualTo(1);
  }

  @Test
  void a_wrong_flag_is_named_and_ends_with_2() {
    failed(CommandRun.of("scan", "--resolv", "x", "https://shop.example"), 2, "--resolv");
    failed(CommandRun.of("explain", "--fail-on", "huge", report.toString()), 2, "--fail-on");
    failed(CommandRun.of("scann"), 2, "scann");
  }

  @Test
  void a_url_that_is_none_ends_with_2_and_says_how_to_write_it() {
    failed(CommandRun.of("scan", "shop.example"), 2, "say https://shop.example.");
    failed(CommandRun.of("scan", "ftp://shop.example"), 2, "is no web address");
    failed(CommandRun.of("scan", "https://a b"), 2, "is no web address");
  }

  @Test
  void a_value_out_of_bounds_ends_with_2() {
    failed(CommandRun.of("scan", "--timeout", "0", "https://shop.example"), 2, "--timeout");
    failed(
        CommandRun.of("scan", "--cacert", "/nowhere.pem", "https://shop.example"), 2, "--cacert");
    failed(CommandRun.of("up", "--demo", "--demo-ports", "1,2,3"), 2, "--demo-ports");
  }

  @Test
  void a_folder_that_cannot_be_written_to_ends_with_3() {
    CommandRun run = CommandRun.of("scan", "--out", report + "/below", "https://shop.example");
    failed(run, 3, "choose another with --out DIR");
  }

  @Test
  void a_report_that_is_none_ends_with_3_and_a_file_that_is_missing_with_2() throws IOException {
    Path none = Files.writeString(folder.resolve("none.json"), "{\"a\":1}");
    failed(CommandRun.of("explain", none.toString()), 3, "no scan report");
    Files.writeString(none, "<html>");
    failed(CommandRun.of("explain", none.toString()), 3, "not JSON");
    failed(CommandRun.of("explain", folder + "/gone.json"), 2, "does not exist");
  }

  @Test
  void a_report_of_a_newer_major_format_ends_with_3() throws IOException {
    String newer =
        Files.readString(report)
            .replaceFirst("\"formatVersion\":\"1[.]\\d+\"", "\"formatVersion\":\"2.0\"");
    failed(
        CommandRun.of("explain", Files.writeString(report, newer).toString()),
        3,
        "version \"2.0\"");
  }

  @Test
  void a_report_of_pages_that_could_not_be_loaded_ends_with_3_and_says_why() throws IOException {
    Files.write(
        report,
        ReportCodec.write(
            SampleReports.report(
                UUID.randomUUID(),
                SampleReports.visit("https://gone.example/")
                    .outcome(VisitOutcome.FAILED)
                    .problem("dns-failure", "gone.example does not resolve: check the name."))));
    CommandRun run = CommandRun.of("explain", report.toString());
    failed(run, 3, "gone.example does not resolve");
    assertThat(run.out()).contains("Nothing was seen").doesNotContain("No findings");
  }

  private static void failed(CommandRun run, int exitCode, String sentence) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err()).startsWith("tagwarden: ").contains(sentence).doesNotContain("\tat ");
  }
}
