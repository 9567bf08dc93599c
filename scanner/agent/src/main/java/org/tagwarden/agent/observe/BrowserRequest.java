package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.report.Header;

/**
 * The browser's view of one request, one hop of a redirect each. Written on the connection's
 * thread, read after the visit is over.
 */
public final class BrowserRequest {
  public final String cdpId;
  public final String url;
  public final String method;
  public final String cdpType;
  public final Target target;
  public final @Nullable String frameId;

  /** The document that it was for when it was sent: a frame may show another one by now. */
  public final String documentUrl;

  public final JsonNode initiator;
  public final double wallTime;
  public final @Nullable BrowserRequest redirectedFrom;
  public final boolean preload;
  public final List<Header> requestHeaders;
  public @Nullable Integer status;
  public @Nullable String mimeType;
  public @Nullable String responseType;
  public List<Header> responseHeaders = List.of();
  public boolean fromCache;
  public boolean fromServiceWorker;
  public boolean finished;
  public boolean cancelled;
  public @Nullable String errorText;
  public @Nullable String blockedReason;
  public @Nullable String corsError;
  public long decodedBytes;

  BrowserRequest(
      JsonNode params,
      String url,
      String method,
      String type,
      Target target,
      @Nullable BrowserRequest redirectedFrom) {
    this.cdpId = params.path("requestId").asText();
    this.url = url;
    this.method = method;
    this.cdpType = type;
    this.target = target;
    this.frameId = params.path("frameId").asText(null);
    this.documentUrl = params.path("documentURL").asText("");
    this.initiator = params.path("initiator");
    this.wallTime = params.path("wallTime").asDouble(System.currentTimeMillis() / 1000.0);
    this.redirectedFrom = redirectedFrom;
    this.preload = params.path("request").path("isLinkPreload").asBoolean();
    this.requestHeaders = headers(params.path("request").path("headers"));
  }

  /** The first request header of that name as the browser told it, or null. */
  public @Nullable String requestHeader(String name) {
    for (Header header : requestHeaders)
      if (header.name().equalsIgnoreCase(name)) return header.value();
    return null;
  }

  void response(JsonNode response) {
    status = response.path("status").asInt();
    mimeType = response.path("mimeType").asText(null);
    fromCache |=
        response.path("fromDiskCache").asBoolean()
            || response.path("fromPrefetchCache").asBoolean();
    fromServiceWorker |= response.path("fromServiceWorker").asBoolean();
    responseHeaders = headers(response.path("headers"));
  }

  private static List<Header> headers(JsonNode node) {
    List<Header> headers = new ArrayList<>();
    for (Iterator<Map.Entry<String, JsonNode>> all = node.fields(); all.hasNext(); ) {
      Map.Entry<String, JsonNode> header = all.next();
      for (String value : header.getValue().asText().split("\n", -1))
        if (!header.getKey().isBlank()) headers.add(new Header(header.getKey(), value));
    }
    return headers;
  }
}
