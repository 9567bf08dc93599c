package org.tagwarden.agent.crawl;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows a sitemap and the sitemaps that it names, until there are pages enough. */
public final class SitemapReader {
  private static final int MOST_FILES = 50;

  /** Fetches a file; the exception's message ends a sentence beginning with the file. */
  public interface Fetcher {
    byte[] fetch(String url) throws IOException, InterruptedException;
  }

  private final Fetcher fetcher;

  public SitemapReader(Fetcher fetcher) {
    this.fetcher = fetcher;
  }

  /** The first {@code limit} pages of these sitemaps, each once. */
  public List<String> pages(List<String> sitemaps, int limit) throws InterruptedException {
    Set<String> pages = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(sitemaps);
    Set<String> read = new HashSet<>();
    String trouble = null;
    while (!open.isEmpty() && pages.size() < limit && read.size() < MOST_FILES) {
      String url = open.removeFirst();
      if (!read.add(url)) continue;
      try {
        Sitemap sitemap = Sitemap.read(fetcher.fetch(url));
        for (String page : sitemap.pages()) add(page, pages, limit);
        for (String further : sitemap.sitemaps()) PageUrl.read(further).ifPresent(open::add);
      } catch (IOException e) {
        trouble = "The sitemap " + url + " cannot be read: " + e.getMessage() + ".";
      }
    }
    if (!pages.isEmpty()) return List.copyOf(pages);
    throw new PagesNotFoundException(
        trouble != null
            ? trouble + " Check its address, or list the pages instead."
            : "The sitemap " + sitemaps.get(0) + " names no pages. List the pages instead.");
  }

  private static void add(String page, Set<String> pages, int limit) {
    Optional<String> url = PageUrl.read(page);
    if (url.isPresent() && pages.size() < limit) pages.add(url.get());
  }
}
