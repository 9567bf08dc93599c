package org.tagwarden.playground.content;

import java.util.List;
import java.util.stream.Stream;
import org.tagwarden.playground.net.Internet;
import org.tagwarden.playground.net.VirtualHost;

/**
 * {@code https://torture.example/NAME}: pages that are hard to capture, each named after what it
 * exercises and listed by the class of its theme. Their third parties are subdomains of
 * torture-tags.example. What each page brings stands beside it, in {@code NAME.expected}.
 */
final class TortureCourse {
  private static final String SITE = "https://torture.example/";
  private static final String PLAIN_SITE = "http://torture.example/";

  private TortureCourse() {}

  /** Pages that end by themselves: a scan of them all is the ordinary run. */
  static List<String> urls() {
    Stream<String> plain = TortureRequests.PLAIN_PAGES.stream().map(PLAIN_SITE::concat);
    Stream<String> secure =
        Stream.of(
                TortureScripts.PAGES,
                TortureRequests.PAGES,
                TortureStorage.PAGES,
                TortureFrames.PAGES,
                TortureWorkers.PAGES,
                TortureHosts.PAGES)
            .flatMap(List::stream)
            .map(SITE::concat);
    return Stream.concat(secure, plain).toList();
  }

  /** Pages whose visit is expensive, or that fight their visitor. */
  static List<String> hostileUrls() {
    return TortureHostile.PAGES.stream().map(SITE::concat).toList();
  }

  static void addTo(Internet internet) {
    VirtualHost site = internet.host("torture.example");
    VirtualHost tags = internet.host("cdn.torture-tags.example");
    tags.header("Access-Control-Allow-Origin", "*");
    TortureScripts.addTo(tags);
    TortureRequests.addTo(internet, site, tags);
    TortureStorage.addTo(internet, site, tags);
    internet.host("frames.torture-tags.example");
    TortureHosts.addTo(internet);
    TortureHostile.addTo(internet, site, tags);
  }
}
