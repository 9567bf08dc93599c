package org.tagwarden.agent.har;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Header;
import org.tagwarden.report.Observer;
import org.tagwarden.report.Timing;

/** One request as an entry of the archive. */
final class HarEntry {
  private static final double NANOS_PER_MS = 1_000_000;

  private HarEntry() {}

  static ObjectNode of(
      CapturedRequest request, String page, Instant visitStart, Map<String, String> bodies) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("pageref", page);
    Instant start = visitStart.plusNanos((long) (request.startMs() * NANOS_PER_MS));
    entry.put("startedDateTime", start.toString());
    ObjectNode timings = timings(request.timing());
    entry.put("time", total(timings));
    entry.set("request", request(request));
    entry.set("response", response(request, bodies));
    entry.putObject("cache");
    entry.set("timings", timings);
    if (request.remoteAddress() != null) entry.put("serverIPAddress", request.remoteAddress());
    extras(entry, request);
    return entry;
  }

  private static ObjectNode request(CapturedRequest request) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("method", request.method());
    node.put("url", request.url());
    node.put("httpVersion", httpVersion(request));
    node.putArray("cookies"); // their values never leave the scanner
    headers(node.putArray("headers"), request.requestHeaders());
    query(node.putArray("queryString"), request.url());
    node.put("headersSize", -1);
    node.put("bodySize", -1);
    return node;
  }

  private static ObjectNode response(CapturedRequest request, Map<String, String> bodies) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("status", request.status() == null ? 0 : request.status());
    node.put("statusText", "");
    node.put("httpVersion", httpVersion(request));
    node.putArray("cookies");
    headers(node.putArray("headers"), request.responseHeaders());
    node.set("content", content(request, bodies));
    String location = request.responseHeader("location");
    node.put("redirectURL", location == null ? "" : location);
    node.put("headersSize", request.status() == null ? -1 : request.sizes().headerBytes());
    node.put("bodySize", request.status() == null ? -1 : request.sizes().wireBytes());
    if (request.failure() != null) node.put("_error", request.failure().message());
    return node;
  }

  private static ObjectNode content(CapturedRequest request, Map<String, String> bodies) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.put("size", request.sizes().decodedBytes());
    content.put(
        "compression", Math.max(0, request.sizes().decodedBytes() - request.sizes().wireBytes()));
    content.put("mimeType", request.mimeType() == null ? "x-unknown" : request.mimeType());
    String body = request.bodySha256() == null ? null : bodies.get(request.bodySha256());
    if (body != null) content.put("text", body);
    return content;
  }

  /** HAR counts the TLS handshake into connect and names it again as ssl. */
  private static ObjectNode timings(@Nullable Timing timing) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("blocked", -1);
    if (timing == null) {
      return node.put("dns", -1)
          .put("connect", -1)
          .put("ssl", -1)
          .put("send", 0)
          .put("wait", 0)
          .put("receive", 0);
    }
    boolean tls = timing.tlsMs() >= 0;
    double connect = timing.connectMs() < 0 ? timing.tlsMs() : timing.connectMs();
    if (timing.connectMs() >= 0 && tls) connect += timing.tlsMs();
    return node.put("dns", timing.dnsMs())
        .put("connect", connect)
        .put("ssl", timing.tlsMs())
        .put("send", Math.max(0, timing.sendMs()))
        .put("wait", Math.max(0, timing.waitMs()))
        .put("receive", Math.max(0, timing.receiveMs()));
  }

  private static double total(ObjectNode timings) {
    double sum = 0;
    for (String phase : List.of("blocked", "dns", "connect", "send", "wait", "receive"))
      sum += Math.max(0, timings.path(phase).asDouble());
    return sum;
  }

  private static void headers(ArrayNode node, List<Header> headers) {
    for (Header header : headers)
      node.addObject().put("name", header.name()).put("value", header.value());
  }

  private static void query(ArrayNode node, String url) {
    int mark = url.indexOf('?');
    if (mark < 0) return;
    int hash = url.indexOf('#', mark);
    String query = hash < 0 ? url.substring(mark + 1) : url.substring(mark + 1, hash);
    for (String pair : query.split("&")) {
      if (pair.isEmpty()) continue;
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      node.addObject().put("name", decode(name)).put("value", decode(value));
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a percent sign that is none; real URLs hold them
    }
  }

  private static String httpVersion(CapturedRequest request) {
    String protocol = request.protocol();
    return protocol == null ? "unknown" : protocol.toUpperCase(Locale.ROOT);
  }

  private static void extras(ObjectNode entry, CapturedRequest request) {
    entry.put("_resourceType", request.type().name().toLowerCase(Locale.ROOT));
    entry.put("_fromCache", request.servedFrom().name().toLowerCase(Locale.ROOT));
    ObjectNode initiator = entry.putObject("_initiator");
    initiator.put("type", request.initiator().kind().name().toLowerCase(Locale.ROOT));
    if (request.initiator().url() != null) initiator.put("url", request.initiator().url());
    if (request.initiator().line() > 0) initiator.put("lineNumber", request.initiator().line());
    ArrayNode seenBy = entry.putArray("_seenBy");
    for (Observer observer : Observer.values()) {
      if (request.seenBy().contains(observer)) seenBy.add(observer.name().toLowerCase(Locale.ROOT));
    }
    if (request.bodySha256() != null) entry.put("_sha256", request.bodySha256());
  }
}
