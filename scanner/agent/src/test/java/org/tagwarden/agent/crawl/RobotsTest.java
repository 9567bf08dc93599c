package org.tagwarden.agent.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RobotsTest {
  private static final String FILE =
      """
      # for everybody
      User-agent: *
      Disallow: /search
      Disallow: /*.php$
      Allow: /search/help
      Crawl-delay: 2.5
      Sitemap: https://shop.example/sitemap.xml

      User-agent: Otherbot
      User-agent: Tagwarden/1.0
      Disallow: /
      Allow: /public/
      Crawl-delay: 600
      """;

  @Test
  void theLongestRuleOfTheGroupForEverybodyCounts() {
    Robots robots = Robots.read(FILE, "nobody");
    assertThat(robots.allow("https://shop.example/")).isTrue();
    assertThat(robots.allow("https://shop.example/search?q=1")).isFalse();
    assertThat(robots.allow("https://shop.example/search/help")).isTrue();
    assertThat(robots.allow("https://shop.example/a/b.php")).isFalse();
    assertThat(robots.allow("https://shop.example/a/b.php?x=1")).isTrue();
    assertThat(robots.delaySeconds()).isEqualTo(2.5);
  }

  @Test
  void aGroupOfItsOwnTakesThePlaceOfTheOneForEverybody() {
    Robots robots = Robots.read(FILE, "tagwarden");
    assertThat(robots.allow("https://shop.example/")).isFalse();
    assertThat(robots.allow("https://shop.example/public/a")).isTrue();
    assertThat(robots.delaySeconds()).isEqualTo(30);
  }

  @Test
  void anEmptyDisallowAllowsEverything() {
    assertThat(Robots.read("User-agent: *\nDisallow:", "tagwarden").allow("https://a.example/x"))
        .isTrue();
  }

  @Test
  void aHostWithoutAFileAllowsEverythingAndOneInTroubleNothing() {
    RobotsFiles files =
        new RobotsFiles(
            url -> {
              if (url.startsWith("https://none."))
                throw new SitemapReader.MissingFileException("there is no such file");
              if (url.startsWith("https://down.")) throw new IOException("status 503");
              assertThat(url).isEqualTo("https://shop.example/robots.txt");
              return FILE.getBytes(StandardCharsets.UTF_8);
            });
    assertThat(files.allow("https://none.example/x")).isTrue();
    assertThat(files.allow("https://down.example/x")).isFalse();
    assertThat(files.allow("https://shop.example/x")).isFalse();
    assertThat(files.delayMs("https://shop.example/x")).isEqualTo(30_000);
  }
}
