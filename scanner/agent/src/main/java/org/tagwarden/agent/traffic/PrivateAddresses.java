package org.tagwarden.agent.traffic;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses a page from the internet has no business with. */
public final class PrivateAddresses {
  private PrivateAddresses() {}

  /** Whether it is private, loopback, link-local or reserved, in IPv6's clothes too. */
  public static boolean contains(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) return true;
    return address instanceof Inet6Address
        ? privateSix(address)
        : privateFour(address.getAddress());
  }

  private static boolean privateFour(byte[] ip) {
    int a = ip[0] & 0xff;
    int b = ip[1] & 0xff;
    int c = ip[2] & 0xff;
    return a == 0
        || a >= 240
        || (a == 100 && b >= 64 && b < 128) // shared address space of carriers
        || (a == 192 && b == 0 && c == 0) // protocol assignments
        || (a == 198 && (b == 18 || b == 19)); // benchmarks
  }

  /** Unique local addresses, and IPv4 addresses in IPv6's clothes (mapped, 6to4, NAT64). */
  private static boolean privateSix(InetAddress address) {
    byte[] ip = address.getAddress();
    if ((ip[0] & 0xfe) == 0xfc) return true;
    if (startsWith(ip, 0x20, 0x02)) return privateInside(ip, 2);
    if (startsWith(ip, 0x00, 0x64, 0xff, 0x9b, 0x00, 0x01)) return true; // NAT64 of a network's own
    if (startsWith(ip, 0x00, 0x64, 0xff, 0x9b)) return privateInside(ip, 12);
    if (startsWith(ip, 0x20, 0x01, 0x00, 0x00)) return true; // Teredo: a tunnel to anywhere
    if (startsWith(ip, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0)) return privateInside(ip, 12);
    boolean zeros = true;
    for (int i = 0; i < 10; i++) zeros &= ip[i] == 0;
    return zeros && privateInside(ip, 12);
  }

  private static boolean startsWith(byte[] ip, int... prefix) {
    for (int i = 0; i < prefix.length; i++) if ((ip[i] & 0xff) != prefix[i]) return false;
    return true;
  }

  private static boolean privateInside(byte[] ip, int at) {
    byte[] four = {ip[at], ip[at + 1], ip[at + 2], ip[at + 3]};
    try {
      return contains(InetAddress.getByAddress(four));
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an IPv4 address", e);
    }
  }
}
