package org.tagwarden.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.BrowserContext;
import org.tagwarden.agent.traffic.RequestStamp;
import org.tagwarden.agent.traffic.SiteHosts;
import org.tagwarden.agent.traffic.TrafficRules;
import org.tagwarden.agent.traffic.UpstreamProxy;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.SiteAccess.PresetCookie;
import org.tagwarden.report.VisitOptions;

/** What one visit brings along to be let in, secrets put in. Never written down anywhere. */
final class Admission {
  private static final long COMMAND_MS = 5_000;

  private final ScannerSettings settings;
  private final VisitOptions options;
  private final RequestStamp stamp;
  private final @Nullable UpstreamProxy upstream;
  private final List<PresetCookie> cookies;
  private boolean granted = true;

  Admission(
      ScannerSettings settings,
      VisitOptions options,
      RequestStamp stamp,
      @Nullable UpstreamProxy upstream,
      List<PresetCookie> cookies) {
    this.settings = settings;
    this.options = options;
    this.stamp = stamp;
    this.upstream = upstream;
    this.cookies = cookies;
  }

  /** Of a visit that cannot be made. */
  static Admission refused(ScannerSettings settings, VisitOptions options) {
    Admission none = new Admission(settings, options, RequestStamp.NONE, null, List.of());
    none.granted = false;
    return none;
  }

  /** Whether the visit can be made. */
  boolean granted() {
    return granted;
  }

  /**
   * The rules of the proxy's port for this visit.
   *
   * @param looks whose user agent and languages the browser's own requests carry, too; null when no
   *     browser asks
   */
  TrafficRules rules(@Nullable VisitorLooks looks) {
    RequestStamp full =
        new RequestStamp(
            looks == null ? null : looks.userAgent(),
            looks == null ? null : looks.acceptLanguage(),
            stamp.site(),
            stamp.headers(),
            stamp.authorization(),
            stamp.signer());
    return new TrafficRules(
        settings.connectTo(),
        options.allowPrivate(),
        options.insecure(),
        options.consent() == ConsentState.GPC,
        full,
        upstream);
  }

  /** Whether there are cookies to bring, which no page has set. */
  boolean bringsCookies() {
    return !cookies.isEmpty() && stamp.site() != null;
  }

  /** Puts the site's cookies into the context, for the site's hosts and for nobody else. */
  void bringCookies(BrowserContext context) {
    SiteHosts site = stamp.site();
    if (!bringsCookies() || site == null) return;
    List<Map<String, Object>> set = new ArrayList<>();
    for (PresetCookie cookie : cookies) {
      Map<String, Object> one = new HashMap<>();
      one.put("name", cookie.name());
      one.put("value", cookie.value());
      one.put("path", cookie.path() == null ? "/" : cookie.path());
      one.put("domain", site.registrable() ? "." + site.domain() : site.domain());
      one.put("secure", site.secure());
      set.add(one);
    }
    context
        .browser()
        .call(
            "Storage.setCookies",
            Map.of("cookies", set, "browserContextId", context.contextId()),
            COMMAND_MS);
  }
}
