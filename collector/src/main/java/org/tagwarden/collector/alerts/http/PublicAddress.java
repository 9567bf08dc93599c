package org.tagwarden.collector.alerts.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Which addresses lie in the internet, and which in the server's own surroundings. Pure. */
final class PublicAddress {
  private PublicAddress() {}

  static boolean is(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) return false;
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (first == 0 || first >= 240) return false; // this network, reserved, broadcast
    if (first == 100 && second >= 64 && second < 128) return false; // carriers' shared space
    if (first == 192 && second == 0 && bytes[2] == 0) return false; // protocol assignments
    return first != 198 || (second != 18 && second != 19); // benchmarks
  }

  /** Addresses that carry an IPv4 address are as public as that one. */
  private static boolean isPublic6(byte[] bytes) {
    if ((bytes[0] & 0xfe) == 0xfc) return false; // unique local
    if (startsWith(bytes, 0x20, 0x02)) return carried(bytes, 2); // 6to4
    if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b)) return carried(bytes, 12); // NAT64
    boolean compatible = true;
    for (int i = 0; i < 12; i++) compatible &= bytes[i] == 0;
    return !compatible || carried(bytes, 12);
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) if ((bytes[i] & 0xff) != prefix[i]) return false;
    return true;
  }

  private static boolean carried(byte[] bytes, int at) {
    try {
      return is(InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }
}
