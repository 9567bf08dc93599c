package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.fixtures.TestSideBySide;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Failure;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.VisitOutcome;

/** Pages that would hang, fool or leave a careless scanner. */
@Tag("browser")
class HostilePageTest {
  private static @TempDir Path folder;
  private static HttpServer server;
  private static SiteScan scan;
  private static String site;

  @BeforeAll
  static void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int port = server.getAddress().getPort();
    site = "http://site.example";
    answer("/ok", "text/plain", "ok");
    answer(
        "/wrapped",
        "text/html",
        "<script src='/monitor.js'></script><script src='/shop.js'></script>");
    answer(
        "/monitor.js",
        "text/javascript",
        "(function () {\n  var real = window.fetch;\n  window.fetch = function () {\n"
            + "    var self = this, args = arguments;\n    return real.apply(self, args);\n  };\n"
            + "  fetch('/ok?monitor');\n})();");
    answer("/shop.js", "text/javascript", "function ask() {\n  fetch('/ok?shop');\n}\nask();");
    answer("/dialogs", "text/html", "<script>alert(1); confirm(2); fetch('/ok?after');</script>");
    answer(
        "/popup", "text/html", "<script>window.open('/ok?popup'); fetch('/ok?opener');</script>");
    answer(
        "/spin",
        "text/html",
        "<script>fetch('/ok?before'); onload = () => { for (;;); };</script>");
    answer(
        "/ssrf",
        "text/html",
        "<img src='http://127.0.0.1:"
            + port
            + "/ok?a'><img src='http://[::1]:"
            + port
            + "/ok?b'>"
            + "<img src='http://169.254.169.254/latest/meta-data/'>");
    answer(
        "/leave",
        "text/html",
        "<script>onbeforeunload = e => { e.preventDefault(); return 'stay'; };</script>");
    server.start();
    ScannerSettings settings =
        Scans.settings(
            folder, List.of(new ConnectTo("site.example", 80, "127.0.0.1", port)), null, 4);
    scan = new SiteScan(settings);
  }

  @AfterAll
  static void stop() {
    scan.close();
    server.stop(0);
  }

  @TestSideBySide
  void aMonitorThatWrapsFetchIsNotBlamedForOthersRequests() {
    PageVisit visit = visit("/wrapped");
    assertThat(request(visit, "/ok?shop").initiator().url()).isEqualTo(site + "/shop.js");
    assertThat(request(visit, "/ok?shop").initiator().function()).isEqualTo("ask");
    assertThat(request(visit, "/ok?monitor").initiator().url()).isEqualTo(site + "/monitor.js");
  }

  @TestSideBySide
  void dialogsAreDismissedAndThePageGoesOn() {
    PageVisit visit = visit("/dialogs");
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.COMPLETE);
    assertThat(request(visit, "/ok?after").status()).isEqualTo(200);
  }

  @TestSideBySide
  void aPopupIsSeenAndClosedWhileItsOpenerGoesOn() {
    PageVisit visit = visit("/popup");
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.COMPLETE);
    assertThat(request(visit, "/ok?opener").status()).isEqualTo(200);
  }

  @TestSideBySide
  void aPageThatSpinsIsLeftWithAProblemAndTheNextOneIsVisited() {
    PageVisit visit = Scans.visit(scan, site + "/spin", Scans.options(300, 1, 8_000));
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.CUT_SHORT);
    assertThat(visit.problems()).isNotEmpty();
    assertThat(visit.durationMs()).isLessThan(60_000);
    assertThat(request(visit, "/ok?before").status()).isEqualTo(200);
    assertThat(visit("/dialogs").outcome()).isEqualTo(VisitOutcome.COMPLETE);
  }

  @TestSideBySide
  void aPageFromOutsideGetsNoAnswerFromPrivateAddresses() {
    PageVisit visit = visit("/ssrf");
    List<CapturedRequest> inside =
        visit.requests().stream().filter(r -> !r.url().startsWith(site)).toList();
    assertThat(inside).hasSize(3);
    assertThat(inside)
        .allSatisfy(
            r -> {
              assertThat(r.status()).isNull();
              assertThat(r.failure().code()).isEqualTo(Failure.Code.PRIVATE_TARGET);
            });
  }

  @TestSideBySide
  void aPageThatAsksToStayIsLeftAllTheSame() {
    PageVisit visit = visit("/leave");
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.COMPLETE);
    assertThat(visit.problems()).extracting(Problem::code).doesNotContain("leave-failed");
  }

  private static PageVisit visit(String path) {
    return Scans.visit(scan, site + path, Scans.options(700, 1));
  }

  private static CapturedRequest request(PageVisit visit, String path) {
    return visit.requests().stream()
        .filter(r -> r.url().equals(site + path))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    path
                        + " is not among "
                        + visit.requests().stream().map(CapturedRequest::url).toList()));
  }

  private static void answer(String path, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
