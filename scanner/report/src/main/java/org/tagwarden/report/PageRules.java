package org.tagwarden.report;

import java.util.List;

/**
 * Which of the pages found are visited. Patterns are compared with the whole URL; {@code *} stands
 * for any text.
 *
 * @param include only pages that match one of these; empty for all
 * @param exclude no page that matches one of these
 * @param depth most links away from where a crawl starts; 0 for no limit
 * @param robots whether a crawl leaves out what robots.txt forbids
 * @param perTemplate most pages of one template (the same path but for ids, slugs and numbers); 0
 *     for no limit
 */
public record PageRules(
    List<String> include, List<String> exclude, int depth, boolean robots, int perTemplate) {
  /** Everything that is found. */
  public static final PageRules ALL = new PageRules(List.of(), List.of(), 0, false, 0);

  public PageRules {
    include = Require.list(include, "pages.rules.include");
    exclude = Require.list(exclude, "pages.rules.exclude");
    Require.that(depth >= 0, "pages.rules.depth", "must not be negative");
    Require.that(perTemplate >= 0, "pages.rules.perTemplate", "must not be negative");
  }
}
