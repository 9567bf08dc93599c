package org.tagwarden.agent.lighthouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.agent.ScannerSettings;
import org.tagwarden.agent.Scans;
import org.tagwarden.fixtures.TestSideBySide;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.report.LighthouseReport;
import org.tagwarden.report.VisitOptions;

@Tag("browser")
class LighthouseRunnerTest {
  private static final VisitOptions PUBLIC = VisitOptions.DEFAULT;
  private static final VisitOptions INTERNAL = Scans.internal(500, 60_000);

  private static @TempDir Path folder;
  private static Playground playground;
  private @TempDir Path data;

  @BeforeAll
  static void start() throws Exception {
    playground = Playground.start(PlaygroundSettings.anyPorts(folder));
  }

  @AfterAll
  static void stop() {
    playground.close();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(ProcessHandle.allProcesses())
        .as("processes of the run")
        .noneMatch(p -> p.info().commandLine().orElse("").contains(data.toString()));
    Path runs = data.resolve("lighthouse");
    if (Files.exists(runs)) assertThat(runs).as("folders of runs").isEmptyDirectory();
  }

  @TestSideBySide
  void aPageIsMeasuredWithItsThirdParties() {
    String url = "https://shop.nordlys-shoes.example/";
    LighthouseReport report = run(mapped(), Duration.ofMinutes(4), url, PUBLIC);
    assertThat(report.problem()).isNull();
    assertThat(report.page()).isEqualTo(url);
    assertThat(report.lighthouseVersion()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(report.performanceScore()).isBetween(1.0, 100.0);
    assertThat(report.lcpMs()).isPositive();
    assertThat(report.fcpMs()).isPositive();
    assertThat(report.ttfbMs()).isPositive();
    assertThat(report.speedIndexMs()).isPositive();
    assertThat(report.tbtMs()).isNotNegative();
    assertThat(report.cls()).isNotNegative();
    assertThat(report.totalBytes()).isGreaterThan(5_000);
    assertThat(report.entities())
        .extracting(LighthouseReport.Entity::name)
        .contains("Google Tag Manager", "Facebook", "stockpulse.example")
        .doesNotContain("nordlys-shoes.example");
    assertThat(report.thirdPartyMainThreadMs()).isPositive();
  }

  @TestSideBySide
  void anErrorPageIsNotMeasuredAsThePage() {
    LighthouseReport report =
        run(mapped(), Duration.ofMinutes(4), "https://torture.example/status-503", PUBLIC);
    assertThat(report.problem().code()).isEqualTo("http-status");
    assertThat(report.problem().message()).contains("503");
    assertThat(report.lcpMs()).isEqualTo(-1);
  }

  @TestSideBySide
  void aPageThatNeverAnswersEndsAtTheDeadlineAndLeavesNoProcessBehind() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
      LighthouseReport report = run(unmapped(), Duration.ofSeconds(20), url, INTERNAL);
      assertThat(report.problem().code()).isEqualTo("timeout");
      assertThat(report.problem().message()).contains("20 seconds").contains(url);
    }
  }

  @TestSideBySide
  void aPrivateAddressIsRefusedUnlessTheSiteIsInternal() {
    String url = "http://127.0.0.1:" + playground.httpPort() + "/";
    LighthouseReport report = run(unmapped(), Duration.ofSeconds(5), url, PUBLIC);
    assertThat(report.problem().code()).isEqualTo("private-target");
  }

  @TestSideBySide
  void aHostThatDoesNotResolveAndAPortWhereNobodyListensAreSaidAtOnce() throws Exception {
    LighthouseReport unknown =
        run(mapped(), Duration.ofSeconds(5), "https://no-such-host.invalid/", PUBLIC);
    assertThat(unknown.problem().code()).isEqualTo("dns-failure");
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    LighthouseReport closed =
        run(unmapped(), Duration.ofSeconds(5), "http://127.0.0.1:" + free + "/", INTERNAL);
    assertThat(closed.problem().code()).isEqualTo("connection-refused");
  }

  private static LighthouseReport run(
      ScannerSettings settings, Duration deadline, String url, VisitOptions options) {
    try (LighthouseRunner runner = new LighthouseRunner(settings, Clock.systemUTC(), deadline)) {
      return runner.run(UUID.randomUUID(), UUID.randomUUID(), null, url, options);
    }
  }

  private ScannerSettings mapped() {
    return Scans.settings(data, playground);
  }

  private ScannerSettings unmapped() {
    return Scans.settings(data, List.of(), null, 1);
  }
}
