package org.tagwarden.agent.join;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.CookieObserver.Jarred;
import org.tagwarden.agent.observe.Deed;

/** Which script wrote a cookie, from what the page's observer saw of {@code document.cookie}. */
final class CookieWriters {
  private record Writing(String name, String value, String host, @Nullable String script) {}

  private final List<Writing> writings = new ArrayList<>();

  CookieWriters(Stacks stacks, List<Deed> deeds) {
    for (Deed deed : deeds) {
      if (!deed.kind().equals("COOKIE_WRITE")) continue;
      Stacks.Called by = Stacks.asker(stacks.frames(deed.target(), deed.stack()));
      writings.add(
          new Writing(
              deed.detail().strip(),
              value(deed.value()),
              host(deed.origin()),
              by == null ? null : by.frame().url()));
    }
  }

  /** Whoever wrote this value last; else whoever wrote the name last; null when nobody was seen. */
  @Nullable String writerOf(Jarred cookie) {
    String domain = cookie.domain().toLowerCase(Locale.ROOT);
    @Nullable String byName = null;
    @Nullable String byValue = null;
    for (Writing writing : writings) {
      if (writing.script() == null || !writing.name().equals(cookie.name())) continue;
      if (!reaches(domain, writing.host())) continue;
      byName = writing.script();
      if (writing.value().equals(cookie.value())) byValue = writing.script();
    }
    return byValue != null ? byValue : byName;
  }

  private static boolean reaches(String domain, String host) {
    return domain.startsWith(".")
        ? host.equals(domain.substring(1)) || host.endsWith(domain)
        : host.equals(domain);
  }

  private static String value(String line) {
    int end = line.indexOf(';');
    String pair = end < 0 ? line : line.substring(0, end);
    return pair.substring(pair.indexOf('=') + 1).strip();
  }

  private static String host(String origin) {
    try {
      String host = URI.create(origin).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return ""; // an opaque origin has no cookies
    }
  }
}
