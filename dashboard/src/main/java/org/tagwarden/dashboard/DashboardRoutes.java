package org.tagwarden.dashboard;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.web.Assets;
import org.tagwarden.dashboard.web.Cookies;
import org.tagwarden.dashboard.web.Guard;
import org.tagwarden.dashboard.web.MenuEntry;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.SecurityHeaders;
import org.tagwarden.dashboard.web.SignedIn;
import org.tagwarden.dashboard.web.SiteMap;
import org.tagwarden.dashboard.web.Templates;

/** The site map: a line for every page; the menu comes from it, in this order. */
public final class DashboardRoutes {
  private DashboardRoutes() {}

  private static List<Page> pages(Collector collector) {
    return List.of();
  }

  /**
   * Adds the dashboard's routes. Called last: what no route knows gets the dashboard's "not found".
   */
  public static void mount(Router router, Collector collector, Clock clock) {
    boolean https = collector.config().publicUrl().startsWith("https:");
    Assets assets = Assets.load();
    List<Page> pages = pages(collector);
    List<MenuEntry> menu = pages.stream().map(Page::menu).filter(Objects::nonNull).toList();
    SiteMap map =
        new SiteMap(
            router, new NobodyYet(), new Templates(), assets, new Cookies(https), menu, clock);
    router.route().handler(new SecurityHeaders(https)::add);
    assets.mount(router);
    for (Page page : pages) page.mount(map);
    map.closeWithNotFound();
  }

  /** Until the collector's sessions are there. */
  private static final class NobodyYet implements Guard {
    @Override
    public Future<@Nullable SignedIn> session(String token) {
      return Future.succeededFuture(null);
    }

    @Override
    public Future<Site> site(SignedIn person, int siteId) {
      return Future.failedFuture(Refusal.notFound("There is no such site."));
    }
  }
}
