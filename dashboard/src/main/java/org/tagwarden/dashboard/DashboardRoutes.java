package org.tagwarden.dashboard;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.tagwarden.collector.Collector;
import org.tagwarden.dashboard.pages.access.AccessPage;
import org.tagwarden.dashboard.pages.access.PersonPage;
import org.tagwarden.dashboard.pages.account.AccountPage;
import org.tagwarden.dashboard.pages.act.ActPage;
import org.tagwarden.dashboard.pages.alerts.AlertsPage;
import org.tagwarden.dashboard.pages.alerts.CarePage;
import org.tagwarden.dashboard.pages.alerts.RulesPage;
import org.tagwarden.dashboard.pages.audit.AuditPage;
import org.tagwarden.dashboard.pages.authorizations.AuthorizationPage;
import org.tagwarden.dashboard.pages.authorizations.AuthorizationsPage;
import org.tagwarden.dashboard.pages.authorizations.PolicyPage;
import org.tagwarden.dashboard.pages.changes.ChangesPage;
import org.tagwarden.dashboard.pages.door.ForgotPage;
import org.tagwarden.dashboard.pages.door.InvitationPage;
import org.tagwarden.dashboard.pages.door.LinkPage;
import org.tagwarden.dashboard.pages.door.SignInPage;
import org.tagwarden.dashboard.pages.door.SingleSignOnPage;
import org.tagwarden.dashboard.pages.findings.FindingsPage;
import org.tagwarden.dashboard.pages.inventory.InventoryPage;
import org.tagwarden.dashboard.pages.overview.OverviewPage;
import org.tagwarden.dashboard.pages.owners.OwnersPage;
import org.tagwarden.dashboard.pages.owners.StandardPage;
import org.tagwarden.dashboard.pages.pack.PackPage;
import org.tagwarden.dashboard.pages.performance.PerformancePage;
import org.tagwarden.dashboard.pages.requests.RequestsPage;
import org.tagwarden.dashboard.pages.scans.ScansPage;
import org.tagwarden.dashboard.pages.schedule.NewSitePage;
import org.tagwarden.dashboard.pages.schedule.SchedulePage;
import org.tagwarden.dashboard.pages.tag.TagPage;
import org.tagwarden.dashboard.pages.visit.VisitPage;
import org.tagwarden.dashboard.pages.visiting.VisitingPage;
import org.tagwarden.dashboard.web.Assets;
import org.tagwarden.dashboard.web.Cookies;
import org.tagwarden.dashboard.web.MenuEntry;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.SecurityHeaders;
import org.tagwarden.dashboard.web.SiteMap;
import org.tagwarden.dashboard.web.Templates;

/** The site map: a line for every page; the menu comes from it, in this order. */
public final class DashboardRoutes {
  /**
   * Higher levels take much longer for a long inventory and save few bytes. Static files are not
   * concerned: they are compressed at build time.
   */
  private static final int COMPRESSION = 2;

  private DashboardRoutes() {}

  /** How a server speaks to browsers; host and port are the caller's. */
  public static HttpServerOptions httpOptions() {
    return new HttpServerOptions().setCompressionSupported(true).setCompressionLevel(COMPRESSION);
  }

  private static List<Page> pages(Collector collector, Cookies cookies, Clock clock) {
    return List.of(
        new SignInPage(collector, cookies),
        new LinkPage(collector, cookies),
        new InvitationPage(collector, cookies),
        new ForgotPage(collector),
        new SingleSignOnPage(collector, cookies),
        new AccountPage(collector, cookies),
        new OverviewPage(collector),
        new NewSitePage(collector),
        new InventoryPage(collector),
        new TagPage(collector),
        new VisitPage(collector),
        new VisitingPage(collector),
        new SchedulePage(collector, clock),
        new ScansPage(collector),
        new FindingsPage(collector),
        new AuthorizationsPage(collector),
        new PolicyPage(collector),
        new AuthorizationPage(collector),
        new RequestsPage(collector),
        new ChangesPage(collector),
        new PerformancePage(collector),
        new PackPage(collector),
        new AlertsPage(collector),
        new RulesPage(collector),
        new CarePage(collector),
        new OwnersPage(collector),
        new StandardPage(collector),
        new ActPage(collector),
        new AccessPage(collector),
        new PersonPage(collector),
        new AuditPage(collector));
  }

  /**
   * Adds the dashboard's routes. Called last: what no route knows gets the dashboard's "not found".
   */
  public static void mount(Router router, Collector collector, Clock clock) {
    boolean https = collector.config().publicUrl().startsWith("https:");
    Assets assets = Assets.load();
    Cookies cookies = new Cookies(https);
    List<Page> pages = pages(collector, cookies, clock);
    List<MenuEntry> menu = pages.stream().map(Page::menu).filter(Objects::nonNull).toList();
    SiteMap map =
        new SiteMap(
            router, new CollectorGuard(collector), new Templates(), assets, cookies, menu, clock);
    router.route().handler(new SecurityHeaders(https)::add);
    assets.mount(router);
    for (Page page : pages) page.mount(map);
    map.closeWithNotFound();
  }
}
