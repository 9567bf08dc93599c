package org.tagwarden.agent.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests (RFC 9421, the profile of the Web Bot Auth drafts): the authority that is asked,
 * and where the key is published if it is, for five minutes, once. Thread-safe.
 */
public final class RequestSigner {
  private static final int VALID_SECONDS = 300;
  private static final int NONCE_BYTES = 64;

  private final SigningKey key;
  private final @Nullable String publishedAt;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param publishedAt https address under which the public key is published, or null
   */
  public RequestSigner(SigningKey key, @Nullable String publishedAt, Clock clock) {
    this.key = key;
    this.publishedAt = publishedAt;
    this.clock = clock;
  }

  /**
   * The headers that sign one request.
   *
   * @param host without port
   * @param port null for the scheme's own
   */
  public Map<String, String> headers(String host, @Nullable Integer port) {
    String authority = host.toLowerCase(Locale.ROOT) + (port == null ? "" : ":" + port);
    String agent = publishedAt == null ? null : '"' + publishedAt + '"';
    String parameters = parameters(agent != null);
    StringBuilder base = new StringBuilder();
    base.append("\"@authority\": ").append(authority).append('\n');
    if (agent != null) base.append("\"signature-agent\": ").append(agent).append('\n');
    base.append("\"@signature-params\": ").append(parameters);
    byte[] signature = key.sign(base.toString().getBytes(StandardCharsets.UTF_8));
    Map<String, String> headers = new LinkedHashMap<>();
    if (agent != null) headers.put("Signature-Agent", agent);
    headers.put("Signature-Input", "sig1=" + parameters);
    headers.put("Signature", "sig1=:" + Base64.getEncoder().encodeToString(signature) + ":");
    return headers;
  }

  private String parameters(boolean withAgent) {
    long now = clock.instant().getEpochSecond();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return (withAgent ? "(\"@authority\" \"signature-agent\")" : "(\"@authority\")")
        + ";created="
        + now
        + ";keyid=\""
        + key.keyId()
        + "\";alg=\"ed25519\";expires="
        + (now + VALID_SECONDS)
        + ";nonce=\""
        + Base64.getEncoder().encodeToString(nonce)
        + "\";tag=\"web-bot-auth\"";
  }
}
