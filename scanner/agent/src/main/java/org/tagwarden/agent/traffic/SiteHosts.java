package org.tagwarden.agent.traffic;

import com.google.common.net.InternetDomainName;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts belong to the site whose page is visited: those of its registrable domain; of an
 * address or a name of one label, that alone.
 *
 * @param secure whether the page came by https: what lets the scanner in is then not sent in clear
 */
public record SiteHosts(String domain, boolean registrable, boolean secure) {
  /** Those of this page's site. */
  public static SiteHosts of(String pageUrl) {
    URI page = URI.create(pageUrl);
    String host = page.getHost() == null ? "" : page.getHost().toLowerCase(Locale.ROOT);
    String domain = registrable(host);
    return new SiteHosts(
        domain == null ? host : domain, domain != null, "https".equals(page.getScheme()));
  }

  /** Whether a request to this host goes to the site, as safely as its page did. */
  boolean own(String host, boolean tls) {
    if (secure && !tls) return false;
    String asked = host.toLowerCase(Locale.ROOT);
    return asked.equals(domain) || (registrable && asked.endsWith("." + domain));
  }

  private static @Nullable String registrable(String host) {
    if (!InternetDomainName.isValid(host)) return null;
    InternetDomainName name = InternetDomainName.from(host);
    if (name.isUnderPublicSuffix()) return name.topPrivateDomain().toString();
    int labels = name.parts().size();
    if (name.isPublicSuffix() || labels < 2) return null;
    // As the list says of top-level domains that it does not know: one label below them.
    return String.join(".", name.parts().subList(labels - 2, labels));
  }
}
