package org.tagwarden.collector.intake;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a resource in the dictionary: its URL without fragment, with {@code *} for whatever
 * changes from load to load (time stamps, random numbers, visitor ids, long values), so that the
 * same pixel on two visits is the same resource. Pure.
 */
public final class ResourceUrl {
  private static final int LONGEST = 1_000;
  private static final int MOST_PARAMETERS = 40;
  private static final int LONGEST_VALUE = 40;

  /** Parameters whose values change although they may look harmless. */
  private static final Set<String> VOLATILE_NAMES =
      Set.of(
          "_",
          "_p",
          "_s",
          "_et",
          "_ss",
          "_z",
          "cb",
          "cachebust",
          "cachebuster",
          "cid",
          "ci",
          "dt",
          "ep",
          "fbclid",
          "gclid",
          "it",
          "nonce",
          "o",
          "ord",
          "r",
          "rand",
          "random",
          "rnd",
          "seq",
          "sid",
          "sct",
          "seg",
          "t",
          "tfd",
          "time",
          "timestamp",
          "ts",
          "u",
          "uid",
          "url",
          "ref",
          "referrer",
          "z",
          "dl",
          "dr",
          "dp",
          "sr",
          "vp",
          "fst",
          "gtm",
          "tt");

  private static final Pattern LOOKS_VOLATILE =
      Pattern.compile(
          "\\d{6,}" // time stamps, counters, visitor numbers
              + "|-?\\d+\\.\\d+(?:\\.\\d+)*" // decimals, 123.456 visitor ids
              + "|\\p{XDigit}{8}-\\p{XDigit}{4}-.*" // UUIDs
              + "|(?=.*\\d)\\p{XDigit}{16,}" // hashes
              + "|(?=.*\\d)(?=.*[a-z])(?=.*[A-Z])[\\w+/=-]{20,}"); // tokens

  private static final Pattern VOLATILE_SEGMENT =
      Pattern.compile(
          "\\d{10,}|\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  private ResourceUrl() {}

  /** Whether the URL was asked from a host; what the browser made itself (data:, blob:) was not. */
  static boolean isRemote(String url) {
    String start = url.substring(0, Math.min(8, url.length())).toLowerCase(Locale.ROOT);
    return start.startsWith("http:")
        || start.startsWith("https:")
        || start.startsWith("ws:")
        || start.startsWith("wss:");
  }

  public static String normalise(String url) {
    int hash = url.indexOf('#');
    String whole = hash < 0 ? url : url.substring(0, hash);
    int question = whole.indexOf('?');
    String path = question < 0 ? whole : whole.substring(0, question);
    StringBuilder normal = new StringBuilder(path(path));
    if (question >= 0) normal.append('?').append(query(whole.substring(question + 1)));
    return normal.length() <= LONGEST ? normal.toString() : normal.substring(0, LONGEST - 1) + "*";
  }

  private static String path(String schemeHostPath) {
    int host = schemeHostPath.indexOf("://");
    int start = host < 0 ? -1 : schemeHostPath.indexOf('/', host + 3);
    if (start < 0) return lowerCase(schemeHostPath);
    StringBuilder path = new StringBuilder(lowerCase(schemeHostPath.substring(0, start)));
    for (String segment : schemeHostPath.substring(start + 1).split("/", -1)) {
      path.append('/').append(segment(segment));
    }
    return path.toString();
  }

  /** A path segment; one with matrix parameters (";ord=123") is treated like a query. */
  private static String segment(String segment) {
    if (segment.indexOf(';') < 0) {
      return VOLATILE_SEGMENT.matcher(segment).matches() ? "*" : segment;
    }
    return parameters(segment, ";");
  }

  private static String query(String query) {
    return parameters(query, "&");
  }

  private static String parameters(String text, String separator) {
    StringBuilder result = new StringBuilder();
    String[] parameters = text.split(separator, -1);
    for (int i = 0; i < Math.min(parameters.length, MOST_PARAMETERS); i++) {
      if (i > 0) result.append(separator);
      result.append(parameter(parameters[i]));
    }
    if (parameters.length > MOST_PARAMETERS) result.append(separator).append('*');
    return result.toString();
  }

  private static String parameter(String parameter) {
    int equals = parameter.indexOf('=');
    if (equals < 0) return isVolatile(parameter) ? "*" : parameter;
    String name = parameter.substring(0, equals);
    String value = parameter.substring(equals + 1);
    boolean changes =
        !value.isEmpty()
            && (VOLATILE_NAMES.contains(name.toLowerCase(Locale.ROOT)) || isVolatile(value));
    return (isVolatile(name) ? "*" : name) + "=" + (changes ? "*" : value);
  }

  private static boolean isVolatile(String text) {
    return text.length() > LONGEST_VALUE || LOOKS_VOLATILE.matcher(text).matches();
  }

  private static String lowerCase(String schemeAndHost) {
    return schemeAndHost.toLowerCase(Locale.ROOT);
  }
}
