package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;

/**
 * Requests as the browser tells of them: who asked, in which frame or worker, and those that never
 * reached the wire. Kept by request id over all sessions: a navigation of an iframe is told by two.
 */
public final class RequestObserver implements PageObserver {
  private static final int MOST = 20_000;
  private static final Set<String> QUIET_DATA =
      Set.of("Image", "Font", "Stylesheet", "Media", "Other");

  private final Problems problems;
  private final List<BrowserRequest> requests = new ArrayList<>();
  private final Map<String, BrowserRequest> latest = new HashMap<>();

  RequestObserver(Problems problems) {
    this.problems = problems;
  }

  @Override
  public List<Command> prepare(Target target) {
    return List.of(
        new Command("Network.enable", Map.of("maxTotalBufferSize", 0, "maxResourceBufferSize", 0)));
  }

  /** All requests in the order in which the browser told of them. */
  public synchronized List<BrowserRequest> all() {
    return List.copyOf(requests);
  }

  /** URLs of everything but documents: a script with one of them is no inline script. */
  synchronized Set<String> scriptUrls() {
    Set<String> urls = new HashSet<>();
    for (BrowserRequest request : requests)
      if (!request.cdpType.equals("Document")) urls.add(request.url);
    return urls;
  }

  @Override
  public synchronized void event(Target target, String method, JsonNode params) {
    switch (method) {
      case "Network.requestWillBeSent" -> sent(target, params);
      case "Network.webSocketCreated" -> socket(target, params);
      case "Network.webSocketHandshakeResponseReceived", "Network.responseReceived" ->
          with(params, r -> response(r, params));
      case "Network.requestServedFromCache" -> with(params, r -> r.fromCache = true);
      case "Network.dataReceived" ->
          with(params, r -> r.decodedBytes += params.path("dataLength").asLong());
      case "Network.loadingFinished", "Network.webSocketClosed" ->
          with(params, r -> r.finished = true);
      case "Network.loadingFailed" -> with(params, r -> failed(r, params));
      case "Network.webSocketFrameError" ->
          with(params, r -> r.errorText = params.path("errorMessage").asText());
      default -> {}
    }
  }

  private void sent(Target target, JsonNode params) {
    String id = params.path("requestId").asText();
    JsonNode request = params.path("request");
    String url = request.path("url").asText();
    String type = params.path("type").asText("Other");
    if (url.startsWith("data:") && QUIET_DATA.contains(type)) return;
    if (requests.size() >= MOST) {
      flood();
      return;
    }
    BrowserRequest before = latest.get(id);
    JsonNode redirect = params.get("redirectResponse");
    if (before != null && redirect == null) return; // told by a second session
    if (before != null
        && before.status != null
        && before.url.equals(url)
        && before.redirectedFrom != null) return;
    if (before != null && redirect != null) {
      before.response(redirect);
      before.finished = true;
    }
    add(
        new BrowserRequest(
            params, url, request.path("method").asText("GET"), type, target, before));
  }

  private void flood() {
    problems.note(
        "browser",
        "load",
        "too-many-requests",
        "The page made more than "
            + MOST
            + " requests; who made the rest, and those that never reached the wire, was not"
            + " written down.");
  }

  private void socket(Target target, JsonNode params) {
    if (requests.size() >= MOST) {
      flood();
      return;
    }
    if (latest.containsKey(params.path("requestId").asText())) return;
    add(new BrowserRequest(params, params.path("url").asText(), "GET", "WebSocket", target, null));
  }

  private void add(BrowserRequest request) {
    requests.add(request);
    latest.put(request.cdpId, request);
  }

  private static void response(BrowserRequest request, JsonNode params) {
    request.response(params.path("response"));
    request.responseType = params.path("type").asText(null);
  }

  private static void failed(BrowserRequest request, JsonNode params) {
    request.errorText = params.path("errorText").asText();
    request.cancelled = params.path("canceled").asBoolean();
    request.blockedReason = params.path("blockedReason").asText(null);
    request.corsError = params.path("corsErrorStatus").path("corsError").asText(null);
  }

  private void with(JsonNode params, java.util.function.Consumer<BrowserRequest> change) {
    @Nullable BrowserRequest request = latest.get(params.path("requestId").asText());
    if (request != null) change.accept(request);
  }
}
