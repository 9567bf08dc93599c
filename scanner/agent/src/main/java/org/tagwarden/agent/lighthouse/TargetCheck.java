package org.tagwarden.agent.lighthouse;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.tagwarden.agent.ConnectTo;
import org.tagwarden.agent.traffic.PrivateAddresses;

/**
 * Whether Lighthouse may and can go to a page, found out before a browser is started for it: its
 * Chromium has no proxy that would refuse private addresses. Requests of a public page to private
 * addresses are Chromium's to refuse (local network access checks).
 */
final class TargetCheck {
  private static final int CONNECT_MS = 15_000;

  private final List<ConnectTo> connectTo;

  TargetCheck(List<ConnectTo> connectTo) {
    this.connectTo = connectTo;
  }

  /** Returns when the page's server takes a connection. */
  void check(URI page, boolean allowPrivate) throws LighthouseFailure {
    String host = page.getHost();
    int port = port(page);
    for (ConnectTo mapping : connectTo) {
      boolean nowhere = mapping.host().equals("*") && host.endsWith(".invalid");
      if (nowhere || !mapping.matches(host, port)) continue;
      boolean named = !mapping.toAddress().equals("*");
      reach(host, resolve(mapping.addressFor(host), named || allowPrivate), mapping.portFor(port));
      return;
    }
    reach(host, resolve(host, allowPrivate), port);
  }

  static int port(URI page) {
    if (page.getPort() >= 0) return page.getPort();
    return "https".equalsIgnoreCase(page.getScheme()) ? 443 : 80;
  }

  private static InetAddress[] resolve(String name, boolean allowPrivate) throws LighthouseFailure {
    InetAddress[] found;
    try {
      found = InetAddress.getAllByName(name);
    } catch (UnknownHostException e) {
      throw new LighthouseFailure(
          "resolve",
          "dns-failure",
          "The host name "
              + name
              + " does not resolve. Check the spelling, and whether the domain still exists.");
    }
    for (InetAddress address : found) {
      if (allowPrivate || !PrivateAddresses.contains(address)) continue;
      throw new LighthouseFailure(
          "resolve",
          "private-target",
          name
              + " is at the private address "
              + address.getHostAddress()
              + ". Scanners do not connect there unless the site is marked as internal.");
    }
    return found;
  }

  private static void reach(String host, InetAddress[] addresses, int port)
      throws LighthouseFailure {
    IOException why = new IOException("no address");
    for (InetAddress address : addresses) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), CONNECT_MS);
        return;
      } catch (IOException e) {
        why = e;
      }
    }
    boolean refused = why instanceof ConnectException;
    throw new LighthouseFailure(
        "connect",
        refused ? "connection-refused" : "connect-failed",
        "No connection to " + host + ", port " + port + ": " + why.getMessage() + ". Is it up?");
  }
}
