package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.agent.traffic.OwnPorts;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Failure;
import org.tagwarden.report.PageVisit;

/**
 * A page that knows our ports and knocks at each in every way it has, while its site is internal
 * and may therefore connect to this machine.
 */
@Tag("browser")
class OwnPortsTest {
  private static final String HELD_BACK = "/held-back";
  private static final CompletableFuture<Void> NEIGHBOUR_HAS_COME = new CompletableFuture<>();
  private static final CountDownLatch NEIGHBOUR_MAY_GO = new CountDownLatch(1);

  private static @TempDir Path folder;
  private static Playground playground;
  private static HttpServer inside;
  private static HttpServer server;
  private static Set<Integer> strangers;
  private static SiteScan scan;

  @BeforeAll
  static void start() throws Exception {
    playground = Playground.start(PlaygroundSettings.anyPorts(folder));
    inside = answering();
    strangers = listening();
    server = answering();
    scan =
        new SiteScan(
            Scans.settings(folder.resolve("scanner"), playground),
            OwnPorts.withServer(URI.create("http://localhost:" + port(server))));
  }

  @AfterAll
  static void stop() {
    scan.close();
    inside.stop(0);
    server.stop(0);
    playground.close();
  }

  @Test
  void noneOfOurOwnPortsAnswersAPageEvenOfAnInternalSite() throws Exception {
    CompletableFuture<PageVisit> neighbour = neighbourIsBeingVisited();
    Set<Integer> own = ownPorts();
    while (own.size() > 5 && !neighbour.isDone()) own = ownPorts(); // one of before is closing
    assertThat(own).as("browser, driver, proxy, the neighbour's port, server").hasSize(5);

    PageVisit visit = knock(List.of("127.0.0.1", "localhost", "127.9.9.9", "0.0.0.0"), own);

    Map<Integer, Integer> refused = new TreeMap<>();
    for (CapturedRequest request : requestsOf(visit)) {
      int port = URI.create(request.url()).getPort();
      if (!own.contains(port)) continue;
      assertThat(request.status()).as(request.url()).isNull();
      boolean byProxy =
          request.failure() != null && request.failure().code() == Failure.Code.PRIVATE_TARGET;
      refused.merge(port, byProxy ? 1 : 0, Integer::sum);
    }
    assertThat(refused.keySet()).isEqualTo(own);
    assertThat(refused.values()).allSatisfy(count -> assertThat(count).isGreaterThan(10));
    assertThat(asked(server)).isEmpty();
    NEIGHBOUR_MAY_GO.countDown();
    neighbour.join();
  }

  @Test
  void anotherPortOfThisMachineDoesAnswerAnInternalSite() {
    PageVisit visit = knock(List.of("127.0.0.1"), Set.of(port(inside)));
    assertThat(requestsOf(visit))
        .filteredOn(r -> r.url().endsWith("/image"))
        .extracting(CapturedRequest::status)
        .containsExactly(200);
    assertThat(asked(inside)).contains("/image", "/beacon", "/json/list?script");
  }

  @Test
  void theServersOwnPagesMayBeVisited() {
    PageVisit visit =
        Scans.visit(scan, "http://localhost:" + port(server) + "/own", Scans.internal(300, 30_000));
    assertThat(visit.requests().get(0).status()).isEqualTo(200);
    ASKED.get(server).clear();
  }

  /**
   * Returns when the visit is under way: its port of the proxy is open until its page, which is
   * held back, may be answered.
   */
  private static CompletableFuture<PageVisit> neighbourIsBeingVisited() throws Exception {
    String page = "http://localhost:" + port(inside) + HELD_BACK;
    CompletableFuture<PageVisit> visit =
        CompletableFuture.supplyAsync(() -> Scans.visit(scan, page, Scans.internal(0, 60_000)));
    CompletableFuture.anyOf(NEIGHBOUR_HAS_COME, visit).get();
    assertThat(visit).isNotDone();
    return visit;
  }

  private static PageVisit knock(List<String> hosts, Set<Integer> ports) {
    String list = String.join(",", ports.stream().map(String::valueOf).toList());
    String page =
        "http://hostile.example/ports?hosts=" + String.join(",", hosts) + "&ports=" + list;
    return Scans.visit(scan, page, Scans.internal(500, 30_000));
  }

  private static List<CapturedRequest> requestsOf(PageVisit visit) {
    return visit.requests().stream().filter(r -> !r.url().contains("hostile.example")).toList();
  }

  private static Set<Integer> ownPorts() throws IOException {
    Set<Integer> ports = listening();
    ports.removeAll(strangers);
    return ports;
  }

  /** Ports on which this JVM and everything that it started listen, from Linux's /proc. */
  private static Set<Integer> listening() throws IOException {
    Map<String, Integer> byInode = new TreeMap<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (!Files.exists(Path.of(table))) continue;
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] fields = line.strip().split("\\s+");
        if (!fields[3].equals("0A")) continue;
        String port = fields[1].substring(fields[1].indexOf(':') + 1);
        byInode.put("socket:[" + fields[9] + "]", Integer.parseInt(port, 16));
      }
    }
    Set<Integer> ports = new TreeSet<>();
    List<Long> pids = new ArrayList<>(List.of(ProcessHandle.current().pid()));
    ProcessHandle.current().descendants().forEach(p -> pids.add(p.pid()));
    for (long pid : pids)
      try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
        for (Path file : files.toList()) {
          Integer port = byInode.get(link(file));
          if (port != null) ports.add(port);
        }
      } catch (IOException e) {
        assertThat(ProcessHandle.of(pid)).as("a process whose files cannot be read").isEmpty();
      }
    return ports;
  }

  private static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }

  private static final Map<HttpServer, List<String>> ASKED =
      java.util.Collections.synchronizedMap(new java.util.IdentityHashMap<>());

  private static List<String> asked(HttpServer of) {
    return List.copyOf(ASKED.get(of));
  }

  private static int port(HttpServer of) {
    return of.getAddress().getPort();
  }

  private static HttpServer answering() throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    List<String> asked = java.util.Collections.synchronizedList(new ArrayList<>());
    ASKED.put(made, asked);
    made.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          if (exchange.getRequestURI().getPath().equals(HELD_BACK)) holdBack();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    made.setExecutor(Executors.newCachedThreadPool(OwnPortsTest::daemon));
    made.start();
    return made;
  }

  private static void holdBack() {
    NEIGHBOUR_HAS_COME.complete(null);
    try {
      NEIGHBOUR_MAY_GO.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "inside");
    thread.setDaemon(true);
    return thread;
  }
}
