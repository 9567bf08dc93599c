/**
 * Which pages of a site are visited: a list, a sitemap (indexes and gzip included), or a crawl of
 * the same site. Sitemaps are fetched through the proxy, so that a scan's rules hold for them too.
 */
@NullMarked
package org.tagwarden.agent.crawl;

import org.jspecify.annotations.NullMarked;
