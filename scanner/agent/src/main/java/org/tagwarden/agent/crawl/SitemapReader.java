package org.tagwarden.agent.crawl;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.PageRules;

/** Follows a sitemap and the sitemaps that it names, until there are pages enough. */
public final class SitemapReader {
  private static final int MOST_FILES = 200;
  private static final int MOST_PAGES = 250_000;

  /** Fetches a file; the exception's message ends a sentence beginning with the file. */
  public interface Fetcher {
    byte[] fetch(String url) throws IOException, InterruptedException;
  }

  /** There is no such file: the server says so. */
  public static final class MissingFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public MissingFileException(String message) {
      super(message);
    }
  }

  private final Fetcher fetcher;

  public SitemapReader(Fetcher fetcher) {
    this.fetcher = fetcher;
  }

  /** The first {@code limit} pages of these sitemaps, each once. */
  public List<String> pages(List<String> sitemaps, int limit) throws InterruptedException {
    return pages(sitemaps, limit, PageRules.ALL);
  }

  /**
   * At most {@code limit} pages of these sitemaps, each once: the first ones that the rules want,
   * or a sample of all templates if the rules ask for one.
   */
  public List<String> pages(List<String> sitemaps, int limit, PageRules rules)
      throws InterruptedException {
    boolean sampled = rules.perTemplate() > 0;
    int enough = sampled ? MOST_PAGES : limit;
    UrlPatterns patterns = new UrlPatterns(rules);
    Map<String, String> pages = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>(sitemaps);
    Set<String> read = new HashSet<>();
    String trouble = null;
    boolean left = false;
    while (!open.isEmpty() && pages.size() < enough && read.size() < MOST_FILES) {
      String url = open.removeFirst();
      if (!read.add(url)) continue;
      try {
        Sitemap sitemap = Sitemap.read(fetcher.fetch(url));
        for (String page : sitemap.pages()) left |= !add(page, patterns, pages, enough);
        for (String further : sitemap.sitemaps()) PageUrl.read(further).ifPresent(open::add);
      } catch (IOException e) {
        trouble = "The sitemap " + url + " cannot be read: " + e.getMessage() + ".";
      }
    }
    if (!pages.isEmpty()) return PageSample.of(pages.values(), rules.perTemplate(), limit);
    throw new PagesNotFoundException(why(sitemaps.get(0), trouble, left));
  }

  private static String why(String sitemap, @Nullable String trouble, boolean left) {
    if (trouble != null) return trouble + " Check its address, or list the pages instead.";
    if (left)
      return "No page of the sitemap " + sitemap + " matches the patterns. Check them at the site.";
    return "The sitemap " + sitemap + " names no pages. List the pages instead.";
  }

  /** Returns whether the page is wanted. */
  private static boolean add(
      String page, UrlPatterns patterns, Map<String, String> pages, int enough) {
    Optional<String> url = PageUrl.read(page).map(CanonicalUrl::of);
    if (url.isEmpty() || !patterns.wants(url.get())) return false;
    if (pages.size() < enough) pages.putIfAbsent(CanonicalUrl.identity(url.get()), url.get());
    return true;
  }
}
