package org.tagwarden.dashboard.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job, end to end, as one life of an installation: each test begins where the last ended.
 */
@Tag("browser")
@Tag("database")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoEndToEndTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int SITES = 3;

  @TempDir static Path folder;
  private static Path data;
  private static List<Integer> ports;
  private static TagwardenProcess tagwarden;

  @BeforeAll
  static void start() throws IOException {
    data = folder.resolve("data");
    ports = freePorts(5);
    tagwarden = new TagwardenProcess(data, ports);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    tagwarden.stop();
  }

  @Test
  @Order(1)
  void real_scans_fill_the_inventories_of_three_clients() throws Exception {
    JsonNode sites = tagwarden.api("sites");
    assertThat(sites.findValuesAsText("clientName")).doesNotHaveDuplicates().hasSize(SITES);
    for (JsonNode site : sites) {
      until("scan of " + site.path("name"), () -> scan(site), DemoEndToEndTest::isDone);
      assertThat(scan(site).path("failedVisits").asInt()).isZero();
      assertThat(tagwarden.api("sites/" + site.path("id") + "/tags").findValuesAsText("key"))
          .contains("google-tag-manager", "google-analytics", "onetrust")
          .anyMatch(key -> key.startsWith("host:"));
    }
  }

  @Test
  @Order(2)
  void one_mail_goes_out_for_each_site_with_scripts_that_nobody_approved() throws Exception {
    until("mails", tagwarden::mails, mails -> mails.size() >= SITES);
    assertThat(unapproved()).hasSizeGreaterThan(SITES);
    assertThat(tagwarden.mails())
        .doesNotHaveDuplicates()
        .hasSize(SITES)
        .allMatch(mail -> mail.contains("scripts that nobody approved run on"));
  }

  @Test
  @Order(3)
  void another_scan_of_the_same_pages_sends_no_mail_again() throws Exception {
    List<String> before = tagwarden.mails();
    JsonNode site = tagwarden.api("sites").get(0);
    String first = scan(site).path("id").asText();
    tagwarden.post("sites/" + site.path("id") + "/scans", "{\"kind\":\"VISITS\"}");
    until(
        "second scan",
        () -> scan(site),
        scan -> isDone(scan) && !scan.path("id").asText().equals(first));
    assertThat(tagwarden.mails()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  @Order(4)
  void a_second_start_is_refused_while_the_first_runs_and_says_why() {
    CommandRun run = CommandRun.of("up", "--data", data.toString(), "--port", "" + ports.get(0));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("already runs on " + data);
  }

  @Test
  @Order(5)
  void a_taken_port_is_named_with_the_option_that_changes_it() {
    CommandRun run = CommandRun.of("up", "--data", folder + "/other", "--port", "" + ports.get(0));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("Port " + ports.get(0), "--port N");
    assertThat(CommandRun.of("doctor", "--port", "" + ports.get(0)).out())
        .contains("port " + ports.get(0) + " is in use: a Tagwarden answers there");
  }

  @Test
  @Order(6)
  void sigterm_leaves_no_process_and_the_next_start_finds_the_data() throws Exception {
    List<String> tags = tagwarden.api("sites/1/tags").findValuesAsText("key");
    String link = tagwarden.signInLink();
    tagwarden.stop();
    assertThat(TagwardenProcess.processesOf(data)).isEmpty();

    tagwarden = new TagwardenProcess(data, ports);
    assertThat(tagwarden.api("sites/1/tags").findValuesAsText("key"))
        .containsExactlyInAnyOrderElementsOf(tags);
    assertThat(tagwarden.signInLink()).isNotEqualTo(link);
  }

  @Test
  @Order(7)
  void kill_9_leaves_nothing_that_blocks_the_next_start() throws Exception {
    tagwarden.kill();
    tagwarden = new TagwardenProcess(data, ports);
    assertThat(tagwarden.api("sites")).hasSize(SITES);
    tagwarden.stop();
    assertThat(TagwardenProcess.processesOf(data)).isEmpty();
  }

  /** The site's newest scan of page visits. */
  private static JsonNode scan(JsonNode site) throws IOException, InterruptedException {
    for (JsonNode scan : tagwarden.api("sites/" + site.path("id") + "/scans"))
      if (scan.path("kind").asText().equals("VISITS")) return scan;
    throw new AssertionError("No scan of " + site);
  }

  private static boolean isDone(JsonNode scan) {
    return scan.path("state").asText().equals("DONE");
  }

  private static List<JsonNode> unapproved() throws IOException, InterruptedException {
    List<JsonNode> findings = new ArrayList<>();
    for (JsonNode site : tagwarden.api("sites"))
      for (JsonNode finding : tagwarden.api("sites/" + site.path("id") + "/findings"))
        if (finding.path("checkId").asText().equals("unapproved-script")) findings.add(finding);
    return findings;
  }

  private interface Check<T> {
    boolean holds(T value) throws Exception;
  }

  private static <T> void until(String what, Callable<T> look, Check<T> check) throws Exception {
    long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
    T last = look.call();
    while (!check.holds(last)) {
      assertThat(System.nanoTime()).as("no %s in time: %s", what, last).isLessThan(giveUpAt);
      Thread.sleep(LOOK.toMillis()); // another process has no event to await
      last = look.call();
    }
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) sockets.add(new ServerSocket(0));
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) socket.close();
    }
  }
}
