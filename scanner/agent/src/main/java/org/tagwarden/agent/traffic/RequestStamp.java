package org.tagwarden.agent.traffic;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.identity.RequestSigner;
import org.tagwarden.report.Header;

/**
 * What the proxy adds to requests of one visit: to all, who the visitor is, where the browser
 * itself forgets to say; to those that go to the visited site, what lets the scanner in.
 *
 * @param userAgent of the visitor, for requests that the browser sends on its own behalf
 * @param acceptLanguage likewise
 * @param site whom the rest is for; nobody when null
 * @param headers further headers, secrets put in
 * @param authorization "user:password", or null
 * @param signer signs requests to the site; null for none
 */
public record RequestStamp(
    @Nullable String userAgent,
    @Nullable String acceptLanguage,
    @Nullable SiteHosts site,
    List<Header> headers,
    @Nullable String authorization,
    @Nullable RequestSigner signer) {
  /** Adds nothing. */
  public static final RequestStamp NONE = new RequestStamp(null, null, null, List.of(), null, null);

  public RequestStamp {
    headers = List.copyOf(headers);
  }

  /** What is set on a request before it is sent, by header name. */
  Map<String, String> changes(HttpHeaders asked, RequestTarget target, boolean tls) {
    Map<String, String> changes = new LinkedHashMap<>();
    if (userAgent != null && asked.contains("User-Agent")) changes.put("User-Agent", userAgent);
    if (acceptLanguage != null && asked.contains("Accept-Language"))
      changes.put("Accept-Language", acceptLanguage);
    if (site == null || !site.own(target.host(), tls)) return changes;
    for (Header header : headers) changes.put(header.name(), header.value());
    if (authorization != null && !asked.contains("Authorization"))
      changes.put("Authorization", "Basic " + basic(authorization));
    if (signer == null) return changes;
    Integer port = target.port() == (tls ? 443 : 80) ? null : target.port();
    changes.putAll(signer.headers(target.host(), port));
    return changes;
  }

  /** What lets the scanner in is recorded by name alone. */
  boolean confidential(String header) {
    return headers.stream().anyMatch(h -> h.name().equalsIgnoreCase(header));
  }

  /** The value of basic authentication for "user:password". */
  public static String basic(String userAndPassword) {
    return Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
  }

  /** Does not tell what lets the scanner in. */
  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    for (Header header : headers) names.add(header.name());
    return "RequestStamp[site="
        + site
        + ", headers="
        + names
        + ", signed="
        + (signer != null)
        + "]";
  }
}
