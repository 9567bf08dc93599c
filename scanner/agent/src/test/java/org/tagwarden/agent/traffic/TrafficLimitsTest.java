package org.tagwarden.agent.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.agent.ConnectTo;
import org.tagwarden.report.Failure;

/** A client that asks the proxy for more than a visit may bring. */
class TrafficLimitsTest {
  private static final int MANY = 1_000_000;
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private @TempDir Path folder;
  private final AtomicInteger served = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          served.incrementAndGet();
          exchange.getResponseHeaders().add("X-Padding", "x".repeat(1_000));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void requestsBeyondTheLimitReachNobodyAndAreCounted() throws Exception {
    try (TrafficProxy proxy = proxy(new TrafficLimits(5, MANY, MANY, MANY));
        TrafficPort port = open(proxy)) {
      assertThat(statuses(port, 8)).containsExactly(204, 204, 204, 204, 204, 429, 429, 429);
      assertThat(served).hasValue(5);
      assertThat(port.log().exchanges()).hasSize(5);
      assertThat(port.log().turnedAway()).isEqualTo(3);
    }
  }

  @Test
  void headersBeyondTheLimitEndAVisitsRequestsAsWell() throws Exception {
    try (TrafficProxy proxy = proxy(new TrafficLimits(MANY, MANY, 3_000, MANY));
        TrafficPort port = open(proxy)) {
      List<Integer> statuses = statuses(port, 8);
      assertThat(statuses).startsWith(204, 204).endsWith(429, 429);
      assertThat(port.log().turnedAway())
          .isEqualTo(8 - served.get())
          .isEqualTo(statuses.stream().filter(status -> status == 429).count());
    }
  }

  @Test
  void eachVisitHasLimitsOfItsOwn() throws Exception {
    try (TrafficProxy proxy = proxy(new TrafficLimits(1, MANY, MANY, MANY));
        TrafficPort first = open(proxy);
        TrafficPort second = open(proxy)) {
      assertThat(statuses(first, 2)).containsExactly(204, 429);
      assertThat(statuses(second, 2)).containsExactly(204, 429);
    }
  }

  @Test
  void aVisitMayBringTwentyThousandRequestsAndNoMore() throws Exception {
    try (TrafficProxy proxy = proxy(TrafficLimits.USUAL);
        TrafficPort port = open(proxy)) {
      int let = 0;
      for (; let < 30_000 && port.log().admits(100); let++)
        port.log().add(exchange("http://flood.example/" + let));
      assertThat(let).isEqualTo(20_000);
    }
  }

  @Test
  void aScriptComesInWhileTheLogIsBeingRead() throws Exception {
    try (TrafficProxy proxy = proxy(new TrafficLimits(MANY, MANY, MANY, 10));
        TrafficPort port = open(proxy)) {
      Exchange script = exchange("http://flood.example/tag.js");
      script.responseHead(200, List.of(), List.of(), 100, 2, true);
      CompletableFuture<Boolean> kept;
      synchronized (port.log()) {
        kept = CompletableFuture.supplyAsync(() -> script.scriptCopy(8, port.log()) != null);
        assertThat(kept).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
      }
      assertThat(script.scriptCopy(8, port.log())).as("more than a visit may bring").isNull();
    }
  }

  @Test
  void failedConnectionsBeyondTheLimitAreCountedOnly() throws Exception {
    try (TrafficProxy proxy = proxy(new TrafficLimits(MANY, 2, MANY, MANY));
        TrafficPort port = open(proxy)) {
      for (int i = 0; i < 5; i++)
        port.log().connectFailed("h" + i, 443, new Failure(Failure.Code.DNS, "It is not there."));
      assertThat(port.log().connectFailures()).hasSize(2);
      assertThat(port.log().turnedAway()).isEqualTo(3);
    }
  }

  private static Exchange exchange(String url) {
    UpstreamConnection connection = new UpstreamConnection("flood.example", 80, false);
    return new Exchange(url, "GET", 1, List.of(), 100, connection);
  }

  private TrafficProxy proxy(TrafficLimits limits) {
    return new TrafficProxy(
        CertificateAuthority.in(folder), null, OwnPorts.withoutServer(), null, limits);
  }

  private TrafficPort open(TrafficProxy proxy) {
    ConnectTo here =
        new ConnectTo("flood.example", 80, HERE.getHostAddress(), server.getAddress().getPort());
    return proxy.open(new TrafficRules(List.of(here), false, false, false), null);
  }

  private static List<Integer> statuses(TrafficPort port, int requests) throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .proxy(ProxySelector.of(new InetSocketAddress(HERE, port.port())))
            .build();
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://flood.example/")).build();
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < requests; i++)
      statuses.add(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    return statuses;
  }
}
