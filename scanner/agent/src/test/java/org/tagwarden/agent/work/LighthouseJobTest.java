package org.tagwarden.agent.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.agent.ScanListener;
import org.tagwarden.agent.ScanOrder;
import org.tagwarden.agent.ScannerSettings;
import org.tagwarden.agent.Scans;
import org.tagwarden.agent.delivery.Backoff;
import org.tagwarden.agent.delivery.Delivery;
import org.tagwarden.agent.delivery.ServerConnection;
import org.tagwarden.agent.delivery.Spool;
import org.tagwarden.agent.lighthouse.LighthouseRunner;
import org.tagwarden.report.LighthouseReport;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanJob;
import org.tagwarden.report.ScannerIdentity;
import org.tagwarden.report.VisitOptions;

/** A Lighthouse job from order to finish, against a real HTTP server. */
class LighthouseJobTest {
  private @TempDir Path folder;
  private final List<LighthouseReport> reports = Collections.synchronizedList(new ArrayList<>());
  private final List<String> finished = Collections.synchronizedList(new ArrayList<>());
  private HttpServer http;

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/api/v1/lighthouse-reports", this::take);
    http.createContext("/api/v1/scanner/jobs", this::finish);
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  @Test
  void everyPageOfTheJobIsReportedBeforeTheJobIsGivenBack() throws Exception {
    List<String> urls =
        List.of("https://one.invalid/", "https://two.invalid/", "https://three.invalid/");
    ScanJob job =
        new ScanJob(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "Shop",
            ScanJob.Kind.LIGHTHOUSE,
            new PageSet(PageSet.Kind.LIST, urls, 2),
            VisitOptions.DEFAULT,
            60);

    run(job);

    assertThat(reports)
        .extracting(LighthouseReport::page)
        .containsExactly("https://one.invalid/", "https://two.invalid/");
    assertThat(reports)
        .allSatisfy(
            report -> {
              assertThat(report.scanId()).isEqualTo(job.scanId());
              assertThat(report.jobId()).isEqualTo(job.jobId());
              assertThat(report.problem().code()).isEqualTo("dns-failure");
            });
    assertThat(reports).extracting(LighthouseReport::runId).doesNotHaveDuplicates();
    assertThat(finished)
        .containsExactly("/api/v1/scanner/jobs/" + job.jobId() + "/finish {\"problem\":null}");
  }

  @Test
  void aScannerWithoutLighthouseGivesTheJobBackWithThatReason() throws Exception {
    ScanJob job =
        new ScanJob(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "Shop",
            ScanJob.Kind.LIGHTHOUSE,
            new PageSet(PageSet.Kind.LIST, List.of("https://one.invalid/"), 1),
            VisitOptions.DEFAULT,
            60);
    ServerConnection connection = connection();
    try (Spool spool = new Spool(folder.resolve("spool"), 1_000_000);
        Delivery delivery = new Delivery(spool, connection, Backoff.forServers())) {
      run(job, new WorkTools(noPages(), null, delivery, connection));
    }
    assertThat(finished).singleElement().asString().contains("told not to run Lighthouse");
  }

  private void run(ScanJob job) throws IOException {
    ServerConnection connection = connection();
    ScannerSettings settings = Scans.settings(folder, List.of(), null, 1);
    try (Spool spool = new Spool(folder.resolve("spool"), 1_000_000);
        Delivery delivery = new Delivery(spool, connection, Backoff.forServers());
        LighthouseRunner lighthouse = new LighthouseRunner(settings, Clock.systemUTC())) {
      run(job, new WorkTools(noPages(), lighthouse, delivery, connection));
    }
  }

  private static void run(ScanJob job, WorkTools tools) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (Lease lease = new Lease(job, tools.server(), timer)) {
      new JobRun(job, tools, () -> false).run(lease);
    } finally {
      timer.shutdownNow();
    }
  }

  private ServerConnection connection() {
    return new ServerConnection(
        URI.create("http://127.0.0.1:" + http.getAddress().getPort()), "test-token");
  }

  /** A Lighthouse job visits nothing. */
  private static PageScan noPages() {
    return new PageScan() {
      @Override
      public void scan(ScanOrder order, ScanListener listener) {
        throw new AssertionError("visited pages for a Lighthouse job");
      }

      @Override
      public ScannerIdentity identity() {
        throw new AssertionError("asked for the browser of a Lighthouse job");
      }
    };
  }

  private void take(HttpExchange call) throws IOException {
    byte[] json = new ZstdInputStream(call.getRequestBody()).readAllBytes();
    reports.add(ReportCodec.read(json, LighthouseReport.class));
    answer(call, 200);
  }

  private void finish(HttpExchange call) throws IOException {
    String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    finished.add(call.getRequestURI().getPath() + " " + body);
    answer(call, 204);
  }

  private static void answer(HttpExchange call, int status) throws IOException {
    if (status == 204) call.sendResponseHeaders(204, -1);
    else {
      byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
      call.sendResponseHeaders(status, body.length);
      call.getResponseBody().write(body);
    }
    call.close();
  }
}
