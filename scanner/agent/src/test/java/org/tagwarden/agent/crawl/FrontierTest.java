package org.tagwarden.agent.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tagwarden.report.PageRules;

class FrontierTest {
  private static final String HOME = "https://www.shop.example/";

  @Test
  void aListIsVisitedInOrderAndEachPageOnce() throws Exception {
    Frontier pages =
        Frontier.of(
            List.of("https://a.example/1", "https://a.example/1", "https://a.example/2"), 10);
    assertThat(pages.next()).isEqualTo("https://a.example/1");
    assertThat(pages.next()).isEqualTo("https://a.example/2");
    assertThat(pages.next()).isNull();
  }

  @Test
  void aCrawlFollowsLinksOfTheSameSiteUpToItsLimit() throws Exception {
    Frontier pages = crawl(3, PageRules.ALL);
    assertThat(pages.next()).isEqualTo("https://www.shop.example/");
    boolean found =
        pages.visited(
            "https://www.shop.example/",
            List.of(
                "https://other.example/",
                "https://www.shop.example/a#part",
                "https://www.shop.example/a",
                "https://www.shop.example/catalogue.pdf",
                "mailto:a@shop.example",
                "https://help.shop.example/b",
                "https://www.shop.example/c"));
    assertThat(found).isTrue();
    assertThat(pages.pages())
        .containsExactly(
            "https://www.shop.example/",
            "https://www.shop.example/a",
            "https://help.shop.example/b");
    assertThat(pages.next()).isEqualTo("https://www.shop.example/a");
    assertThat(pages.next()).isEqualTo("https://help.shop.example/b");
    pages.visited("https://www.shop.example/a", List.of());
    pages.visited("https://help.shop.example/b", List.of("https://www.shop.example/d"));
    assertThat(pages.next()).isNull();
  }

  @Test
  void aCrawlGoesNoFurtherThanItsDepth() throws Exception {
    Frontier pages = crawl(100, rules(List.of(), List.of(), 1, 0));
    assertThat(pages.next()).isEqualTo(HOME);
    pages.visited(HOME, List.of(HOME + "a"));
    assertThat(pages.next()).isEqualTo(HOME + "a");
    assertThat(pages.visited(HOME + "a", List.of(HOME + "b"))).isFalse();
    assertThat(pages.next()).isNull();
  }

  @Test
  void aCrawlKeepsToThePatternsAndToWhatIsAllowed() throws Exception {
    PageRules rules = rules(List.of("*/shop/*"), List.of("*/shop/archive/*"), 0, 0);
    Frontier pages = Frontier.crawl(List.of(HOME), 100, rules, url -> !url.contains("/private"));
    assertThat(pages.next()).isEqualTo(HOME);
    pages.visited(
        HOME,
        List.of(HOME + "about", HOME + "shop/a", HOME + "shop/archive/b", HOME + "shop/private"));
    assertThat(pages.pages()).containsExactly(HOME, HOME + "shop/a");
  }

  @Test
  void campaignsSessionsAndOrdersOfListsAreNoOtherPages() throws Exception {
    Frontier pages = crawl(100, PageRules.ALL);
    assertThat(pages.next()).isEqualTo(HOME);
    pages.visited(
        HOME,
        List.of(
            HOME + "shoes?utm_source=mail",
            HOME + "shoes/",
            HOME + "shoes;jsessionid=1A2B",
            HOME + "shoes?PHPSESSID=77&sort=price&dir=asc",
            HOME + "shoes?color=red&size=42",
            HOME + "shoes?size=42&color=red"));
    assertThat(pages.pages())
        .containsExactly(HOME, HOME + "shoes", HOME + "shoes?color=red&size=42");
  }

  @Test
  void calendarsFiltersAndNestedLinksComeToAnEnd() throws Exception {
    Frontier pages = crawl(100_000, PageRules.ALL);
    assertThat(pages.next()).isEqualTo(HOME);
    List<String> links = new ArrayList<>();
    for (int year = 2000; year < 2100; year++)
      for (int month = 1; month <= 12; month++) {
        links.add(HOME + "events/" + year + "/" + (month < 10 ? "0" : "") + month);
        links.add(HOME + "calendar?month=" + year + "-" + (month < 10 ? "0" : "") + month);
      }
    for (int size = 0; size < 50; size++)
      for (int color = 0; color < 50; color++)
        links.add(HOME + "list?size=" + size + "&color=" + color + "&page=2");
    for (String nested = "help/"; nested.length() < 900; nested += "help/")
      links.add(HOME + nested);
    pages.visited(HOME, links);
    assertThat(pages.pages()).hasSizeLessThan(80).anyMatch(url -> url.contains("/events/"));
  }

  @Test
  void tenThousandProductsCostACrawlAFewVisits() throws Exception {
    Frontier pages = crawl(1_000, rules(List.of(), List.of(), 0, 2));
    List<String> visited = new ArrayList<>();
    for (String url = pages.next(); url != null; url = pages.next()) {
      visited.add(url);
      pages.visited(url, ShopOnPaper.linksOf(url));
    }
    assertThat(visited.size()).isBetween(8, 40);
    assertThat(visited).contains(HOME + "imprint", HOME + "cart");
    assertThat(visited).anyMatch(url -> url.contains("/products/"));
  }

  @Test
  void urlsOfPagesAreBroughtIntoOneForm() {
    assertThat(PageUrl.read(" HTTPS://Shop.Example ")).contains("https://shop.example/");
    assertThat(PageUrl.read("https://shop.example/a#b")).contains("https://shop.example/a");
    assertThat(PageUrl.read("ftp://shop.example/")).isEmpty();
    assertThat(PageUrl.read("shop.example")).isEmpty();
    assertThat(PageUrl.read("https://")).isEmpty();
  }

  @Test
  void sitesAreComparedByRegistrableDomain() {
    assertThat(PageUrl.sameSite("https://a.shop.co.uk/", "https://b.shop.co.uk/x")).isTrue();
    assertThat(PageUrl.sameSite("https://one.co.uk/", "https://two.co.uk/")).isFalse();
    assertThat(PageUrl.sameSite("http://127.0.0.1:1/", "http://127.0.0.1:2/")).isTrue();
  }

  private static Frontier crawl(int limit, PageRules rules) {
    return Frontier.crawl(List.of(HOME), limit, rules, url -> true);
  }

  private static PageRules rules(
      List<String> include, List<String> exclude, int depth, int perTemplate) {
    return new PageRules(include, exclude, depth, false, perTemplate);
  }
}
