package org.tagwarden.agent.traffic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the scanner itself listens on this machine, and where its server does: no page may reach
 * these, whatever else its site is allowed. Only a visit of the server's own pages may go there.
 */
public final class OwnPorts {
  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
  private final @Nullable URI server;

  private OwnPorts(@Nullable URI server) {
    this.server = server;
  }

  /** Of a scanner that works for nobody. */
  public static OwnPorts withoutServer() {
    return new OwnPorts(null);
  }

  /** Of a scanner that works for this server. */
  public static OwnPorts withServer(URI server) {
    return new OwnPorts(server);
  }

  public void add(int port) {
    ports.add(port);
  }

  public void remove(int port) {
    ports.remove(port);
  }

  /** Whether a connection to this address, found under this name, would come back to ourselves. */
  boolean own(String name, InetAddress address, int port, @Nullable URI page) {
    if (ports.contains(port) && onThisMachine(address)) return true;
    if (server == null || port != port(server) || isServer(page)) return false;
    return name.equalsIgnoreCase(server.getHost())
        || (onThisMachine(address) && serverIsOnThisMachine());
  }

  private boolean serverIsOnThisMachine() {
    try {
      return server != null
          && Arrays.stream(InetAddress.getAllByName(server.getHost()))
              .anyMatch(OwnPorts::onThisMachine);
    } catch (UnknownHostException e) {
      return false; // its own connections fail as well
    }
  }

  private boolean isServer(@Nullable URI page) {
    return page != null
        && server != null
        && port(page) == port(server)
        && String.valueOf(page.getHost()).equalsIgnoreCase(server.getHost());
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) return address.getPort();
    return "https".equals(address.getScheme()) ? 443 : 80;
  }

  private static boolean onThisMachine(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) return true;
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return true; // when in doubt, it is
    }
  }
}
