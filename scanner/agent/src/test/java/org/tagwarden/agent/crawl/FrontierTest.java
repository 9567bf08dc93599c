package org.tagwarden.agent.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FrontierTest {
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
    Frontier pages = Frontier.crawl(List.of("https://www.shop.example/"), 3);
    assertThat(pages.next()).isEqualTo("https://www.shop.example/");
    boolean found =
        pages.visited(
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
    pages.visited(List.of());
    pages.visited(List.of("https://www.shop.example/d"));
    assertThat(pages.next()).isNull();
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
}
