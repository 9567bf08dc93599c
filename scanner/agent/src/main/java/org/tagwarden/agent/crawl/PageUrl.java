package org.tagwarden.agent.crawl;

import com.google.common.net.InternetDomainName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** URLs of pages: read, brought into one form, compared by site. */
public final class PageUrl {
  private static final Set<String> NO_PAGES =
      Set.of(
          "pdf", "zip", "gz", "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "ico", "mp3",
          "mp4", "webm", "mov", "css", "js", "mjs", "json", "xml", "rss", "atom", "txt", "csv",
          "doc", "docx", "xls", "xlsx", "ppt", "pptx", "exe", "dmg", "apk", "woff", "woff2", "ics");

  private PageUrl() {}

  /** The URL without fragment, host in lower case; empty when it is no http(s) URL. */
  public static Optional<String> read(@Nullable String text) {
    if (text == null) return Optional.empty();
    try {
      URI uri = new URI(text.strip().replace(" ", "%20").replace("|", "%7C"));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      if (!web || uri.getHost() == null) return Optional.empty();
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String login = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
      return Optional.of(
          scheme + "://" + login + uri.getHost().toLowerCase(Locale.ROOT) + port + path + query);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whether both belong to one registrable domain (or one address, or one bare host name). */
  public static boolean sameSite(String one, String other) {
    return site(one).equals(site(other));
  }

  /** Whether a link may lead to a page, going by its path's ending. */
  static boolean maybePage(String url) {
    String path = URI.create(url).getRawPath();
    int dot = path == null ? -1 : path.lastIndexOf('.');
    if (dot < 0 || path == null || path.indexOf('/', dot) >= 0) return true;
    return !NO_PAGES.contains(path.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** The registrable domain; under a suffix that no list knows, the last two labels. */
  private static String site(String url) {
    String host = URI.create(url).getHost();
    if (host == null) return url;
    if (!InternetDomainName.isValid(host) || host.matches("[0-9.]+")) return host;
    InternetDomainName name = InternetDomainName.from(host);
    if (name.isUnderPublicSuffix()) return name.topPrivateDomain().toString();
    if (name.hasPublicSuffix() || name.parts().size() < 2) return host;
    List<String> parts = name.parts();
    return parts.get(parts.size() - 2) + "." + parts.get(parts.size() - 1);
  }
}
