package org.tagwarden.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The upstream connection's TLS as the proxy negotiated it.
 *
 * @param version for example "TLSv1.3"
 * @param issuer distinguished name of the leaf certificate's issuer
 * @param subject distinguished name of the leaf certificate
 * @param notAfter end of the leaf certificate's validity
 * @param trusted whether the chain and the host name verify against the scanner's trust store
 * @param problem why not; null when trusted
 */
public record Tls(
    String version,
    @Nullable String cipher,
    String issuer,
    String subject,
    Instant notBefore,
    Instant notAfter,
    boolean trusted,
    @Nullable String problem) {
  public Tls {
    Require.notBlank(version, "tls.version");
    Require.present(notAfter, "tls.notAfter");
  }
}
