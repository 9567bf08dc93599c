package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.agent.traffic.Hygiene;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.ScriptKind;
import org.tagwarden.report.VisitOutcome;

/**
 * What a request and a script were: hashes, bodies, sizes, connection, and what was met instead.
 */
@Tag("browser")
class ScriptEvidenceTest {
  private static final String TORTURE = "https://torture.example/";
  private static final List<String> SCRIPTS =
      List.of(
          "inline",
          "module",
          "worker",
          "worker-data",
          "blob-script",
          "data-script",
          "eval-fetched",
          "function-fetched",
          "gzip",
          "service-worker",
          "shared-worker");

  private static @TempDir Path folder;

  @RegisterExtension static final SharedScan there = new SharedScan();

  private static Course course;
  private static List<VisitResult> walls;

  @BeforeAll
  static void visitThem() throws Exception {
    course = Course.visited(folder);
    List<String> urls =
        Stream.of("marked", "titled", "denied", "form").map(ScriptEvidenceTest::wall).toList();
    walls = there.results(urls, Scans.options(1_200, 4));
  }

  @Test
  void everyScriptOfEveryKindHasBothHashesAndItsBodyOnce() {
    for (String page : SCRIPTS) {
      VisitResult result = course.result(TORTURE + page);
      assertThat(result.visit().scripts()).as(page).isNotEmpty();
      for (CapturedScript script : result.visit().scripts()) {
        String body = result.bodies().get(script.sha256());
        assertThat(body).as(page + ": body of " + script).isNotNull();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(Hygiene.hex("SHA-256", bytes)).as(page).isEqualTo(script.sha256());
        assertThat(Hygiene.hex("SHA-384", bytes)).as(page).isEqualTo(script.sha384());
      }
    }
  }

  @Test
  void theKindsAreToldApart() {
    assertThat(kinds("inline")).contains(ScriptKind.INLINE, ScriptKind.EVALUATED);
    assertThat(kinds("module")).contains(ScriptKind.MODULE);
    assertThat(kinds("worker")).contains(ScriptKind.WORKER);
    assertThat(kinds("service-worker")).contains(ScriptKind.WORKER);
    assertThat(kinds("eval-fetched")).contains(ScriptKind.EVALUATED);
    assertThat(kinds("function-fetched")).contains(ScriptKind.EVALUATED);
  }

  @Test
  void aRequestKnowsItsConnectionItsCertificateItsSizesAndItsPhases() {
    CapturedRequest document = course.result(TORTURE + "gzip").visit().requests().get(0);
    assertThat(document.protocol()).isEqualTo("http/1.1");
    assertThat(document.remoteAddress()).isEqualTo("127.0.0.1");
    assertThat(document.tls().version()).isEqualTo("TLSv1.3");
    assertThat(document.tls().trusted()).isTrue();
    assertThat(document.tls().issuer()).contains("CN=");
    assertThat(document.tls().subject()).contains("torture.example");
    assertThat(document.tls().notAfter())
        .isAfter(course.result(TORTURE + "gzip").visit().startedAt());
    assertThat(document.timing().connectMs()).isNotNegative();
    assertThat(document.timing().tlsMs()).isPositive();
    assertThat(document.timing().waitMs()).isPositive();
    assertThat(document.timing().receiveMs()).isNotNegative();
  }

  @Test
  void aCompressedScriptIsSmallerOnTheWireThanDecoded() {
    CapturedRequest script =
        course.result(TORTURE + "gzip").visit().requests().stream()
            .filter(r -> r.url().endsWith("/gzip.js"))
            .findFirst()
            .orElseThrow();
    assertThat(script.sizes().wireBytes()).isBetween(100L, script.sizes().decodedBytes() / 10);
    assertThat(script.sizes().decodedBytes()).isGreaterThan(100_000);
  }

  @Test
  void aChallengePageIsNeverAResult() {
    for (String name : List.of("marked", "titled", "denied")) {
      PageVisit visit = visit(name);
      assertThat(visit.outcome()).as(name).isEqualTo(VisitOutcome.CHALLENGED);
      assertThat(visit.problems()).extracting(Problem::code).as(name).contains("bot-challenge");
    }
  }

  @Test
  void aFormThatCarriesTheSameSignsIsNoChallenge() {
    assertThat(visit("form").outcome()).isEqualTo(VisitOutcome.COMPLETE);
  }

  private static List<ScriptKind> kinds(String page) {
    return course.result(TORTURE + page).visit().scripts().stream()
        .map(CapturedScript::kind)
        .toList();
  }

  private static PageVisit visit(String name) {
    return walls.stream()
        .map(VisitResult::visit)
        .filter(v -> v.page().equals(wall(name)))
        .findFirst()
        .orElseThrow();
  }

  private static String wall(String name) {
    return "https://" + name + ".wall.example/";
  }
}
