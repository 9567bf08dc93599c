package org.tagwarden.agent.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tagwarden.agent.ScanListener;
import org.tagwarden.agent.VisitResult;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ScanReport;
import org.tagwarden.report.ScannerIdentity;

/**
 * Gathers the visits of a one-off scan and tells how it goes: a line of JSON for each event on
 * standard output, for the program that started this one.
 */
final class CaptureEvents implements ScanListener {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PrintStream out;
  private final int answers;
  private final List<PageVisit> visits = new ArrayList<>();
  private final Map<String, String> bodies = new HashMap<>();
  private final Map<String, String> images = new HashMap<>();

  /**
   * @param answers how often each page is visited: once for each answer to its consent banner
   */
  CaptureEvents(PrintStream out, int answers) {
    this.out = out;
    this.answers = answers;
  }

  @Override
  public void pagesFound(List<String> urls) {
    tell(Map.of("event", "visits", "count", urls.size() * answers));
  }

  @Override
  public void visitStarted(String url) {
    tell(Map.of("event", "started", "url", url));
  }

  @Override
  public synchronized void visited(VisitResult result) {
    visits.add(result.visit());
    bodies.putAll(result.bodies());
    images.putAll(result.images());
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "visited");
    event.put("url", result.visit().page());
    if (answers > 1) event.put("consent", result.visit().consent().name());
    event.put("outcome", result.visit().outcome().name());
    event.put("requests", result.visit().requests().size());
    tell(event);
  }

  synchronized boolean sawNothing() {
    return visits.isEmpty();
  }

  synchronized ScanReport report(UUID scanId, ScannerIdentity scanner) {
    return ScanReport.of(scanId, null, scanner, visits, bodies, images);
  }

  private synchronized void tell(Map<String, Object> event) {
    try {
      out.println(JSON.writeValueAsString(event));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
