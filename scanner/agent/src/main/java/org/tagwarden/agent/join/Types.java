package org.tagwarden.agent.join;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.ResourceType;

/** Tells what kind of resource was asked for, from whoever knows. */
final class Types {
  private Types() {}

  static ResourceType of(Sighting seen, Set<String> workerUrls) {
    String destination = seen.requestHeader("Sec-Fetch-Dest");
    ResourceType worker = worker(seen, destination, workerUrls);
    if (worker != null) return worker;
    if (seen.browser() != null) {
      ResourceType told = told(seen.browser().responseType);
      if (told == ResourceType.OTHER) told = told(seen.browser().cdpType);
      if (told != ResourceType.OTHER) return told;
    }
    ResourceType asked = asked(destination, seen);
    return asked == ResourceType.OTHER ? served(seen) : asked;
  }

  private static @Nullable ResourceType worker(
      Sighting seen, @Nullable String destination, Set<String> workerUrls) {
    if (destination != null
        && Set.of("worker", "sharedworker", "serviceworker").contains(destination))
      return isImport(seen) ? ResourceType.SCRIPT : ResourceType.WORKER;
    boolean maybe = destination == null && workerUrls.contains(seen.url());
    return maybe ? ResourceType.WORKER : null;
  }

  /** What a module worker imports is asked for in the worker's name, by the worker itself. */
  private static boolean isImport(Sighting seen) {
    return seen.browser() != null
        && seen.browser().target.isWorker()
        && "script".equals(seen.browser().initiator.path("type").asText())
        && !seen.browser().target.url().equals(seen.url());
  }

  private static ResourceType told(@Nullable String cdpType) {
    return switch (cdpType == null ? "" : cdpType) {
      case "Document" -> ResourceType.DOCUMENT;
      case "Script" -> ResourceType.SCRIPT;
      case "Stylesheet" -> ResourceType.STYLESHEET;
      case "Image" -> ResourceType.IMAGE;
      case "Font" -> ResourceType.FONT;
      case "Media", "TextTrack" -> ResourceType.MEDIA;
      case "XHR", "Fetch" -> ResourceType.FETCH;
      case "EventSource" -> ResourceType.EVENT_SOURCE;
      case "WebSocket" -> ResourceType.WEBSOCKET;
      case "Manifest" -> ResourceType.MANIFEST;
      case "Ping" -> ResourceType.BEACON;
      case "CSPViolationReport" -> ResourceType.REPORT;
      case "Preflight" -> ResourceType.PREFLIGHT;
      default -> ResourceType.OTHER;
    };
  }

  /** What the browser's own headers say: the only source for what the proxy alone saw. */
  private static ResourceType asked(@Nullable String destination, Sighting seen) {
    if (isReport(seen)) return ResourceType.REPORT;
    if ("websocket".equalsIgnoreCase(seen.requestHeader("Upgrade"))) return ResourceType.WEBSOCKET;
    if (seen.method().equals("OPTIONS")
        && seen.requestHeader("Access-Control-Request-Method") != null)
      return ResourceType.PREFLIGHT;
    return switch (destination == null ? "" : destination) {
      case "document", "iframe", "frame", "embed", "object" -> ResourceType.DOCUMENT;
      case "script" -> ResourceType.SCRIPT;
      case "style" -> ResourceType.STYLESHEET;
      case "image" -> ResourceType.IMAGE;
      case "font" -> ResourceType.FONT;
      case "audio", "video", "track" -> ResourceType.MEDIA;
      case "manifest" -> ResourceType.MANIFEST;
      case "report" -> ResourceType.REPORT;
      case "empty" -> isPrefetch(seen) ? ResourceType.OTHER : empty(seen);
      default -> seen.method().equals("POST") ? empty(seen) : ResourceType.OTHER;
    };
  }

  /** A post that wants no readable answer, and that the browser did not tell of, is a beacon. */
  private static ResourceType empty(Sighting seen) {
    String mode = seen.requestHeader("Sec-Fetch-Mode");
    boolean unread = mode == null || mode.equals("no-cors");
    boolean unseen = seen.browser() == null && seen.method().equals("POST");
    return unseen && (unread || seen.status() == null) ? ResourceType.BEACON : ResourceType.FETCH;
  }

  private static boolean isPrefetch(Sighting seen) {
    String purpose = seen.requestHeader("Sec-Purpose");
    return purpose != null && purpose.startsWith("prefetch");
  }

  private static boolean isReport(Sighting seen) {
    String type = seen.requestHeader("Content-Type");
    return type != null
        && (type.startsWith("application/reports+json")
            || type.startsWith("application/csp-report"));
  }

  private static ResourceType served(Sighting seen) {
    String header = seen.responseHeader("Content-Type");
    String type = header == null ? "" : header.toLowerCase(Locale.ROOT);
    if (type.contains("javascript")) return ResourceType.SCRIPT;
    if (type.startsWith("image/")) return ResourceType.IMAGE;
    if (type.startsWith("font/")) return ResourceType.FONT;
    if (type.startsWith("text/css")) return ResourceType.STYLESHEET;
    if (type.startsWith("audio/") || type.startsWith("video/")) return ResourceType.MEDIA;
    return ResourceType.OTHER;
  }
}
