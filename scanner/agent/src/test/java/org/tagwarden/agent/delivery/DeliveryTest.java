package org.tagwarden.agent.delivery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.ScanReport;

class DeliveryTest {
  private static final long ROOMY = 100_000_000;

  @TempDir Path folder;

  @Test
  void a_report_leaves_the_disk_when_the_server_has_it() throws Exception {
    try (TestServer server = new TestServer(0);
        Spool spool = new Spool(folder, ROOMY);
        Delivery delivery = new Delivery(spool, server.connection(), quick())) {
      ScanReport report = report();
      assertThat(delivery.send(ReportKind.SCAN, report).get(10, SECONDS)).isTrue();

      assertThat(server.received).containsExactly(visit(report));
      assertThat(spool.waiting()).isEmpty();
    }
  }

  @Test
  void reports_wait_in_order_while_the_server_is_away_and_go_out_when_it_is_back()
      throws Exception {
    TestServer first = new TestServer(0);
    int port = first.port();
    first.close();
    try (Spool spool = new Spool(folder, ROOMY);
        Delivery delivery = new Delivery(spool, first.connection(), quick())) {
      List<UUID> sent = new ArrayList<>();
      List<CompletableFuture<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ScanReport report = report();
        sent.add(visit(report));
        answers.add(delivery.send(ReportKind.SCAN, report));
      }
      assertThat(spool.waiting()).hasSize(5);

      try (TestServer again = new TestServer(port)) {
        for (CompletableFuture<Boolean> answer : answers)
          assertThat(answer.get(10, SECONDS)).isTrue();
        assertThat(again.received).containsExactlyElementsOf(sent);
      }
      assertThat(spool.waiting()).isEmpty();
    }
  }

  @Test
  void what_an_earlier_process_left_behind_goes_first() throws Exception {
    ScanReport left = report();
    try (Spool spool = new Spool(folder, ROOMY)) {
      spool.add(ReportKind.SCAN, left);
    }
    ScanReport fresh = report();
    try (TestServer server = new TestServer(0);
        Spool spool = new Spool(folder, ROOMY);
        Delivery delivery = new Delivery(spool, server.connection(), quick())) {
      delivery.send(ReportKind.SCAN, fresh).get(10, SECONDS);
      assertThat(server.received).containsExactly(visit(left), visit(fresh));
    }
  }

  @Test
  void a_report_that_the_server_refuses_is_kept_beside_the_reason() throws Exception {
    try (TestServer server = new TestServer(0);
        Spool spool = new Spool(folder, ROOMY);
        Delivery delivery = new Delivery(spool, server.connection(), quick())) {
      server.answer = 404;
      assertThat(delivery.send(ReportKind.SCAN, report()).get(10, SECONDS)).isFalse();

      assertThat(spool.waiting()).isEmpty();
      assertThat(names("rejected"))
          .containsExactly(
              "0000000001.scan-report.json.zst", "0000000001.scan-report.json.zst.reason.txt");
      assertThat(folder.resolve("rejected/0000000001.scan-report.json.zst.reason.txt"))
          .content()
          .contains("The site is unknown.");
    }
  }

  @Test
  void a_wrong_token_is_no_fault_of_the_report_which_waits() throws Exception {
    ScanReport report = report();
    try (TestServer server = new TestServer(0);
        Spool spool = new Spool(folder, ROOMY)) {
      ServerConnection stranger = new ServerConnection(server.address(), "wrong");
      assertThatThrownBy(
              () ->
                  stranger.deliver(ReportKind.SCAN, spool.read(spool.add(ReportKind.SCAN, report))))
          .isInstanceOfSatisfying(
              ServerRefusal.class, refusal -> assertThat(refusal.isTransient()).isTrue());
      try (Delivery delivery = new Delivery(spool, server.connection(), quick())) {
        delivery.send(ReportKind.SCAN, report()).get(10, SECONDS);
      }
      assertThat(server.received).first().isEqualTo(visit(report));
    }
  }

  @Test
  void a_full_spool_says_so_and_drops_nothing() throws Exception {
    try (Spool spool = new Spool(folder, 1)) {
      assertThat(spool.hasRoom()).isTrue();
      spool.add(ReportKind.SCAN, report());
      spool.add(ReportKind.SCAN, report());
      assertThat(spool.hasRoom()).isFalse();
      assertThat(spool.fill()).contains("MB of reports that wait for the server");
      assertThat(spool.waiting()).hasSize(2);
    }
  }

  @Test
  void two_scanners_cannot_share_a_spool() throws Exception {
    try (Spool spool = new Spool(folder, ROOMY)) {
      assertThat(spool.hasRoom()).isTrue();
      assertThatThrownBy(() -> new Spool(folder, ROOMY))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Another scanner uses the spool");
    }
  }

  @Test
  void nothing_that_was_taken_is_lost_when_the_process_is_killed() throws Exception {
    Process scanner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SpoolingProgram.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<UUID> taken = new ArrayList<>();
    try (var lines = scanner.inputReader()) {
      for (int i = 0; i < 20; i++) taken.add(UUID.fromString(lines.readLine()));
      scanner.toHandle().destroyForcibly(); // kill -9, while it writes the next ones
      lines.lines().forEach(line -> taken.add(UUID.fromString(line)));
    }
    scanner.waitFor();

    try (TestServer server = new TestServer(0);
        Spool spool = new Spool(folder, ROOMY);
        Delivery delivery = new Delivery(spool, server.connection(), quick())) {
      delivery.send(ReportKind.SCAN, report()).get(20, SECONDS);
      assertThat(server.received).containsSubsequence(taken);
    }
  }

  private static Backoff quick() {
    return new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));
  }

  private static ScanReport report() {
    return SampleReports.report(
        UUID.randomUUID(), SampleReports.shop("https://shop.example/").visitId(UUID.randomUUID()));
  }

  private static UUID visit(ScanReport report) {
    return report.visits().get(0).visitId();
  }

  private List<String> names(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
