package org.tagwarden.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.browser.TargetListener;
import org.tagwarden.agent.observe.Observers;

/**
 * The tab in which a journey is taken: gives the browser's events to the observers of the page that
 * they belong to. A new page begins when the main frame commits a new document; the request for it
 * is the new page's, what the old one still sends stays with the old. Pages that change their
 * address by script alone stay one page.
 */
final class JourneyTab implements TargetListener {
  private static final int MOST_PAGES = 30;

  /** A navigation of the main frame that was asked for and did not arrive yet. */
  private record Pending(
      String requestId, String url, long nanos, List<JourneyPage.Early> events) {}

  private final List<JourneyPage> pages = new ArrayList<>();
  private final Map<String, Observers> byTarget = new HashMap<>();
  private final Map<String, Observers> byRequest = new HashMap<>();
  private final Map<String, Observers> byLoader = new HashMap<>();
  private final Instant startedAt;
  private final long startNanos;
  private @Nullable Target main;
  private @Nullable Pending pending;

  JourneyTab(Observers first, Instant startedAt, long startNanos) {
    this.startedAt = startedAt;
    this.startNanos = startNanos;
    pages.add(new JourneyPage(first, "", startedAt, startNanos));
  }

  /** The page that is shown now. */
  synchronized JourneyPage current() {
    return pages.get(pages.size() - 1);
  }

  /** All pages so far, in their order. */
  synchronized List<JourneyPage> pages() {
    return List.copyOf(pages);
  }

  /** Whether another page is on its way. */
  synchronized boolean navigating() {
    return pending != null;
  }

  @Override
  public synchronized List<CompletableFuture<?>> attached(Target target) {
    if (main == null && target.type() == Target.Type.PAGE) main = target;
    Observers owner = current().seen;
    byTarget.put(target.sessionId(), owner);
    return owner.attached(target);
  }

  @Override
  public synchronized void detached(Target target) {
    Observers owner = byTarget.remove(target.sessionId());
    if (owner != null) owner.detached(target);
  }

  @Override
  public synchronized void flooded() {
    current().seen.flooded();
  }

  @Override
  public synchronized void event(Target target, String method, JsonNode params) {
    if (target != main) {
      byTarget.getOrDefault(target.sessionId(), current().seen).event(target, method, params);
      return;
    }
    if (method.equals("Network.requestWillBeSent") && startsDocument(params)) begin(params);
    if (method.equals("Page.frameNavigated") && showsDocument(params)) cut(params.path("frame"));
    if (pending != null && pending.requestId.equals(params.path("requestId").asText())) {
      early(target, method, params);
      return;
    }
    owner(method, params).event(target, method, params);
  }

  private boolean startsDocument(JsonNode params) {
    return main != null
        && params.path("type").asText().equals("Document")
        && params.path("frameId").asText().equals(main.targetId())
        && params.path("requestId").asText().equals(params.path("loaderId").asText())
        && !params.has("redirectResponse");
  }

  private static boolean showsDocument(JsonNode params) {
    JsonNode frame = params.path("frame");
    String url = frame.path("url").asText();
    boolean leaving = url.startsWith("about:");
    return !frame.has("parentId") && !leaving;
  }

  /** The first document opens the first page; each further one may become a page of its own. */
  private void begin(JsonNode params) {
    String requestId = params.path("requestId").asText();
    String url = params.path("request").path("url").asText();
    abandon();
    JourneyPage page = current();
    if (!page.opened) {
      page.opened = true;
      page.url = url;
      byRequest.put(requestId, page.seen);
      byLoader.put(requestId, page.seen);
      return;
    }
    if (pages.size() >= MOST_PAGES) return;
    pending = new Pending(requestId, url, nanos(params), new ArrayList<>());
  }

  /** Downloads and empty answers show no document: the request stays with the page that sent it. */
  private void early(Target target, String method, JsonNode params) {
    Pending coming = pending;
    if (coming == null) return;
    coming.events.add(new JourneyPage.Early(method, params));
    boolean over =
        method.equals("Network.loadingFailed")
            && (params.path("canceled").asBoolean()
                || params.path("errorText").asText().contains("ERR_ABORTED"));
    if (over) abandon();
  }

  private void abandon() {
    Pending left = pending;
    if (left == null || main == null) return;
    pending = null;
    Observers owner = current().seen;
    byRequest.put(left.requestId, owner);
    for (JourneyPage.Early event : left.events) owner.event(main, event.method(), event.params());
  }

  private void cut(JsonNode frame) {
    Pending arrived = pending;
    Target page = main;
    if (arrived == null || page == null) return;
    pending = null;
    Instant at = startedAt.plusNanos(arrived.nanos - startNanos);
    Observers next = current().seen.next(page);
    JourneyPage opened = new JourneyPage(next, arrived.url, at, arrived.nanos);
    opened.opened = true;
    opened.shownNanos = System.nanoTime();
    pages.add(opened);
    byRequest.put(arrived.requestId, next);
    byLoader.put(frame.path("loaderId").asText(), next);
    for (JourneyPage.Early event : arrived.events) next.event(page, event.method(), event.params());
  }

  private Observers owner(String method, JsonNode params) {
    if (!method.startsWith("Network.")) return current().seen;
    String request = params.path("requestId").asText();
    Observers known = byRequest.get(request);
    if (known != null) return known;
    known = byLoader.getOrDefault(params.path("loaderId").asText(), current().seen);
    if (!request.isEmpty()) byRequest.put(request, known);
    return known;
  }

  /** The browser's time on the scanner's clock. */
  private long nanos(JsonNode params) {
    double epochMs = params.path("wallTime").asDouble() * 1000;
    double sinceStart = epochMs - startedAt.toEpochMilli();
    return startNanos + (long) (Math.max(0, sinceStart) * TimeUnit.MILLISECONDS.toNanos(1));
  }
}
