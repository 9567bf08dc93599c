package org.tagwarden.agent.har;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.ScanReport;

class HarWriterTest {
  private final ScanReport report =
      SampleReports.report(
          UUID.randomUUID(),
          SampleReports.shop("https://shop.example/?a=1&b=two%20words"),
          SampleReports.shop("https://shop.example/cart")
              .failed("https://gone.example/x.js", org.tagwarden.report.Failure.Code.DNS));
  private final JsonNode log = read(report).path("log");

  @Test
  void the_archive_has_a_page_for_each_visit_and_an_entry_for_each_request() {
    assertThat(log.path("version").asText()).isEqualTo("1.2");
    assertThat(log.path("pages")).hasSize(2);
    assertThat(log.path("entries"))
        .hasSize(report.visits().stream().mapToInt(visit -> visit.requests().size()).sum());
    List<String> pages = log.path("pages").findValuesAsText("id");
    for (JsonNode entry : log.path("entries"))
      assertThat(pages).contains(entry.path("pageref").asText());
  }

  /** The fields that the HAR 1.2 specification does not call optional. */
  @Test
  void every_required_field_of_the_format_is_there() {
    has(log, "version", "creator", "entries");
    has(log.path("creator"), "name", "version");
    for (JsonNode page : log.path("pages"))
      has(page, "startedDateTime", "id", "title", "pageTimings");
    for (JsonNode entry : log.path("entries")) {
      has(entry, "startedDateTime", "time", "request", "response", "cache", "timings");
      has(entry.path("request"), "method", "url", "httpVersion", "cookies", "headers");
      has(entry.path("request"), "queryString", "headersSize", "bodySize");
      has(entry.path("response"), "status", "statusText", "httpVersion", "cookies", "headers");
      has(entry.path("response"), "content", "redirectURL", "headersSize", "bodySize");
      has(entry.path("response").path("content"), "size", "mimeType");
      has(entry.path("timings"), "send", "wait", "receive");
      OffsetDateTime.parse(entry.path("startedDateTime").asText());
    }
  }

  @Test
  void the_time_of_an_entry_is_the_sum_of_its_phases_with_tls_counted_once() {
    for (JsonNode entry : log.path("entries")) {
      double sum = 0;
      for (String phase : List.of("blocked", "dns", "connect", "send", "wait", "receive"))
        sum += Math.max(0, entry.path("timings").path(phase).asDouble());
      assertThat(entry.path("time").asDouble()).isEqualTo(sum);
      assertThat(entry.path("timings").path("connect").asDouble())
          .isGreaterThanOrEqualTo(entry.path("timings").path("ssl").asDouble());
    }
  }

  @Test
  void query_values_are_decoded_and_a_request_without_answer_has_status_zero() {
    JsonNode query = log.path("entries").get(0).path("request").path("queryString");
    assertThat(query.findValuesAsText("value")).containsExactly("1", "two words");

    PageVisit cart = report.visits().get(1);
    int last = log.path("entries").size() - 1;
    JsonNode gone = log.path("entries").get(last);
    assertThat(gone.path("request").path("url").asText())
        .isEqualTo(cart.requests().get(cart.requests().size() - 1).url());
    assertThat(gone.path("response").path("status").asInt()).isZero();
    assertThat(gone.path("response").path("_error").asText()).isNotBlank();
  }

  private static void has(JsonNode node, String... fields) {
    for (String field : fields) assertThat(node.has(field)).as(field + " in " + node).isTrue();
  }

  private static JsonNode read(ScanReport report) {
    try {
      return JsonMapper.builder().build().readTree(HarWriter.write(report));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
