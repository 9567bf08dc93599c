package org.tagwarden.agent.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tagwarden.agent.VisitResult;
import org.tagwarden.agent.delivery.ServerConnection;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.ScanJob;
import org.tagwarden.report.VisitOptions;

/** What a real HTTP server is told of a job while it is worked on. */
class ProgressTest {
  /** A third of it is longer than this test: what arrives earlier is there for the progress. */
  private static final int LEASE_SECONDS = 600;

  private final BlockingQueue<JsonNode> beats = new LinkedBlockingQueue<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private HttpServer http;

  @BeforeEach
  void start() throws Exception {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/api/v1/scanner/jobs",
        call -> {
          beats.add(JsonMapper.builder().build().readTree(call.getRequestBody()));
          call.sendResponseHeaders(204, -1);
          call.close();
        });
    http.start();
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
    http.stop(0);
  }

  @Test
  void theServerHearsSoonHowFarAJobIsAndNotMoreThanOnceASecond() throws Exception {
    ScanJob job = job();
    try (Lease lease = new Lease(job, connection(), timer)) {
      JobProgress progress = new JobProgress(job, lease::progress);
      progress.pagesFound(List.of("https://shop.example/", "https://shop.example/cart"));
      for (String page : List.of("https://shop.example/", "https://shop.example/cart"))
        for (int choice = 0; choice < 2; choice++) {
          progress.visitStarted(page);
          progress.visited(new VisitResult(SampleReports.visit(page).build(), Map.of(), Map.of()));
        }
      JsonNode beat = beats.poll(30, TimeUnit.SECONDS);
      assertThat(beat).isNotNull();
      assertThat(beat.path("found").asInt()).isEqualTo(4);
      assertThat(beat.path("visited").asInt()).isEqualTo(4);
      assertThat(beat.path("page").asText()).isEqualTo("https://shop.example/cart");
      assertThat(beats).isEmpty();
    }
  }

  private static ScanJob job() {
    VisitOptions twice =
        VisitOptions.DEFAULT.withConsents(List.of(ConsentState.NONE, ConsentState.ACCEPT));
    return new ScanJob(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "Shop",
        ScanJob.Kind.VISITS,
        new PageSet(PageSet.Kind.CRAWL, List.of("https://shop.example/"), 10),
        twice,
        LEASE_SECONDS);
  }

  private ServerConnection connection() {
    return new ServerConnection(
        URI.create("http://127.0.0.1:" + http.getAddress().getPort()), "test-token");
  }
}
