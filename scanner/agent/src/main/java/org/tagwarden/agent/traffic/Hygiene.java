package org.tagwarden.agent.traffic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tagwarden.report.Header;

/** Takes out of headers what must not leave the scanner. */
public final class Hygiene {
  private Hygiene() {}

  static List<Header> clean(Iterable<Map.Entry<String, String>> headers) {
    List<Header> clean = new ArrayList<>();
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey();
      if (!name.isBlank()) clean.add(new Header(name, value(name, header.getValue())));
    }
    return clean;
  }

  /** The same for headers that the browser told of. */
  public static List<Header> clean(List<Header> headers) {
    return headers.stream().map(h -> new Header(h.name(), value(h.name(), h.value()))).toList();
  }

  private static String value(String name, String value) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "authorization", "proxy-authorization" -> "[removed]";
      case "cookie" -> cookies(value);
      case "set-cookie" -> setCookie(value);
      default -> value;
    };
  }

  private static String cookies(String value) {
    List<String> clean = new ArrayList<>();
    for (String pair : value.split(";", -1)) clean.add(pair(pair.strip()));
    return String.join("; ", clean);
  }

  private static String setCookie(String value) {
    int end = value.indexOf(';');
    return end < 0 ? pair(value) : pair(value.substring(0, end)) + value.substring(end);
  }

  private static String pair(String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? "" : pair.substring(0, equals);
    return name + "=sha256:" + cookieHash(pair.substring(equals + 1).strip());
  }

  /** First 16 hex digits of a cookie value's SHA-256. */
  public static String cookieHash(String value) {
    return hex("SHA-256", value.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /** Lower-case hex of the digest of these bytes. */
  public static String hex(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK has no " + algorithm, e);
    }
  }
}
