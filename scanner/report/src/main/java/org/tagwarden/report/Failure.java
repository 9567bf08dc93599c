package org.tagwarden.report;

/**
 * Why a request has no complete response.
 *
 * @param code the cause as the proxy's connect error or else the browser tells it
 * @param message one sentence for people, with host
 */
public record Failure(Code code, String message) {
  /** The causes. */
  public enum Code {
    /** The host name does not resolve. */
    DNS,
    /** Nobody listens there. */
    REFUSED,
    /** No answer in time. */
    TIMEOUT,
    /** Certificate or handshake. */
    TLS,
    /** The connection broke off. */
    RESET,
    /** The page or the browser cancelled it. */
    CANCELLED,
    /** Content policy, CORS, mixed content or another rule of the browser. */
    BLOCKED,
    /** The scanner refuses private and loopback targets for this site. */
    PRIVATE_TARGET,
    /** Anything else. */
    OTHER
  }

  public Failure {
    Require.present(code, "failure.code");
    Require.notBlank(message, "failure.message");
  }
}
