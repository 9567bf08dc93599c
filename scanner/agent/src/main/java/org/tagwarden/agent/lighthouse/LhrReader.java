package org.tagwarden.agent.lighthouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.report.LighthouseReport;

/**
 * Reads Lighthouse's own report (the LHR). What third parties cost comes from what the browser was
 * observed to do ({@code third-parties-insight}), not from the simulated {@code
 * third-party-summary}.
 */
final class LhrReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double LONG_TASK_MS = 50;

  private LhrReader() {}

  /** The figures. A failure when the page answered with an error, or Lighthouse says it failed. */
  static Measurement read(byte[] lhr) throws IOException, LighthouseFailure {
    JsonNode root = JSON.readTree(lhr);
    JsonNode error = root.path("runtimeError");
    if (error.hasNonNull("code"))
      throw RuntimeErrors.failure(
          root.path("requestedUrl").asText(),
          error.path("code").asText(),
          error.path("message").asText());
    refuseErrorPage(root);
    JsonNode audits = root.path("audits");
    double score = root.at("/categories/performance/score").asDouble(-1);
    return new Measurement(
        root.path("lighthouseVersion").asText(),
        score < 0 ? -1 : score * 100,
        number(audits, "largest-contentful-paint"),
        number(audits, "first-contentful-paint"),
        number(audits, "total-blocking-time"),
        number(audits, "cumulative-layout-shift"),
        number(audits, "server-response-time"),
        number(audits, "speed-index"),
        Math.round(number(audits, "total-byte-weight")),
        entities(root, audits));
  }

  /** The speed of an error page is not the page's. */
  private static void refuseErrorPage(JsonNode root) throws LighthouseFailure {
    String document = root.path("mainDocumentUrl").asText(root.path("finalUrl").asText());
    for (JsonNode request : root.at("/audits/network-requests/details/items")) {
      if (!request.path("url").asText().equals(document)) continue;
      int status = request.path("statusCode").asInt();
      if (status < 400) return;
      throw new LighthouseFailure(
          "navigate",
          "http-status",
          document
              + " answered "
              + status
              + ", so that only the speed of an error page could be measured. Check whether visitors"
              + " get the page.");
    }
  }

  private static double number(JsonNode audits, String audit) {
    return audits.path(audit).path("numericValue").asDouble(-1);
  }

  private static List<LighthouseReport.Entity> entities(JsonNode root, JsonNode audits) {
    Map<String, Double> blocking = blocking(root, audits);
    List<LighthouseReport.Entity> entities = new ArrayList<>();
    for (JsonNode item : audits.at("/third-parties-insight/details/items")) {
      String name = item.path("entity").asText();
      if (name.isBlank()) continue;
      entities.add(
          new LighthouseReport.Entity(
              name,
              item.path("transferSize").asLong(),
              item.path("mainThreadTime").asDouble(),
              blocking.getOrDefault(name, 0.0)));
    }
    return entities;
  }

  /**
   * By entity, what its long tasks took beyond 50 ms. Lighthouse lists them as long as a slower
   * device would take; dividing by its factor gives what was observed.
   */
  private static Map<String, Double> blocking(JsonNode root, JsonNode audits) {
    Map<String, String> entityOf = new HashMap<>();
    for (JsonNode entity : root.path("entities"))
      for (JsonNode origin : entity.path("origins"))
        entityOf.put(origin.asText(), entity.path("name").asText());
    JsonNode settings = root.path("configSettings");
    double factor =
        settings.path("throttlingMethod").asText().equals("simulate")
            ? settings.at("/throttling/cpuSlowdownMultiplier").asDouble(1)
            : 1;
    Map<String, Double> blocking = new HashMap<>();
    for (JsonNode task : audits.at("/long-tasks/details/items")) {
      double beyond = task.path("duration").asDouble() / factor - LONG_TASK_MS;
      String entity = entityOf.get(origin(task.path("url").asText()));
      if (entity != null && beyond > 0) blocking.merge(entity, beyond, Double::sum);
    }
    return blocking;
  }

  /** As Lighthouse writes it: without the scheme's own port. */
  private static String origin(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getScheme() + "://" + uri.getRawAuthority();
    } catch (IllegalArgumentException e) {
      return ""; // "Unattributable", or a URL that Java does not read
    }
  }
}
