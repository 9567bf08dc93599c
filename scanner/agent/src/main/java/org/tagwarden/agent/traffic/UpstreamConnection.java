package org.tagwarden.agent.traffic;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One connection from the proxy to a server, as it was set up; its exchanges share it. */
final class UpstreamConnection {
  final String host;
  final int port;
  final boolean tls;
  long resolveStart;
  long resolveEnd;
  long connectStart;
  long handshakeStart;
  long ready;
  volatile @Nullable InetSocketAddress address;
  private boolean setUpCharged;

  UpstreamConnection(String host, int port, boolean tls) {
    this.host = host;
    this.port = port;
    this.tls = tls;
  }

  /** True for the first exchange only: the one that waited for the connection. */
  synchronized boolean chargeSetUp() {
    boolean first = !setUpCharged;
    setUpCharged = true;
    return first;
  }

  double dnsMs() {
    return phase(resolveStart, resolveEnd);
  }

  double connectMs() {
    return phase(connectStart, handshakeStart != 0 ? handshakeStart : ready);
  }

  double tlsMs() {
    return handshakeStart == 0 ? -1 : phase(handshakeStart, ready);
  }

  private static double phase(long from, long to) {
    return from == 0 || to == 0 ? -1 : Math.max(0, (to - from) / 1e6);
  }
}
