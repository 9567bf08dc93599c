package org.tagwarden.report;

import java.util.List;

/**
 * Which pages of a site are visited.
 *
 * @param kind how the URLs are found
 * @param urls the list itself (empty where there are only journeys), the sitemap's URL, or where
 *     the crawl starts
 * @param limit most pages per scan, at least 1
 * @param rules which of the pages found are visited
 */
public record PageSet(Kind kind, List<String> urls, int limit, PageRules rules) {
  /** How the URLs are found. */
  public enum Kind {
    /** A list of URLs. */
    LIST,
    /** A sitemap. */
    SITEMAP,
    /** A crawl of the same site. */
    CRAWL
  }

  /** No pages: journeys only. */
  public static final PageSet NONE = new PageSet(Kind.LIST, List.of(), 1, PageRules.ALL);

  public PageSet {
    Require.present(kind, "pages.kind");
    urls = Require.list(urls, "pages.urls");
    Require.that(!urls.isEmpty() || kind == Kind.LIST, "pages.urls", "is empty");
    Require.that(limit > 0, "pages.limit", "must be at least 1");
    rules = rules == null ? PageRules.ALL : rules;
  }

  /** All pages that are found, up to the limit. */
  public PageSet(Kind kind, List<String> urls, int limit) {
    this(kind, urls, limit, PageRules.ALL);
  }
}
