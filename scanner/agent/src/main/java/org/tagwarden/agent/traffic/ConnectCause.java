package org.tagwarden.agent.traffic;

import org.tagwarden.report.Failure;
import org.tagwarden.report.Tls;

/**
 * Why a connection could not be made. LittleProxy tells its filters that it failed, not why: the
 * resolver, the trust manager and the clock know.
 */
final class ConnectCause {
  static final int CONNECT_TIMEOUT_MS = 15_000;

  private ConnectCause() {}

  static Failure of(
      UpstreamConnection connection, TrafficLog log, boolean resolutionFailed, long now) {
    String host = connection.host;
    String place = host + " port " + connection.port;
    Failure refusal = log.refusal(host, connection.port);
    boolean nowhere = connection.connectStart == 0;
    if ((resolutionFailed || nowhere) && refusal != null) return refusal;
    if (connection.handshakeStart != 0) {
      Tls tls = log.certificateOf(host, connection.port);
      String why = tls == null || tls.problem() == null ? null : tls.problem();
      return new Failure(
          Failure.Code.TLS,
          why != null
              ? why
              : "The TLS handshake with "
                  + place
                  + " failed: the server speaks no TLS there, or none that this scanner accepts.");
    }
    if (connection.ready != 0)
      return new Failure(Failure.Code.RESET, place + " closed the connection without an answer.");
    if (connection.connectStart != 0
        && now - connection.connectStart >= (CONNECT_TIMEOUT_MS - 500) * 1_000_000L)
      return new Failure(
          Failure.Code.TIMEOUT,
          place + " did not accept a connection within " + CONNECT_TIMEOUT_MS / 1000 + " seconds.");
    return new Failure(
        Failure.Code.REFUSED,
        "Nobody listens at " + place + ", or a firewall turns connections away.");
  }
}
