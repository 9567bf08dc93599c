package org.tagwarden.agent.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Templates learnt from addresses as shops, news sites and forums have them. */
class PageTemplatesTest {
  private static final String SITE = "https://www.site.example";

  @Test
  void productsInShelvesAreOneTemplateAndTheSitesOwnPagesAreNot() {
    List<String> urls = own("/", "/cart", "/login", "/about-us", "/privacy-policy", "/size-guide");
    List<String> shelves = List.of("women", "men", "kids", "sale", "outdoor");
    for (String shelf : shelves) {
      urls.add(SITE + "/" + shelf);
      for (String title : ShopOnPaper.titles(400, shelf.hashCode()))
        urls.add(SITE + "/" + shelf + "/" + title);
    }
    PageTemplates templates = new PageTemplates(urls);
    assertThat(same(templates, "/women/light-boot-abc", "/men/warm-tent-xyz-12")).isTrue();
    assertThat(same(templates, "/women", "/men")).isTrue();
    assertThat(same(templates, "/women", "/women/light-boot-abc")).isFalse();
    assertThat(same(templates, "/about-us", "/privacy-policy")).isFalse();
    assertThat(kinds(templates, urls)).hasSize(8);
  }

  @Test
  void productsAtTheRootAreOneTemplate() {
    List<String> urls = own("/", "/cart.html", "/contact.html");
    for (String title : ShopOnPaper.titles(3_000, 1)) urls.add(SITE + "/" + title + ".html");
    assertThat(kinds(new PageTemplates(urls), urls)).hasSize(4);
  }

  @Test
  void productsByNumberCodeAndQueryAreOneTemplateEach() {
    List<String> urls = own("/");
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      urls.add(SITE + "/p/" + random.nextInt(1_000_000));
      urls.add(
          SITE
              + "/dp/B0"
              + Integer.toString(60_000_000 + random.nextInt(), 36).replace("-", "X").toUpperCase()
              + "7");
      urls.add(SITE + "/index.php?route=product/product&product_id=" + i);
      urls.add(SITE + "/index.php?route=information/information&information_id=" + i);
    }
    PageTemplates templates = new PageTemplates(urls);
    assertThat(kinds(templates, urls)).hasSize(5);
  }

  @Test
  void articlesByDateAndLanguageAreOneTemplate() {
    List<String> urls = own("/en/", "/de/", "/en/imprint", "/de/imprint");
    for (String language : List.of("en", "de", "fr", "pt-BR")) {
      int day = 0;
      for (String title : ShopOnPaper.titles(300, language.hashCode())) {
        day++;
        urls.add(
            SITE + "/" + language + "/2026/" + (1 + day % 12) + "/" + (1 + day % 28) + "/" + title);
        urls.add(SITE + "/" + language + "/sport/" + title + "-" + (100_000 + day));
        urls.add(SITE + "/" + language + "/politics/" + title);
        urls.add(SITE + "/" + language + "/culture/" + title);
        urls.add(SITE + "/" + language + "/travel/" + title);
      }
    }
    PageTemplates templates = new PageTemplates(urls);
    assertThat(kinds(templates, urls)).hasSizeBetween(4, 7);
    assertThat(same(templates, "/en/imprint", "/de/imprint")).isTrue();
    assertThat(same(templates, "/en/imprint", "/en/sport/light-boot-abc")).isFalse();
  }

  @Test
  void tenThousandProductsOfASitemapCostTwentyVisits() {
    List<String> urls = own("/", "/about-us", "/stores", "/jobs", "/press");
    for (String title : ShopOnPaper.titles(10_000, 3)) urls.add(SITE + "/products/" + title);
    for (int i = 0; i < 300; i++)
      urls.add(SITE + "/blog/2025/" + (1 + i % 12) + "/post-number-" + i);
    List<String> sample = PageSample.of(urls, 3, 500);
    assertThat(sample).hasSizeLessThanOrEqualTo(20).contains(SITE + "/", SITE + "/jobs");
    assertThat(sample).filteredOn(u -> u.contains("/products/")).hasSize(3);
    assertThat(sample).filteredOn(u -> u.contains("/blog/")).hasSize(3);
  }

  @Test
  void theNextScanOfAGrownSiteTakesTheSamePages() {
    List<String> urls = new ArrayList<>();
    for (String title : ShopOnPaper.titles(2_000, 8)) urls.add(SITE + "/products/" + title);
    List<String> before = PageSample.of(urls.subList(0, urls.size() - 20), 5, 100);
    List<String> after = PageSample.of(urls, 5, 100);
    assertThat(after).filteredOn(before::contains).hasSizeGreaterThanOrEqualTo(4);
  }

  private static List<String> own(String... paths) {
    List<String> urls = new ArrayList<>();
    for (String path : paths) urls.add(SITE + path);
    return urls;
  }

  private static boolean same(PageTemplates templates, String one, String other) {
    return templates.of(SITE + one).equals(templates.of(SITE + other));
  }

  private static Set<String> kinds(PageTemplates templates, List<String> urls) {
    Set<String> kinds = new HashSet<>();
    for (String url : urls) kinds.add(templates.of(url));
    return kinds;
  }
}
