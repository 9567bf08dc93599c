package org.tagwarden.playground;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as the playground received and answered it.
 *
 * @param at when it arrived
 * @param url scheme, host as the Host header has it, path and query
 * @param host the Host header without port
 * @param kind what the browser says it is for: Sec-Fetch-Dest ("script", "image", "empty", ...), or
 *     "websocket", "preflight", "report"; empty when it says nothing
 * @param headers the request headers that matter to a reader, names in lower case
 * @param status 0 while it is unanswered, or when the connection was cut on purpose
 * @param bodySha256 of the body before any content encoding, lower-case hex; null without a body or
 *     for a stream
 * @param bodyBytes length of that body
 */
public record ServedRequest(
    Instant at,
    String method,
    String url,
    String host,
    String kind,
    Map<String, String> headers,
    int status,
    @Nullable String bodySha256,
    long bodyBytes) {
  public ServedRequest {
    headers = Map.copyOf(headers);
  }

  /** This request with its answer. */
  public ServedRequest answered(int newStatus, @Nullable String sha256, long bytes) {
    return new ServedRequest(at, method, url, host, kind, headers, newStatus, sha256, bytes);
  }
}
