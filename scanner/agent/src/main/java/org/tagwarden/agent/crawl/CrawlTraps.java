package org.tagwarden.agent.crawl;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Addresses without end: filters that combine, calendars that go on for ever, links that nest into
 * themselves. Each kind is followed a little, then no more. Not thread-safe.
 */
final class CrawlTraps {
  private static final int LONGEST_URL = 1_000;
  private static final int DEEPEST_PATH = 16;
  private static final int MOST_REPEATS = 2;

  /** How many combinations of filters of one list are followed. */
  private static final int MOST_FILTERS = 20;

  /** How many months or days of one calendar are followed. */
  private static final int MOST_DATES = 24;

  private static final Set<String> PAGING = Set.of("page", "p", "pg", "start", "offset", "paged");

  private final Map<String, Integer> counts = new HashMap<>();

  /** Whether this address is one too many; counts it if not. */
  boolean caught(String url) {
    if (url.length() > LONGEST_URL) return true;
    String path = URI.create(url).getRawPath();
    List<String> parts =
        Arrays.stream((path == null ? "" : path).split("/")).filter(p -> !p.isEmpty()).toList();
    if (parts.size() > DEEPEST_PATH || nested(parts)) return true;
    String host = String.valueOf(URI.create(url).getHost());
    return tooManyDates(host, parts, url) || tooManyFilters(host, path, url);
  }

  private static boolean nested(List<String> parts) {
    Map<String, Integer> repeats = new HashMap<>();
    for (String part : parts) if (repeats.merge(part, 1, Integer::sum) > MOST_REPEATS) return true;
    return false;
  }

  /** An archive's or a calendar's own page: the date stands last, or in the query. */
  private boolean tooManyDates(String host, List<String> parts, String url) {
    StringBuilder shape = new StringBuilder(host);
    boolean afterDate = false;
    for (int i = 0; i < parts.size(); i++) {
      Segment segment = Segment.of(parts.get(i), i, afterDate);
      afterDate = segment.kind() == Segment.Kind.DATE;
      shape.append('/').append(segment.text());
    }
    boolean inQuery = false;
    for (Map.Entry<String, String> parameter : CanonicalUrl.parameters(url).entrySet()) {
      boolean date = Segment.of(parameter.getValue(), 9, false).kind() == Segment.Kind.DATE;
      if (date) shape.append('?').append(parameter.getKey());
      inQuery |= date;
    }
    if (!afterDate && !inQuery) return false;
    return counts.merge("date " + shape, 1, Integer::sum) > MOST_DATES;
  }

  private boolean tooManyFilters(String host, String path, String url) {
    Set<String> names = new TreeSet<>(CanonicalUrl.parameters(url).keySet());
    names.removeAll(PAGING);
    if (names.isEmpty()) return false;
    boolean one = names.size() == 1;
    String list = host + path + (one ? "?" + names.iterator().next() : "");
    // One parameter alone often is the page itself: ?id=17. Two and more are filters.
    int most = one ? Integer.MAX_VALUE : MOST_FILTERS;
    return counts.merge("filter " + list, 1, Integer::sum) > most;
  }
}
