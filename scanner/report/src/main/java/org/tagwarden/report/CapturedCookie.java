package org.tagwarden.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cookie that was set during the visit.
 *
 * @param valueSha256 first 16 hex digits of the value's SHA-256: tells whether it changed, not what
 *     it is
 * @param expires null for a session cookie
 * @param sameSite "Strict", "Lax", "None", or null when not given
 * @param requestId the request whose Set-Cookie header set it; null when a script did
 * @param script URL of the script that set it; null when a header did or when unknown
 * @param phase before or after the visitor's choice
 */
public record CapturedCookie(
    String name,
    String domain,
    String path,
    String valueSha256,
    boolean secure,
    boolean httpOnly,
    @Nullable String sameSite,
    boolean partitioned,
    @Nullable Instant expires,
    @Nullable Integer requestId,
    @Nullable String script,
    ConsentPhase phase) {
  public CapturedCookie {
    Require.present(name, "cookie.name");
    Require.notBlank(domain, "cookie.domain");
    phase = phase == null ? ConsentPhase.BEFORE_CHOICE : phase;
  }
}
