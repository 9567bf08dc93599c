package org.tagwarden.agent.crawl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one scan, handed out one by one. A crawl grows it with what visited pages link to.
 * Thread-safe; {@link #next} waits while a visit under way may still bring pages.
 */
public final class Frontier {
  private final int limit;
  private final boolean grows;
  private final List<String> starts;
  private final Set<String> known = new LinkedHashSet<>();
  private final Deque<String> open = new ArrayDeque<>();
  private int underWay;
  private boolean cancelled;

  private Frontier(List<String> starts, int limit, boolean grows) {
    this.limit = limit;
    this.grows = grows;
    this.starts = starts;
    for (String url : starts) offer(url);
  }

  /** Exactly these pages, the first {@code limit} of them. */
  public static Frontier of(List<String> urls, int limit) {
    return new Frontier(urls, limit, false);
  }

  /** These pages and those of their sites that they link to. */
  public static Frontier crawl(List<String> starts, int limit) {
    return new Frontier(starts, limit, true);
  }

  /** All pages that are known now. */
  public synchronized List<String> pages() {
    return List.copyOf(known);
  }

  /** The next page to visit, or null when there is none and will be none. */
  public synchronized @Nullable String next() throws InterruptedException {
    while (open.isEmpty() && underWay > 0 && grows && !cancelled) wait();
    if (cancelled || open.isEmpty()) return null;
    underWay++;
    return open.removeFirst();
  }

  /** A page that {@link #next} gave out was visited; returns whether new pages were found. */
  public synchronized boolean visited(List<String> links) {
    underWay--;
    boolean found = false;
    if (grows) for (String link : new ArrayList<>(links)) found |= follow(link);
    notifyAll();
    return found;
  }

  /** No more pages are given out. */
  public synchronized void cancel() {
    cancelled = true;
    notifyAll();
  }

  private boolean follow(String link) {
    Optional<String> url = PageUrl.read(link);
    if (url.isEmpty() || !PageUrl.maybePage(url.get())) return false;
    for (String start : starts) if (PageUrl.sameSite(start, url.get())) return offer(url.get());
    return false;
  }

  private boolean offer(String url) {
    if (known.size() >= limit || !known.add(url)) return false;
    open.addLast(url);
    return true;
  }
}
