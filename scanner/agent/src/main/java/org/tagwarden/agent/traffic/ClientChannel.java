package org.tagwarden.agent.traffic;

import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection from the browser to the proxy: what it is a tunnel to, and what it carries now.
 */
final class ClientChannel {
  private final Channel channel;
  private @Nullable UpstreamConnection tunnel;
  private @Nullable Exchange current;
  private final Map<String, UpstreamConnection> plain = new HashMap<>();

  ClientChannel(Channel channel) {
    this.channel = channel;
  }

  /** Whether the browser is still there: who closes first is the cause of what breaks off. */
  boolean open() {
    return channel.isActive();
  }

  synchronized @Nullable UpstreamConnection tunnel() {
    return tunnel;
  }

  synchronized void tunnel(UpstreamConnection connection) {
    tunnel = connection;
  }

  synchronized UpstreamConnection plain(String host, int port) {
    return plain.computeIfAbsent(host + ':' + port, k -> new UpstreamConnection(host, port, false));
  }

  synchronized UpstreamConnection freshPlain(String host, int port) {
    UpstreamConnection fresh = new UpstreamConnection(host, port, false);
    plain.put(host + ':' + port, fresh);
    return fresh;
  }

  synchronized void current(Exchange exchange) {
    current = exchange;
  }

  synchronized @Nullable Exchange current() {
    return current;
  }
}
