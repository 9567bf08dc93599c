package org.tagwarden.collector.site;

import java.net.URI;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.report.Header;
import org.tagwarden.report.PageRules;
import org.tagwarden.report.SiteAccess;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.Visitor;

/**
 * What a person may say about how a site is visited. Each broken rule is a {@link Refusal} that
 * names the form's field. Secrets are refused: they live with the scanner alone (see {@link
 * PlainSecrets}).
 */
final class VisitRules {
  private static final int LONGEST_VALUE = 4_000;
  private static final int LONGEST_PATTERN = 500;
  private static final int MOST_PATTERNS = 200;
  private static final int LONGEST_SUFFIX = 200;
  private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e\\u00a0-\\uffff]*");

  /** The browser and the proxy write these themselves. */
  private static final Set<String> NOT_OURS =
      Set.of(
          "host", "content-length", "connection", "transfer-encoding", "upgrade", "cookie", "te");

  private VisitRules() {}

  static void check(VisitOptions options) {
    visitor(options.visitor());
    SiteAccess access = options.access();
    for (Header header : access.headers()) header(header);
    for (SiteAccess.PresetCookie cookie : access.cookies()) cookie(cookie);
    basicAuth(access.basicAuth());
    proxy(access.upstreamProxy());
  }

  private static void visitor(Visitor visitor) {
    String locale = visitor.locale();
    if (locale != null && !LOCALE.matcher(locale).matches()) {
      throw Refusal.invalid("locale", "Write language and region like de-DE, or leave it empty.");
    }
    if (visitor.timeZone() != null) timeZone(visitor.timeZone());
    String suffix = visitor.userAgentSuffix();
    if (suffix != null && (suffix.length() > LONGEST_SUFFIX || !printable(suffix))) {
      throw Refusal.invalid(
          "userAgentSuffix", "At most " + LONGEST_SUFFIX + " letters, on one line.");
    }
  }

  private static void timeZone(String zone) {
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw Refusal.invalid(
          "visitorTimeZone", "\"" + zone + "\" is no time zone: write one like Europe/Berlin.");
    }
  }

  private static void header(Header header) {
    String field = "headers";
    String name = header.name();
    if (!TOKEN.matcher(name).matches() || NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw Refusal.invalid(
          field,
          "\"" + name + "\" cannot be set: write headers like X-Preview: yes, and cookies below.");
    }
    text(field, name, header.value());
    PlainSecrets.refuse(field, name, header.value());
  }

  private static void cookie(SiteAccess.PresetCookie cookie) {
    String field = "cookies";
    if (!TOKEN.matcher(cookie.name()).matches() || cookie.value().contains(";")) {
      throw Refusal.invalid(
          field, "\"" + cookie.name() + "\" is no cookie: write it like name=value, a line each.");
    }
    text(field, cookie.name(), cookie.value());
    PlainSecrets.refuse(field, cookie.name(), cookie.value());
  }

  private static void basicAuth(SiteAccess.@Nullable BasicAuth auth) {
    if (auth == null) return;
    if (auth.user().contains(":")) {
      throw Refusal.invalid("basicUser", "A user name of HTTP authentication holds no colon.");
    }
    text("basicUser", "The user name", auth.user());
    text("basicPassword", "The password", auth.password());
    PlainSecrets.refusePassword("basicPassword", auth.password());
  }

  private static void proxy(@Nullable String proxy) {
    if (proxy == null) return;
    String field = "upstreamProxy";
    PlainSecrets.checkReferences(field, proxy);
    URI uri;
    try {
      uri = URI.create(PlainSecrets.withoutReferences(proxy));
    } catch (IllegalArgumentException e) {
      throw noProxy();
    }
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 1) {
      throw noProxy();
    }
    String user = uri.getRawUserInfo();
    int colon = user == null ? -1 : user.indexOf(':');
    if (user != null && colon >= 0) {
      String given = proxy.substring(proxy.indexOf(':', "http://".length()) + 1);
      PlainSecrets.refusePassword(field, given.substring(0, given.lastIndexOf('@')));
    }
  }

  private static Refusal noProxy() {
    return Refusal.invalid(
        "upstreamProxy", "Write the proxy like http://proxy.example.com:3128, with its port.");
  }

  private static void text(String field, String what, String value) {
    if (value.length() > LONGEST_VALUE || !printable(value)) {
      throw Refusal.invalid(
          field, what + " must stand on one line of at most " + LONGEST_VALUE + " characters.");
    }
    PlainSecrets.checkReferences(field, value);
  }

  private static boolean printable(String text) {
    return PRINTABLE.matcher(text).matches();
  }

  /** The rules with trimmed patterns. */
  static PageRules patterns(PageRules rules) {
    return new PageRules(
        patterns("include", rules.include()),
        patterns("exclude", rules.exclude()),
        rules.depth(),
        rules.robots(),
        rules.perTemplate());
  }

  private static List<String> patterns(String field, List<String> patterns) {
    if (patterns.size() > MOST_PATTERNS) {
      throw Refusal.invalid(field, "At most " + MOST_PATTERNS + " patterns.");
    }
    for (String pattern : patterns) {
      if (pattern.strip().length() > LONGEST_PATTERN) {
        throw Refusal.invalid(field, "A pattern has at most " + LONGEST_PATTERN + " characters.");
      }
    }
    return patterns.stream().map(String::strip).filter(p -> !p.isEmpty()).distinct().toList();
  }
}
