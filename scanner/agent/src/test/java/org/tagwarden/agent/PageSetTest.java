package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.agent.crawl.PagesNotFoundException;
import org.tagwarden.fixtures.TestSideBySide;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.PageRules;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.VisitOptions;

/** Where the pages of a scan come from, on a small site of its own. */
@Tag("browser")
class PageSetTest {
  private static @TempDir Path folder;
  private static HttpServer server;
  private static SiteScan scan;
  private static String site;

  @BeforeAll
  static void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site = "http://localhost:" + server.getAddress().getPort();
    answer(
        "/",
        "text/html",
        "<a href='/a'>a</a><a href='/b'>b</a><a href='https://other.example/'>o</a>");
    answer("/a", "text/html", "<a href='/c'>c</a>");
    answer("/b", "text/html", "b");
    answer("/c", "text/html", "c");
    answer(
        "/sitemap.xml",
        "application/xml",
        "<urlset><url><loc>"
            + site
            + "/a</loc></url><url><loc>"
            + site
            + "/c</loc></url></urlset>");
    answer("/robots.txt", "text/plain", "User-agent: *\nDisallow: /b\n");
    StringBuilder products = new StringBuilder("<a href='/about'>about</a>");
    StringBuilder named = new StringBuilder("<urlset>");
    for (int i = 0; i < 200; i++) {
      products.append("<a href='/products/light-boot-").append(i).append("?utm_source=x'>p</a>");
      named.append("<url><loc>").append(site).append("/products/light-boot-").append(i);
      named.append("</loc></url>");
    }
    named.append("<url><loc>").append(site).append("/a</loc></url></urlset>");
    answer("/shop", "text/html", products.toString());
    answer("/about", "text/html", "about");
    for (int i = 0; i < 200; i++) answer("/products/light-boot-" + i, "text/html", "boot " + i);
    answer("/shop.xml.gz", "application/gzip", zipped(named.toString()));
    answer(
        "/index.xml",
        "application/xml",
        "<sitemapindex><sitemap><loc>" + site + "/shop.xml.gz</loc></sitemap></sitemapindex>");
    server.start();
    scan = new SiteScan(Scans.settings(folder, List.of(), null, 4));
  }

  @AfterAll
  static void stop() {
    scan.close();
    server.stop(0);
  }

  @TestSideBySide
  void aCrawlVisitsWhatTheSiteLinksToUpToItsLimit() {
    assertThat(pages(PageSet.Kind.CRAWL, site, 3))
        .containsExactlyInAnyOrder(site + "/", site + "/a", site + "/b");
  }

  @TestSideBySide
  void aSitemapIsFetchedThroughTheProxyAndItsPagesVisited() {
    assertThat(pages(PageSet.Kind.SITEMAP, site + "/sitemap.xml", 10))
        .containsExactlyInAnyOrder(site + "/a", site + "/c");
  }

  @TestSideBySide
  void aCrawlLeavesOutWhatRobotsForbidIfItIsToldTo() {
    assertThat(pages(PageSet.Kind.CRAWL, site, 10, new PageRules(List.of(), List.of(), 0, true, 0)))
        .containsExactlyInAnyOrder(site + "/", site + "/a", site + "/c");
  }

  @TestSideBySide
  void twoHundredProductsCostACrawlTwoVisits() {
    PageRules two = new PageRules(List.of(), List.of("*/c"), 0, false, 2);
    assertThat(pages(PageSet.Kind.CRAWL, site + "/shop", 100, two))
        .hasSize(4)
        .contains(site + "/shop", site + "/about");
  }

  @TestSideBySide
  void aSampleOfAZippedSitemapOfAnIndexIsVisited() {
    PageRules three = new PageRules(List.of("*/products/*"), List.of("*-7"), 0, false, 3);
    assertThat(pages(PageSet.Kind.SITEMAP, site + "/index.xml", 100, three))
        .hasSize(3)
        .allMatch(url -> url.contains("/products/"));
  }

  @TestSideBySide
  void aSitemapAtAPrivateAddressIsRefusedLikeAPage() {
    PageSet set = new PageSet(PageSet.Kind.SITEMAP, List.of(site + "/sitemap.xml"), 10);
    assertThatThrownBy(() -> Scans.scan(scan, set, Scans.options(0, 1)))
        .isInstanceOf(PagesNotFoundException.class)
        .hasMessageContaining("private address");
  }

  @TestSideBySide
  void aPageThatHasNoAddressIsRefusedBeforeAnythingStarts() {
    PageSet set = new PageSet(PageSet.Kind.LIST, List.of("shop.example"), 10);
    assertThatThrownBy(() -> Scans.scan(scan, set, Scans.options(0, 1)))
        .isInstanceOf(PagesNotFoundException.class)
        .hasMessageContaining("\"shop.example\"");
  }

  @TestSideBySide
  void thePrivacySignalIsSentWithEveryRequestAndReported() {
    VisitOptions options =
        Scans.internal(0, 20_000)
            .but()
            .consents(List.of(ConsentState.GPC))
            .device(DeviceProfile.MOBILE)
            .build();
    assertThat(Scans.visit(scan, site + "/b", options).requests())
        .allSatisfy(
            r ->
                assertThat(r.requestHeaders())
                    .anySatisfy(h -> assertThat(h.name()).isEqualTo("Sec-GPC")));
  }

  @TestSideBySide
  void aMissingBrowserIsSaidInOneSentenceWithWhatToDo() {
    ScannerSettings settings =
        new ScannerSettings(
            "test",
            folder.resolve("x"),
            List.of(),
            null,
            "/no/such/chromium",
            null,
            1,
            false,
            null,
            null);
    try (SiteScan unfit = new SiteScan(settings)) {
      assertThatThrownBy(unfit::identity)
          .isInstanceOf(ScannerUnfitException.class)
          .hasMessageContaining("/no/such/chromium");
    }
  }

  private static List<String> pages(PageSet.Kind kind, String url, int limit) {
    return pages(kind, url, limit, PageRules.ALL);
  }

  private static List<String> pages(PageSet.Kind kind, String url, int limit, PageRules rules) {
    PageSet set = new PageSet(kind, List.of(url), limit, rules);
    return Scans.scan(scan, set, Scans.internal(0, 20_000)).stream()
        .map(r -> r.visit().page())
        .toList();
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(file)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file.toByteArray();
  }

  private static void answer(String path, String type, String body) {
    answer(path, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(String path, String type, byte[] bytes) {
    server.createContext(
        path,
        exchange -> {
          boolean found = exchange.getRequestURI().getPath().equals(path);
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.sendResponseHeaders(found ? 200 : 404, found ? bytes.length : -1);
          if (found) exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
