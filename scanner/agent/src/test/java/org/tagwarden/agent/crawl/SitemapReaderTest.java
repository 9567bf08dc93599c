package org.tagwarden.agent.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SitemapReaderTest {
  private static final String INDEX =
      "<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
          + "<sitemap><loc>https://a.example/one.xml.gz</loc></sitemap>"
          + "<sitemap><loc> https://a.example/two.xml </loc></sitemap></sitemapindex>";

  @Test
  void anIndexIsFollowedAndGzipIsRead() throws Exception {
    SitemapReader reader =
        new SitemapReader(
            files(
                Map.of(
                    "https://a.example/sitemap.xml", INDEX.getBytes(StandardCharsets.UTF_8),
                    "https://a.example/one.xml.gz",
                        gzip(urlset("https://a.example/1", "https://a.example/2")),
                    "https://a.example/two.xml",
                        urlset("https://a.example/2", "https://a.example/3?a=1&amp;b=2"))));
    assertThat(reader.pages(List.of("https://a.example/sitemap.xml"), 10))
        .containsExactly(
            "https://a.example/1", "https://a.example/2", "https://a.example/3?a=1&b=2");
  }

  @Test
  void noMorePagesThanTheLimitAreTaken() throws Exception {
    SitemapReader reader =
        new SitemapReader(
            files(
                Map.of(
                    "https://a.example/s", urlset("https://a.example/1", "https://a.example/2"))));
    assertThat(reader.pages(List.of("https://a.example/s"), 1))
        .containsExactly("https://a.example/1");
  }

  @Test
  void entitiesOfAStrangersFileAreNotFollowed() {
    String bomb =
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>https://a.example/&e;</loc></url></urlset>";
    SitemapReader reader =
        new SitemapReader(
            files(Map.of("https://a.example/s", bomb.getBytes(StandardCharsets.UTF_8))));
    assertThatThrownBy(() -> reader.pages(List.of("https://a.example/s"), 5))
        .isInstanceOf(PagesNotFoundException.class)
        .hasMessageNotContaining("root:");
  }

  @Test
  void aSitemapThatCannotBeReadSaysWhichAndWhatToDo() {
    SitemapReader missing = new SitemapReader(files(Map.of()));
    assertThatThrownBy(() -> missing.pages(List.of("https://a.example/s"), 5))
        .hasMessageContaining("https://a.example/s")
        .hasMessageContaining("status 404")
        .hasMessageContaining("list the pages instead");
    SitemapReader html =
        new SitemapReader(
            files(Map.of("https://a.example/s", "<html></html>".getBytes(StandardCharsets.UTF_8))));
    assertThatThrownBy(() -> html.pages(List.of("https://a.example/s"), 5))
        .hasMessageContaining("root is <html>");
  }

  private static SitemapReader.Fetcher files(Map<String, byte[]> files) {
    return url -> {
      byte[] file = files.get(url);
      if (file == null) throw new IOException("the server answered with status 404");
      return file;
    };
  }

  private static byte[] urlset(String... urls) {
    StringBuilder xml =
        new StringBuilder("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>");
    for (String url : urls) xml.append("<url><loc>").append(url).append("</loc></url>");
    return xml.append("</urlset>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text);
    }
    return out.toByteArray();
  }
}
