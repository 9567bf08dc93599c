package org.tagwarden.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Iterator;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportCodecTest {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  /** Never changed once released: every later Tagwarden must read it. */
  private final byte[] golden = resource("golden/report-1.0.json");

  private final byte[] golden11 = resource("golden/report-1.1.json");

  @Test
  void reads_the_golden_report_of_version_1_0() {
    ScanReport report = ReportCodec.readReport(golden);
    PageVisit visit = report.visits().get(0);

    assertThat(report.scanId()).isEqualTo(UUID.fromString("0b7a6c1e-2f5d-4f0a-9a55-5b1f3c2d7e01"));
    assertThat(visit.page()).isEqualTo("https://shop.example/");
    assertThat(visit.startedAt()).isEqualTo(Instant.parse("2026-03-02T06:00:00Z"));
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.COMPLETE);
    assertThat(visit.requests()).hasSize(12);
    CapturedRequest piggyback = visit.requests().get(8);
    assertThat(piggyback.url()).isEqualTo("https://pixel.stranger.example/p.js");
    assertThat(new InitiatorChain(visit).of(piggyback))
        .extracting(CapturedRequest::url)
        .containsExactly(
            "https://tags.unheard-of.example/t.js?cb=8314159265", "https://shop.example/");
    assertThat(piggyback.bodySha256())
        .isEqualTo(SampleReports.hex("SHA-256", report.bodies().get(piggyback.bodySha256())));
    assertThat(visit.cookies()).extracting(CapturedCookie::name).containsExactly("_ga", "sid");
    assertThat(report.visits().get(1).outcome()).isEqualTo(VisitOutcome.FAILED);
  }

  @Test
  void loses_nothing_of_the_golden_report_when_it_writes_it_again() throws IOException {
    JsonNode before = PLAIN.readTree(golden);
    JsonNode after = PLAIN.readTree(ReportCodec.write(ReportCodec.readReport(golden)));

    assertContains(after, before, "$");
  }

  @Test
  void reads_the_golden_report_of_version_1_1() {
    ScanReport report = ReportCodec.readReport(golden11);
    PageVisit visit = report.visits().get(0);

    assertThat(visit.consent()).isEqualTo(ConsentState.ACCEPT);
    assertThat(visit.choice()).isEqualTo(new ConsentChoice("Cookiebot", "autoconsent", 2_100.5));
    assertThat(visit.behaviours())
        .extracting(ScriptBehaviour::kind)
        .contains(ScriptBehaviour.Kind.values());
    ScriptBehaviour skimmed = visit.behaviours().get(2);
    assertThat(skimmed.kind()).isEqualTo(ScriptBehaviour.Kind.FIELD_READ);
    assertThat(skimmed.detail()).contains("autocomplete=cc-number");
    assertThat(skimmed.script()).isEqualTo("https://tags.unheard-of.example/t.js");
    assertThat(report.bodies()).containsEntry(skimmed.scriptSha256(), "soup();");
    assertThat(skimmed.phase()).isEqualTo(ConsentPhase.AFTER_CHOICE);
    assertThat(skimmed.stack()).hasSize(1);
    assertThat(visit.storage())
        .extracting(StorageWrite::kind)
        .containsExactlyInAnyOrder(StorageWrite.Kind.values());
    assertThat(visit.screenshots())
        .extracting(Screenshot::moment)
        .containsExactly(Screenshot.Moment.AFTER_LOAD, Screenshot.Moment.AFTER_CHOICE);
    for (Screenshot screenshot : visit.screenshots())
      assertThat(report.images()).containsKey(screenshot.sha256());
    assertThat(visit.journey().steps())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.result()).isEqualTo(JourneyRun.Result.FAILED);
              assertThat(report.images()).containsKey(step.screenshotSha256());
            });
    assertThat(visit.cookies().get(0).phase()).isEqualTo(ConsentPhase.AFTER_CHOICE);
    assertThat(visit.requests().get(3).aliases())
        .containsExactly("shop.eu.measurer.example", "edge.measurer.example");
  }

  @Test
  void reads_a_report_of_version_1_0_as_one_in_which_nothing_newer_was_seen() {
    ScanReport report = ReportCodec.readReport(golden);
    PageVisit visit = report.visits().get(0);

    assertThat(visit.behaviours()).isEmpty();
    assertThat(visit.storage()).isEmpty();
    assertThat(visit.screenshots()).isEmpty();
    assertThat(visit.choice()).isNull();
    assertThat(visit.journey()).isNull();
    assertThat(report.images()).isEmpty();
    assertThat(visit.cookies().get(0).phase()).isEqualTo(ConsentPhase.BEFORE_CHOICE);
  }

  @Test
  void loses_nothing_of_the_golden_report_of_version_1_1_when_it_writes_it_again()
      throws IOException {
    JsonNode before = PLAIN.readTree(golden11);
    JsonNode after = PLAIN.readTree(ReportCodec.write(ReportCodec.readReport(golden11)));

    assertContains(after, before, "$");
  }

  @Test
  void reads_back_what_it_wrote() {
    ScanReport report =
        SampleReports.report(UUID.randomUUID(), SampleReports.shop("https://shop.example/"));

    assertThat(ReportCodec.readReport(ReportCodec.write(report))).isEqualTo(report);

    ScanReport withAll =
        SampleReports.report(
            UUID.randomUUID(), SampleReports.checkout("https://shop.example/checkout"));
    assertThat(ReportCodec.readReport(ReportCodec.write(withAll))).isEqualTo(withAll);
  }

  @Test
  void ignores_fields_of_a_newer_minor_version() {
    assertThat(ReportCodec.readReport(changed("formatVersion", "1.7", "mood", "sunny")).visits())
        .hasSize(2);
  }

  @Test
  void refuses_a_newer_major_version_and_says_what_to_do() {
    assertThatThrownBy(() -> ReportCodec.readReport(changed("formatVersion", "2.0", "x", "y")))
        .isInstanceOf(InvalidReportException.class)
        .hasMessageContaining("2.0")
        .hasMessageContaining("only 1.x is understood here: use a Tagwarden");
  }

  @Test
  void refuses_what_is_no_json_with_the_place() {
    assertThatThrownBy(() -> ReportCodec.readReport("{\"format\": oops".getBytes(UTF_8)))
        .isInstanceOf(InvalidReportException.class)
        .hasMessageContaining("This is not JSON")
        .hasMessageContaining("line 1, column");
  }

  @Test
  void refuses_nothing_at_all() {
    assertThatThrownBy(() -> ReportCodec.readReport(new byte[0]))
        .isInstanceOf(InvalidReportException.class);
  }

  @Test
  void refuses_json_that_is_no_report() {
    assertThatThrownBy(
            () -> ReportCodec.readReport("{\"log\":{\"version\":\"1.2\"}}".getBytes(UTF_8)))
        .isInstanceOf(InvalidReportException.class)
        .hasMessageContaining("This is no scan report");
    assertThatThrownBy(() -> ReportCodec.readReport("[]".getBytes(UTF_8)))
        .isInstanceOf(InvalidReportException.class)
        .hasMessageContaining("a JSON object was expected");
  }

  @Test
  void names_the_field_that_breaks_its_rule() throws IOException {
    ObjectNode tree = (ObjectNode) PLAIN.readTree(golden);
    ((ObjectNode) tree.at("/visits/0/requests/0")).put("url", " ");
    byte[] broken = PLAIN.writeValueAsBytes(tree);

    assertThatThrownBy(() -> ReportCodec.readReport(broken))
        .isInstanceOf(InvalidReportException.class)
        .hasMessage("request.url is missing or blank");
  }

  private byte[] changed(String field, String value, String newField, String newValue) {
    try {
      ObjectNode tree = (ObjectNode) PLAIN.readTree(golden);
      tree.put(field, value).put(newField, newValue);
      ((ObjectNode) tree.at("/visits/0")).put(newField, newValue);
      return PLAIN.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Objects may have gained fields since; values and lists may not have changed. */
  private static void assertContains(JsonNode actual, JsonNode expected, String path) {
    if (expected instanceof ObjectNode object) {
      Iterator<String> names = object.fieldNames();
      while (names.hasNext()) {
        String name = names.next();
        assertThat(actual.has(name)).as(path + "." + name + " is still there").isTrue();
        assertContains(actual.get(name), object.get(name), path + "." + name);
      }
    } else if (expected instanceof ArrayNode list && !path.endsWith(".seenBy")) {
      assertThat(actual.size()).as(path).isEqualTo(list.size());
      for (int i = 0; i < list.size(); i++)
        assertContains(actual.get(i), list.get(i), path + "[" + i + "]");
    } else if (!path.endsWith(".seenBy")) {
      assertThat(actual).as(path).isEqualTo(expected);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = ReportCodecTest.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException(name + " is missing from the test resources");
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
