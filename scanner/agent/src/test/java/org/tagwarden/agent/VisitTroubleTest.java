package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.fixtures.TestSideBySide;
import org.tagwarden.report.Failure;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.VisitOutcome;

/** What becomes of visits that cannot go well: a problem on that visit, never a hang. */
@Tag("browser")
class VisitTroubleTest {
  private static @TempDir Path folder;

  @RegisterExtension static final SharedScan there = new SharedScan();

  @TestSideBySide
  void aHostThatDoesNotResolveIsAFailedVisitThatSaysSo() {
    PageVisit visit = visit("https://no-such-host.invalid/");
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.FAILED);
    assertThat(codes(visit)).as(messages(visit)).containsExactly("dns-failure");
    assertThat(visit.requests().get(0).failure().code()).isEqualTo(Failure.Code.DNS);
    assertThat(visit.problems().get(0).message()).contains("no-such-host.invalid");
  }

  @TestSideBySide
  void anExpiredCertificateIsRefusedAndReported() {
    PageVisit visit = visit("https://expired.torture.example/");
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.FAILED);
    assertThat(codes(visit)).as(messages(visit)).containsExactly("bad-certificate");
    assertThat(visit.problems().get(0).message()).contains("expired on");
    assertThat(visit.requests().get(0).tls().trusted()).isFalse();
  }

  @TestSideBySide
  void anExpiredCertificateIsVisitedWhenToldToAndReportedAllTheSame() {
    VisitOptions insecure = Scans.options(500, 1).but().insecure(true).build();
    PageVisit visit = there.visit("https://expired.torture.example/", insecure);
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.COMPLETE);
    assertThat(codes(visit)).as(messages(visit)).containsExactly("bad-certificate");
    assertThat(visit.requests().get(0).tls().trusted()).isFalse();
    assertThat(visit.requests().get(0).tls().problem()).contains("expired on");
  }

  @TestSideBySide
  void aSiteThatAnswers503IsAFailedVisitWithItsRequests() {
    PageVisit visit = visit("https://torture.example/status-503");
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.FAILED);
    assertThat(codes(visit)).as(messages(visit)).containsExactly("http-status");
    assertThat(visit.requests().get(0).status()).isEqualTo(503);
  }

  @TestSideBySide
  void aPageThatDoesNotAnswerInTimeFails() {
    PageVisit visit = there.visit("https://torture.example/slow", Scans.options(500, 1, 5_000));
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.FAILED);
    assertThat(codes(visit)).as(messages(visit)).containsExactly("timeout");
  }

  @TestSideBySide
  void aPrivateTargetIsRefusedUnlessTheSiteIsInternal() throws Exception {
    try (SiteScan outside =
        new SiteScan(Scans.settings(folder.resolve("outside"), List.of(), null, 1))) {
      String local = "http://localhost:" + there.playground().httpPort() + "/";
      PageVisit refused = Scans.visit(outside, local, Scans.options(500, 1));
      assertThat(refused.outcome()).isEqualTo(VisitOutcome.FAILED);
      assertThat(codes(refused)).as(messages(refused)).containsExactly("private-target");
      assertThat(refused.problems().get(0).message()).contains("--allow-private");
      PageVisit allowed = Scans.visit(outside, local, Scans.internal(500, 30_000));
      assertThat(allowed.requests().get(0).status()).isNotNull();
    }
  }

  @TestSideBySide
  void aPortWhereNobodyListensIsAFailedVisit() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    PageVisit visit = there.visit("http://127.0.0.1:" + port + "/", Scans.internal(500, 30_000));
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.FAILED);
    assertThat(codes(visit)).as(messages(visit)).containsExactly("connection-refused");
  }

  @TestSideBySide
  void severalPagesAreVisitedSideBySide() {
    List<String> pages =
        Stream.of("classic", "async", "defer", "module")
            .map(p -> "https://torture.example/" + p)
            .toList();
    List<VisitResult> results = there.results(pages, Scans.options(2_000, 4));
    assertThat(results).extracting(r -> r.visit().outcome()).containsOnly(VisitOutcome.COMPLETE);
    assertThat(results)
        .extracting(r -> r.visit().page())
        .containsExactlyInAnyOrderElementsOf(pages);
    boolean together =
        results.stream()
            .anyMatch(
                a ->
                    results.stream()
                        .anyMatch(
                            b ->
                                a != b
                                    && b.visit().startedAt().isAfter(a.visit().startedAt())
                                    && b.visit()
                                        .startedAt()
                                        .isBefore(
                                            a.visit()
                                                .startedAt()
                                                .plusMillis(a.visit().durationMs()))));
    assertThat(together).isTrue();
  }

  private static PageVisit visit(String url) {
    return there.visit(url, Scans.options(500, 1));
  }

  private static List<String> codes(PageVisit visit) {
    return visit.problems().stream().map(Problem::code).toList();
  }

  private static String messages(PageVisit visit) {
    return visit.problems().stream().map(Problem::message).toList().toString();
  }
}
