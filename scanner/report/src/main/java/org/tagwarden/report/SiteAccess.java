package org.tagwarden.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the scanner needs to be let in. Sent to the hosts of the visited page's own registrable
 * domain and to no third party. In every value {@code ${secret:NAME}} stands for a secret that only
 * the scanner knows: secrets are in no job, report, log or screenshot.
 *
 * @param headers further request headers
 * @param basicAuth for HTTP authentication; null for none
 * @param cookies set before the first page is opened
 * @param upstreamProxy "http://host:port" through which the scanner connects; null for directly
 */
public record SiteAccess(
    List<Header> headers,
    @Nullable BasicAuth basicAuth,
    List<PresetCookie> cookies,
    @Nullable String upstreamProxy) {
  /** Nothing is needed. */
  public static final SiteAccess OPEN = new SiteAccess(List.of(), null, List.of(), null);

  /** A user name and a password. */
  public record BasicAuth(String user, String password) {
    public BasicAuth {
      Require.notBlank(user, "access.basicAuth.user");
      Require.present(password, "access.basicAuth.password");
    }
  }

  /**
   * A cookie of the site.
   *
   * @param path "/" when null
   */
  public record PresetCookie(String name, String value, @Nullable String path) {
    public PresetCookie {
      Require.notBlank(name, "access.cookie.name");
      Require.present(value, "access.cookie.value");
    }
  }

  public SiteAccess {
    headers = Require.list(headers, "access.headers");
    cookies = Require.list(cookies, "access.cookies");
  }
}
