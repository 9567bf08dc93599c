package org.tagwarden.collector.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.Header;
import org.tagwarden.report.PageRules;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.SiteAccess;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.Visitor;

@Tag("database")
class SitesTest {
  private static final Principal ADMIN = new Principal(null, "Ann", Role.ADMIN, Map.of());

  private final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
  private TestDatabase db;
  private Clients clients;
  private Sites sites;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    AuditLog audit = new AuditLog(clock);
    clients = new Clients(db.database(), audit, clock);
    sites = new Sites(db.database(), audit, clock);
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void a_site_comes_back_as_it_was_drafted() {
    Client client = await(clients.create(ADMIN, "Bakery"));
    SiteDraft draft =
        new SiteDraft(
            "Shop",
            "https://shop.example",
            List.of("shop-static.example"),
            new PageSet(PageSet.Kind.SITEMAP, List.of("https://shop.example/sitemap.xml"), 50),
            VisitOptions.DEFAULT
                .but()
                .consents(List.of(ConsentState.ACCEPT))
                .device(DeviceProfile.MOBILE)
                .settleMs(1_000)
                .timeoutMs(30_000)
                .concurrency(4)
                .delayMs(250)
                .allowPrivate(true)
                .build(),
            false,
            List.of("it@shop.example"));

    Site site = await(sites.create(ADMIN, client.id(), draft));

    assertThat(site.draft()).isEqualTo(draft);
    assertThat(site.clientName()).isEqualTo("Bakery");
    SiteDraft changed = SiteDraft.of("Shop 2", "https://shop2.example/");
    assertThat(await(sites.update(ADMIN, site.id(), changed)).draft()).isEqualTo(changed);
  }

  @Test
  void everything_about_how_it_is_visited_comes_back() {
    Client client = await(clients.create(ADMIN, "Bakery"));
    SiteAccess access =
        new SiteAccess(
            List.of(new Header("X-Preview", "yes")),
            new SiteAccess.BasicAuth("preview", "${secret:PREVIEW}"),
            List.of(new SiteAccess.PresetCookie("variant", "b", "/shop")),
            "http://proxy.example:3128");
    VisitOptions options =
        VisitOptions.DEFAULT
            .but()
            .consents(List.of(ConsentState.NONE, ConsentState.ACCEPT, ConsentState.REJECT))
            .screenshots(true)
            .visitor(new Visitor("de-DE", "Europe/Berlin", "Tagwarden", true))
            .access(access)
            .build();
    PageRules rules = new PageRules(List.of("*/shop/*"), List.of("*?print=*"), 3, true, 20);
    SiteDraft draft =
        new SiteDraft(
            "Shop",
            "https://shop.example",
            List.of(),
            new PageSet(PageSet.Kind.CRAWL, List.of("https://shop.example/"), 50, rules),
            options,
            true,
            SiteSteps.NONE,
            true,
            List.of());

    Site site = await(sites.create(ADMIN, client.id(), draft));

    assertThat(site.draft()).isEqualTo(draft);
  }

  @Test
  void somebody_elses_site_does_not_exist() {
    Client bakery = await(clients.create(ADMIN, "Bakery"));
    Client brewery = await(clients.create(ADMIN, "Brewery"));
    Site site =
        await(sites.create(ADMIN, bakery.id(), SiteDraft.of("Shop", "https://shop.example")));
    Principal brewer = new Principal(null, "Bob", null, Map.of(brewery.id(), Role.ADMIN));

    assertThat(await(sites.list(brewer))).isEmpty();
    assertThat(await(clients.list(brewer))).containsExactly(brewery);
    assertThatThrownBy(() -> await(sites.get(brewer, site.id())))
        .hasMessage("There is no site " + site.id() + ".");
    assertThatThrownBy(() -> await(sites.update(brewer, site.id(), site.draft())))
        .hasMessage("There is no site " + site.id() + ".");
    assertThatThrownBy(() -> await(sites.create(brewer, bakery.id(), site.draft())))
        .hasMessage("There is no client " + bakery.id() + ".");
  }

  @Test
  void a_viewer_reads_and_changes_nothing() {
    Client client = await(clients.create(ADMIN, "Bakery"));
    Site site =
        await(sites.create(ADMIN, client.id(), SiteDraft.of("Shop", "https://shop.example")));
    Principal viewer = new Principal(null, "Vic", null, Map.of(client.id(), Role.VIEWER));

    assertThat(await(sites.list(viewer))).containsExactly(site);
    assertThatThrownBy(() -> await(sites.archive(viewer, site.id())))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.kind()).isEqualTo(Refusal.Kind.FORBIDDEN));
  }

  @Test
  void an_archived_site_leaves_the_list_and_can_come_back() {
    Client client = await(clients.create(ADMIN, "Bakery"));
    Site site =
        await(sites.create(ADMIN, client.id(), SiteDraft.of("Shop", "https://shop.example")));

    assertThat(await(sites.archive(ADMIN, site.id())).archivedAt()).isEqualTo(clock.instant());
    assertThat(await(sites.list(ADMIN))).isEmpty();
    assertThat(await(sites.restore(ADMIN, site.id()))).isEqualTo(site);
  }

  @Test
  void a_name_is_taken_once_per_client() {
    Client client = await(clients.create(ADMIN, "Bakery"));
    SiteDraft draft = SiteDraft.of("Shop", "https://shop.example");
    await(sites.create(ADMIN, client.id(), draft));

    assertThatThrownBy(() -> await(sites.create(ADMIN, client.id(), draft)))
        .hasMessageContaining("already a site named \"Shop\"");
    assertThatThrownBy(() -> await(clients.create(ADMIN, " Bakery ")))
        .hasMessageContaining("already a client named \"Bakery\"");
  }

  @Test
  void a_site_of_a_client_that_does_not_exist_is_refused() {
    assertThatThrownBy(
            () -> await(sites.create(ADMIN, 99, SiteDraft.of("Shop", "https://shop.example"))))
        .hasMessage("There is no client 99.");
  }
}
