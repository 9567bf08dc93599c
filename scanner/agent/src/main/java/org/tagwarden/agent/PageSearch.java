package org.tagwarden.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.tagwarden.agent.crawl.Frontier;
import org.tagwarden.agent.crawl.PageUrl;
import org.tagwarden.agent.crawl.PagesNotFoundException;
import org.tagwarden.agent.crawl.ProxiedFetcher;
import org.tagwarden.agent.crawl.RobotsFiles;
import org.tagwarden.agent.crawl.SitemapReader;
import org.tagwarden.agent.traffic.CertificateAuthority;
import org.tagwarden.agent.traffic.TrafficPort;
import org.tagwarden.agent.traffic.TrafficProxy;
import org.tagwarden.agent.traffic.TrafficRules;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.PageRules;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.VisitOptions;

/** Finds the pages of a scan: those on the list, in the sitemap, or where a crawl begins. */
final class PageSearch {
  /**
   * What was found.
   *
   * @param delayMs the pause between visits that the site's robots.txt asks for
   */
  record Found(Frontier pages, long delayMs) {}

  private final TrafficProxy proxy;
  private final CertificateAuthority authority;
  private final Gate gate;
  private final Supplier<String> userAgent;

  PageSearch(
      TrafficProxy proxy, CertificateAuthority authority, Gate gate, Supplier<String> userAgent) {
    this.proxy = proxy;
    this.authority = authority;
    this.gate = gate;
    this.userAgent = userAgent;
  }

  /** {@link PagesNotFoundException} when there are none. */
  Found find(PageSet pages, VisitOptions options) throws InterruptedException {
    List<String> urls = new ArrayList<>();
    for (String url : pages.urls()) urls.add(read(url));
    return switch (pages.kind()) {
      case LIST -> new Found(Frontier.of(urls, pages.limit()), 0);
      case CRAWL -> crawl(urls, pages, options);
      case SITEMAP -> {
        SitemapReader reader = new SitemapReader(url -> fetch(url, options));
        List<String> named = reader.pages(urls, pages.limit(), pages.rules());
        yield new Found(Frontier.of(named, pages.limit()), 0);
      }
    };
  }

  private Found crawl(List<String> urls, PageSet pages, VisitOptions options) {
    PageRules rules = pages.rules();
    if (!rules.robots())
      return new Found(Frontier.crawl(urls, pages.limit(), rules, url -> true), 0);
    RobotsFiles robots = new RobotsFiles(url -> fetch(url, options));
    return new Found(
        Frontier.crawl(urls, pages.limit(), rules, robots::allow), robots.delayMs(urls.get(0)));
  }

  /** Through a port of the proxy, whose rules hold for these files as they do for pages. */
  private byte[] fetch(String url, VisitOptions options) throws IOException, InterruptedException {
    TrafficRules rules = rules(url, options.withConsents(List.of(ConsentState.NONE)));
    try (TrafficPort port = proxy.open(rules, null)) {
      return new ProxiedFetcher(port, authority.certificate(), userAgent.get()).fetch(url);
    }
  }

  /** Who is let in to the pages is let in to these. */
  private TrafficRules rules(String url, VisitOptions options) {
    try {
      return gate.admit(url, options).rules(null);
    } catch (Gate.NotAdmittedException e) {
      throw new PagesNotFoundException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String read(String url) {
    return PageUrl.read(url)
        .orElseThrow(
            () ->
                new PagesNotFoundException(
                    "\""
                        + url
                        + "\" is no page's address: it should look like"
                        + " https://www.example.com/path."));
  }
}
