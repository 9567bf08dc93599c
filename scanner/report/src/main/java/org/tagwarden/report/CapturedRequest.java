package org.tagwarden.report;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request: the proxy's and the browser's record of it, joined.
 *
 * @param id unique within the visit, from 1, in order of the start
 * @param seenBy who saw it; {@code [PROXY, BROWSER]} for both
 * @param startMs offset from the visit's start, in milliseconds
 * @param status HTTP status; null when no response came
 * @param failure why there is no (complete) response; null when there is one
 * @param protocol for example "http/1.1", "h2", "ws"; as seen on the proxy's upstream side
 * @param remoteAddress address that was connected to, without port; null when no connection was
 *     made
 * @param tls null for plain HTTP or when the connection failed
 * @param timing null when only the browser saw it
 * @param frameId the frame that it belongs to; null when unknown (seen by the proxy alone)
 * @param worker URL of the worker that sent it; null for the page's own
 * @param redirectedFrom id of the request whose redirect this one follows
 * @param servedFrom where the browser got the response from
 * @param bodySha256 SHA-256 (lower-case hex) of the decoded response body if it is a script, else
 *     null
 * @param bodySha384 likewise SHA-384, for Subresource Integrity
 * @param aliases the names that the host is an alias of (CNAME), in order; empty when it is none or
 *     when nobody asked
 */
public record CapturedRequest(
    int id,
    String url,
    String method,
    ResourceType type,
    Set<Observer> seenBy,
    double startMs,
    @Nullable Integer status,
    @Nullable Failure failure,
    @Nullable String protocol,
    @Nullable String remoteAddress,
    @Nullable Tls tls,
    Sizes sizes,
    @Nullable Timing timing,
    @Nullable String mimeType,
    List<Header> requestHeaders,
    List<Header> responseHeaders,
    @Nullable String frameId,
    @Nullable String worker,
    @Nullable Integer redirectedFrom,
    ServedFrom servedFrom,
    ConsentPhase phase,
    Initiator initiator,
    @Nullable String bodySha256,
    @Nullable String bodySha384,
    List<String> aliases) {
  public CapturedRequest {
    Require.that(id > 0, "request.id", "must be positive");
    Require.notBlank(url, "request.url");
    Require.notBlank(method, "request.method");
    Require.present(type, "request.type");
    Require.that(seenBy != null && !seenBy.isEmpty(), "request.seenBy", "names nobody");
    seenBy = Set.copyOf(seenBy);
    Require.present(sizes, "request.sizes");
    requestHeaders = Require.list(requestHeaders, "request.requestHeaders");
    responseHeaders = Require.list(responseHeaders, "request.responseHeaders");
    Require.present(servedFrom, "request.servedFrom");
    Require.present(phase, "request.phase");
    Require.present(initiator, "request.initiator");
    aliases = Require.list(aliases, "request.aliases");
  }

  /** The first response header of that name (case-insensitive), or null. */
  public @Nullable String responseHeader(String name) {
    return Header.first(responseHeaders, name);
  }

  /** Whether a response with a status arrived completely. */
  public boolean answered() {
    return status != null && failure == null;
  }
}
