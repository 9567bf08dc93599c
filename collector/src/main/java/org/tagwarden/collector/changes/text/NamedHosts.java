package org.tagwarden.collector.changes.text;

import com.google.common.net.InternetDomainName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hosts that the strings of a script name, also in Base64, which is how skimmers hide theirs. */
final class NamedHosts {
  private static final Pattern IN_URL =
      Pattern.compile(
          "(?i)(?:https?:|wss?:|^|[\"'( ])//((?:[a-z0-9-]{1,63}\\.)+[a-z][a-z0-9-]{1,62})(?![a-z0-9.-])");
  private static final Pattern BARE =
      Pattern.compile("(?i)((?:[a-z0-9-]{1,63}\\.)+[a-z]{2,63})(?:/[\\w./-]*)?");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{12,}={0,2}");

  /** Two labels like "user.name" are mostly no host: without a slash only these ends count. */
  private static final Set<String> USUAL_ENDS =
      Set.of(
          "com", "net", "org", "io", "ru", "cn", "biz", "xyz", "top", "site", "online", "info",
          "example");

  private static final int LONGEST_BASE64 = 2_000;

  private final SortedSet<String> hosts = new TreeSet<>();

  SortedSet<String> found() {
    return hosts;
  }

  void add(String inside) {
    addPlain(inside);
    if (inside.length() <= LONGEST_BASE64 && BASE64.matcher(inside).matches()) decoded(inside);
  }

  private void addPlain(String inside) {
    if (inside.indexOf('.') < 0) return;
    Matcher urls = IN_URL.matcher(inside);
    while (urls.find()) addHost(urls.group(1));
    Matcher bare = BARE.matcher(inside);
    if (!bare.matches()) return;
    String host = bare.group(1).toLowerCase(Locale.ROOT);
    String end = host.substring(host.lastIndexOf('.') + 1);
    boolean twoLabels = host.indexOf('.') == host.lastIndexOf('.');
    if (!twoLabels ? isDomain(host) : USUAL_ENDS.contains(end)) hosts.add(host);
  }

  private void decoded(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      for (byte b : bytes) if (b < ' ') return;
      addPlain(new String(bytes, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      // Not Base64 after all: then it names nobody.
    }
  }

  private void addHost(String host) {
    hosts.add(host.toLowerCase(Locale.ROOT));
  }

  private static boolean isDomain(String host) {
    if (!InternetDomainName.isValid(host)) return false;
    InternetDomainName name = InternetDomainName.from(host);
    return name.isUnderPublicSuffix() || host.endsWith(".example");
  }

  /** Whether the text is an address, so that it stays in a skeleton. */
  static boolean looksLikeUrl(String inside) {
    return IN_URL.matcher(inside).find();
  }
}
