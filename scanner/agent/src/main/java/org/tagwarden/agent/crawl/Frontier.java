package org.tagwarden.agent.crawl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.PageRules;

/**
 * The pages of one scan, handed out one by one. A crawl grows it with what visited pages link to,
 * as far as the rules want it. Thread-safe; {@link #next} waits while a visit under way may still
 * bring pages.
 */
public final class Frontier {
  /** A crawl never remembers more than this, whatever a site links to. */
  private static final int MOST_KNOWN = 50_000;

  private final int limit;
  private final boolean grows;
  private final List<String> starts;
  private final PageRules rules;
  private final UrlPatterns patterns;
  private final Predicate<String> allowed;
  private final CrawlTraps traps = new CrawlTraps();
  private final Map<String, Integer> depths = new LinkedHashMap<>();
  private final Map<String, String> identities = new HashMap<>();
  private final LinkedHashSet<String> open = new LinkedHashSet<>();
  private final LinkedHashSet<String> given = new LinkedHashSet<>();
  private final TemplateBudget budget;
  private int underWay;
  private boolean cancelled;

  private Frontier(
      Collection<String> starts,
      int limit,
      boolean grows,
      PageRules rules,
      Predicate<String> allowed) {
    this.limit = limit;
    this.grows = grows;
    this.starts = List.copyOf(starts);
    this.rules = rules;
    this.patterns = new UrlPatterns(rules);
    this.allowed = allowed;
    this.budget = new TemplateBudget(grows ? rules.perTemplate() : 0);
    for (String url : starts) offer(url, 0);
  }

  /** Exactly these pages, the first {@code limit} of them. */
  public static Frontier of(Collection<String> urls, int limit) {
    List<String> first = urls.stream().distinct().limit(limit).toList();
    return new Frontier(first, limit, false, PageRules.ALL, url -> true);
  }

  /**
   * These pages and those of their sites that they link to.
   *
   * @param allowed whether a crawl may go there; asked without a lock, may take its time
   */
  public static Frontier crawl(
      Collection<String> starts, int limit, PageRules rules, Predicate<String> allowed) {
    return new Frontier(starts, limit, true, rules, allowed);
  }

  /** All pages that were handed out or will be, as far as is known now. */
  public synchronized List<String> pages() {
    List<String> pages = new ArrayList<>(given);
    pages.addAll(budget.coming(open, Math.max(0, limit - given.size())));
    return List.copyOf(pages);
  }

  /** The next page to visit, or null when there is none and will be none. */
  public synchronized @Nullable String next() throws InterruptedException {
    while (true) {
      if (cancelled || given.size() >= limit) return null;
      String url = budget.pick(open);
      if (url != null) {
        open.remove(url);
        given.add(url);
        underWay++;
        return url;
      }
      if (underWay == 0 || !grows) return null;
      wait();
    }
  }

  /** A page that {@link #next} gave out was visited; returns whether new pages were found. */
  public boolean visited(String page, List<String> links) {
    List<String> wanted = new ArrayList<>();
    int depth;
    synchronized (this) {
      depth = depths.getOrDefault(page, 0) + 1;
      boolean further = grows && (rules.depth() == 0 || depth <= rules.depth());
      if (further) for (String link : links) wanted(link).ifPresent(wanted::add);
    }
    wanted.removeIf(url -> !allowed.test(url));
    synchronized (this) {
      int before = depths.size();
      for (String url : wanted) offer(url, depth);
      underWay--;
      notifyAll();
      return depths.size() > before;
    }
  }

  /** No more pages are given out. */
  public synchronized void cancel() {
    cancelled = true;
    notifyAll();
  }

  private Optional<String> wanted(String link) {
    Optional<String> url = PageUrl.read(link).map(CanonicalUrl::of);
    if (url.isEmpty() || !PageUrl.maybePage(url.get())) return Optional.empty();
    boolean known = identities.containsKey(CanonicalUrl.identity(url.get()));
    if (known || !patterns.wants(url.get())) return Optional.empty();
    boolean own = starts.stream().anyMatch(start -> PageUrl.sameSite(start, url.get()));
    return own && depths.size() < MOST_KNOWN ? url : Optional.empty();
  }

  private void offer(String url, int depth) {
    boolean known = identities.putIfAbsent(grows ? CanonicalUrl.identity(url) : url, url) != null;
    if (known || (depth > 0 && traps.caught(url))) return;
    depths.put(url, depth);
    open.add(url);
    budget.learn(url);
  }
}
