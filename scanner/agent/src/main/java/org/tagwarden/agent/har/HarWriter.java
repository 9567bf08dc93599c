package org.tagwarden.agent.har;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tagwarden.report.PageTimings;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ScanReport;
import org.tagwarden.report.ScannerIdentity;

/**
 * A scan report as an HTTP Archive 1.2: a page per visit, an entry per request. What HAR has no
 * field for (initiator, who saw it) stands in fields with an underscore, as the format allows.
 */
public final class HarWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private HarWriter() {}

  /** UTF-8 JSON of the archive. Script bodies are included, as far as the report holds them. */
  public static byte[] write(ScanReport report) {
    ObjectNode har = JsonNodeFactory.instance.objectNode();
    ObjectNode log = har.putObject("log");
    log.put("version", "1.2");
    ScannerIdentity scanner = report.scanner();
    log.putObject("creator").put("name", "Tagwarden").put("version", scanner.version());
    browser(log.putObject("browser"), scanner.browser());
    pages(log.putArray("pages"), report.visits());
    entries(log.putArray("entries"), report.visits(), report.bodies());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(har);
    } catch (IOException e) {
      throw new UncheckedIOException("The HAR could not be written as JSON", e);
    }
  }

  /** "Chromium 156.0.1" as name and version. */
  private static void browser(ObjectNode browser, String product) {
    int space = product.lastIndexOf(' ');
    browser.put("name", space < 0 ? product : product.substring(0, space));
    browser.put("version", space < 0 ? "" : product.substring(space + 1));
  }

  private static void pages(ArrayNode pages, List<PageVisit> visits) {
    for (PageVisit visit : visits) {
      ObjectNode page = pages.addObject();
      page.put("startedDateTime", visit.startedAt().toString());
      page.put("id", visit.visitId().toString());
      page.put("title", visit.page());
      ObjectNode timings = page.putObject("pageTimings");
      PageTimings seen = visit.timings();
      timings.put("onContentLoad", seen == null ? -1 : seen.domContentLoadedMs());
      timings.put("onLoad", seen == null ? -1 : seen.loadMs());
    }
  }

  private static void entries(
      ArrayNode entries, List<PageVisit> visits, Map<String, String> bodies) {
    for (PageVisit visit : visits) {
      Instant start = visit.startedAt();
      String page = visit.visitId().toString();
      visit.requests().forEach(request -> entries.add(HarEntry.of(request, page, start, bodies)));
    }
  }
}
