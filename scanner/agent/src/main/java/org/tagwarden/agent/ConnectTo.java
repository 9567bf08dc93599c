package org.tagwarden.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * Sends connections meant for one host and port to another address, as curl's {@code --resolve} and
 * {@code --connect-to} do. The page, its URLs and TLS server names stay as they are.
 *
 * @param host lower-case host name, or {@code *} for any
 * @param port port, or 0 for any
 * @param toAddress host name or address to connect to, or {@code *} for the one that was asked for
 * @param toPort port to connect to, or 0 for the one that was asked for
 */
public record ConnectTo(String host, int port, String toAddress, int toPort) {
  private static final String ANY = "*";

  public ConnectTo {
    if (host.isBlank() || toAddress.isBlank())
      throw new IllegalArgumentException("A connection mapping needs a host and an address.");
    host = host.toLowerCase(java.util.Locale.ROOT);
    checkPort(port);
    checkPort(toPort);
  }

  /** Whether connections to this host and port are sent elsewhere by this mapping. */
  public boolean matches(String askedHost, int askedPort) {
    return (host.equals(ANY) || host.equalsIgnoreCase(askedHost))
        && (port == 0 || port == askedPort);
  }

  /** The host name or address to connect to instead of {@code askedHost}. */
  public String addressFor(String askedHost) {
    return toAddress.equals(ANY) ? askedHost : toAddress;
  }

  /** The port to connect to instead of {@code askedPort}. */
  public int portFor(int askedPort) {
    return toPort == 0 ? askedPort : toPort;
  }

  /**
   * Reads curl's {@code --resolve HOST:PORT:ADDRESS}; host may be {@code *}, an IPv6 address may
   * stand in brackets or not.
   */
  public static ConnectTo parseResolve(String text) {
    String rest = text.startsWith("+") ? text.substring(1) : text;
    List<String> parts = split(rest, 3);
    if (parts.size() != 3 || parts.stream().anyMatch(String::isBlank))
      throw new IllegalArgumentException(
          "--resolve wants HOST:PORT:ADDRESS, for example shop.example:443:127.0.0.1, but got \""
              + text
              + "\".");
    return new ConnectTo(
        parts.get(0), port(parts.get(1), "--resolve", text), first(parts.get(2)), 0);
  }

  /**
   * Reads curl's {@code --connect-to HOST1:PORT1:HOST2:PORT2}; an empty HOST1 or PORT1 means any,
   * an empty HOST2 or PORT2 the one that was asked for.
   */
  public static ConnectTo parseConnectTo(String text) {
    List<String> parts = split(text, 4);
    if (parts.size() != 4)
      throw new IllegalArgumentException(
          "--connect-to wants HOST1:PORT1:HOST2:PORT2, for example"
              + " shop.example:443:127.0.0.1:8443, but got \""
              + text
              + "\".");
    return new ConnectTo(
        orAny(parts.get(0)),
        port(parts.get(1), "--connect-to", text),
        orAny(parts.get(2)),
        port(parts.get(3), "--connect-to", text));
  }

  private static String orAny(String host) {
    return host.isBlank() ? ANY : host;
  }

  private static String first(String addresses) {
    int comma = addresses.indexOf(',');
    return unbracket(comma < 0 ? addresses : addresses.substring(0, comma));
  }

  private static int port(String text, String option, String whole) {
    if (text.isBlank() || text.equals(ANY)) return 0;
    try {
      int port = Integer.parseInt(text);
      checkPort(port);
      return port;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          option + ": \"" + text + "\" in \"" + whole + "\" is no port (1 to 65535).", e);
    }
  }

  private static void checkPort(int port) {
    if (port < 0 || port > 65_535)
      throw new IllegalArgumentException(port + " is no port (1 to 65535).");
  }

  /** Splits at colons outside of brackets, the last part keeping any further ones. */
  private static List<String> split(String text, int most) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean bracket = false;
    for (char c : text.toCharArray()) {
      if (c == '[') bracket = true;
      if (c == ']') bracket = false;
      if (c == ':' && !bracket && parts.size() < most - 1) {
        parts.add(unbracket(part.toString()));
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(unbracket(part.toString()));
    return parts;
  }

  private static String unbracket(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
