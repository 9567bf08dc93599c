package org.tagwarden.dashboard.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.VendorCatalog;
import org.tagwarden.dashboard.Main;
import org.tagwarden.dashboard.program.scan.JudgedVisit;
import org.tagwarden.dashboard.program.scan.Judgement;
import org.tagwarden.dashboard.program.scan.VisitorArguments;
import org.tagwarden.fixtures.TestSideBySide;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;
import picocli.CommandLine;

/** The one-off scan of the playground, in a real Chromium, by the scanner as its own process. */
@Tag("browser")
class ScanEndToEndTest {
  private static final String SHOP = "https://shop.nordlys-shoes.example/";
  private static final String INSURER = "https://www.halden-insurance.example/";
  private static final String NEWSPAPER = "https://www.morgenpost-city.example/";

  /** Said in other words to people, or to nobody. */
  private static final Set<String> BETWEEN_THE_PROGRAMS =
      Set.of("--data", "--name", "--settle-ms", "--timeout-ms", "--chromedriver");

  @TempDir static Path folder;
  private static Process playground;
  private static final List<String> MAPPINGS = new ArrayList<>();

  @BeforeAll
  static void start_the_playground() throws IOException {
    playground =
        new ProcessBuilder(
                Home.find()
                    .playground(
                        "--end-with-stdin",
                        "--http-port",
                        "0",
                        "--https-port",
                        "0",
                        "--folder",
                        folder.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = playground.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (!line.startsWith("Connect to: ")) continue;
      for (String mapping : line.substring("Connect to: ".length()).split(" ", -1))
        MAPPINGS.addAll(List.of("--connect-to", mapping));
      String names = out.readLine();
      MAPPINGS.addAll(List.of("--dns-server", names.substring("DNS server: ".length())));
      return;
    }
    throw new IOException("The playground did not start");
  }

  @AfterAll
  static void stop_the_playground() throws InterruptedException {
    playground.destroy();
    playground.waitFor();
  }

  @TestSideBySide
  void a_scan_prints_the_tags_and_writes_three_files() throws IOException {
    Path out = folder.resolve("shop");
    CommandRun run = scan(out, SHOP);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("1/1 " + SHOP + ": done");
    assertThat(run.out())
        .contains("Google Tag Manager", "GTM-N0RDL7S", "OneTrust", "cdn.shoefit-adviser.example");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("report.json", "report.html", "page.har");
    }

    CommandRun again = CommandRun.of("explain", out.resolve("report.json").toString());
    assertThat(again.exitCode()).isZero();
    assertThat(run.out()).startsWith(again.out().stripTrailing());
    JsonNode har = JsonMapper.builder().build().readTree(out.resolve("page.har").toFile());
    assertThat(har.path("log").path("entries").findValuesAsText("url")).contains(SHOP);
  }

  @TestSideBySide
  void every_tag_is_laid_to_who_deployed_it() throws IOException {
    Path out = folder.resolve("loaders");
    List<String> sites = List.of(SHOP, INSURER, NEWSPAPER);
    CommandRun run = scan(out, SHOP, INSURER, NEWSPAPER);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("Google Tag Manager GTM-HLD4N22 v17");
    ScanReport report = ReportCodec.readReport(Files.readAllBytes(out.resolve("report.json")));
    Judgement judged = Judgement.of(report, new Recogniser(VendorCatalog.load(null)), List.of());
    assertThat(report.visits()).extracting(PageVisit::page).containsAll(sites);
    for (JudgedVisit visit : judged.visits()) {
      ExpectedTags expected = ExpectedTags.of(visit.visit().page());
      assertThat(expected.complaints(visit.recognition())).as(visit.visit().page()).isEmpty();
    }
  }

  @TestSideBySide
  void a_host_that_does_not_resolve_ends_with_3_and_names_it() {
    CommandRun run =
        CommandRun.of("scan", "https://no-such-host.invalid/", "--out", folder + "/gone");
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err()).contains("no-such-host.invalid");
  }

  @TestSideBySide
  void a_site_that_answers_503_ends_with_3_and_says_so() {
    CommandRun run = scan(folder.resolve("down"), "https://torture.example/status-503");
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err()).contains("503");
  }

  @TestSideBySide
  void a_certificate_that_has_expired_ends_with_3_unless_insecure_is_asked_for() {
    String url = "https://expired.torture.example/";
    CommandRun run = scan(folder.resolve("expired"), url);
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err()).contains("expired.torture.example").containsIgnoringCase("certificate");
    assertThat(scan(folder.resolve("insecure"), url, "--insecure").err())
        .doesNotContainIgnoringCase("certificate");
  }

  @TestSideBySide
  void a_private_address_is_refused_unless_it_is_allowed() {
    String url = "http://" + MAPPINGS.get(1).substring(":80:".length()) + "/";
    CommandRun run = CommandRun.of("scan", url, "--out", folder + "/private");
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err()).contains("127.0.0.1", "--allow-private");
  }

  @TestSideBySide
  void a_mapping_that_is_none_ends_with_2_and_one_sentence() {
    CommandRun run = scan(folder.resolve("unmapped"), SHOP, "--resolve", "nonsense");
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
    assertThat(run.err()).contains("nonsense", "HOST:PORT:ADDRESS").hasLineCount(1);
    assertThat(folder.resolve("unmapped")).doesNotExist();
  }

  @TestSideBySide
  void a_browser_that_is_missing_ends_with_3_and_leaves_nothing_behind() {
    Path out = folder.resolve("nothing");
    CommandRun run = scan(out, SHOP, "--chromium", "/nowhere/chromium");
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err()).contains("/nowhere/chromium").doesNotContain("\tat ");
    assertThat(out).doesNotExist();
  }

  @TestSideBySide
  void what_can_be_said_of_a_visit_is_said_to_the_scanner_in_the_same_words() throws Exception {
    Set<String> ofTheScanner = optionsOfTheScanner();
    assertThat(optionsOf(new CommandLine(new VisitorArguments()))).isSubsetOf(ofTheScanner);
    ofTheScanner.removeAll(BETWEEN_THE_PROGRAMS);
    assertThat(optionsOf(Main.commandLine().getSubcommands().get("scan")))
        .containsAll(ofTheScanner);
  }

  private static Set<String> optionsOfTheScanner() throws IOException {
    Process help =
        new ProcessBuilder(Home.find().agent("capture", "--help"))
            .redirectErrorStream(true)
            .start();
    String text = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Pattern.compile("--[a-z][a-z-]+")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> optionsOf(CommandLine command) {
    return command.getCommandSpec().optionsMap().keySet().stream()
        .filter(name -> name.startsWith("--"))
        .collect(Collectors.toSet());
  }

  private static CommandRun scan(Path out, String url, String... more) {
    List<String> arguments = new ArrayList<>(List.of("scan", url, "--out", out.toString()));
    arguments.addAll(MAPPINGS);
    arguments.addAll(List.of("--cacert", folder.resolve("playground-ca.pem").toString()));
    arguments.addAll(List.of("--allow-private", "--settle", "1"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }
}
