package org.tagwarden.agent.join;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.observe.BrowserRequest;
import org.tagwarden.agent.observe.FrameObserver;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.Initiator.Kind;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.StackFrame;

/** Says of each request who asked for it, and which request brought the one who asked. */
final class Initiators {
  private final Stacks stacks;
  private final FrameObserver frames;
  private final Map<BrowserRequest, Integer> ids = new IdentityHashMap<>();
  private final Map<String, Integer> latestOfCdpId = new HashMap<>();
  private final Map<String, TreeMap<Integer, ResourceType>> byUrl = new HashMap<>();
  private final Map<Integer, ResourceType> types = new HashMap<>();
  private final Map<Integer, String> urls = new HashMap<>();
  private final Map<String, Initiator> senders = new HashMap<>();

  Initiators(Stacks stacks, FrameObserver frames) {
    this.stacks = stacks;
    this.frames = frames;
  }

  /** All sightings are registered, in order of their ids, before the first question. */
  void register(int id, Sighting seen, ResourceType type) {
    urls.put(id, seen.url());
    types.put(id, type);
    byUrl.computeIfAbsent(Place.withoutFragment(seen.url()), u -> new TreeMap<>()).put(id, type);
    if (seen.browser() == null) return;
    ids.put(seen.browser(), id);
    latestOfCdpId.put(seen.browser().cdpId, id);
  }

  @Nullable Integer idOf(@Nullable BrowserRequest request) {
    return request == null ? null : ids.get(request);
  }

  Initiator of(int id, Sighting seen, BrowserRequest request) {
    Initiator found = told(id, request);
    if (found.kind() == Kind.SCRIPT) senders.put(endpoint(seen), found);
    return found;
  }

  private Initiator told(int id, BrowserRequest request) {
    JsonNode told = request.initiator;
    if (request.redirectedFrom != null) return redirect(request.redirectedFrom);
    return switch (told.path("type").asText()) {
      case "script" -> script(id, request, told.path("stack"));
      case "parser" -> parser(id, request, told);
      case "preload" -> simple(Kind.PRELOAD, id, told.path("url").asText(frameUrl(request)), 0, 0);
      case "preflight" -> {
        Integer cause = latestOfCdpId.get(told.path("requestId").asText());
        yield new Initiator(
            Kind.PREFLIGHT, cause, cause == null ? null : urls.get(cause), null, 0, 0, List.of());
      }
      default -> other(id, request);
    };
  }

  /**
   * For what the proxy alone saw: farewell beacons, mostly. Whoever used the same endpoint before
   * is taken for the sender, without a stack, since none was seen; else the referring page is all
   * there is to go by.
   */
  Initiator unseen(int id, Sighting seen, ResourceType type) {
    Initiator before = senders.get(endpoint(seen));
    if (before != null && type != ResourceType.REPORT)
      return new Initiator(Kind.SCRIPT, before.requestId(), before.url(), null, 0, 0, List.of());
    String referrer = seen.requestHeader("Referer");
    Kind kind = type == ResourceType.REPORT ? Kind.BROWSER : Kind.UNKNOWN;
    if (referrer == null) return new Initiator(kind, null, null, null, 0, 0, List.of());
    Integer page = bringerOf(referrer, id);
    String main = frames.mainUrl();
    // A referrer is often cut down to the origin.
    if (page == null && main.startsWith(referrer)) page = bringerOf(main, id);
    return new Initiator(kind, page, referrer, null, 0, 0, List.of());
  }

  private static String endpoint(Sighting seen) {
    String url = Place.withoutFragment(seen.url());
    int query = url.indexOf('?');
    return seen.method() + ' ' + (query < 0 ? url : url.substring(0, query));
  }

  /**
   * The request that brought the document or script of this URL, the last one before {@code id}.
   */
  @Nullable Integer bringerOf(String url, int id) {
    TreeMap<Integer, ResourceType> found = byUrl.get(Place.withoutFragment(url));
    if (found == null) return null;
    Integer fallback = null;
    for (Map.Entry<Integer, ResourceType> entry :
        found.headMap(id, false).descendingMap().entrySet()) {
      switch (entry.getValue()) {
        case DOCUMENT, SCRIPT, WORKER, STYLESHEET -> {
          return entry.getKey();
        }
        case PREFLIGHT -> {}
        default -> {
          if (fallback == null) fallback = entry.getKey();
        }
      }
    }
    return fallback;
  }

  private Initiator redirect(BrowserRequest from) {
    BrowserRequest first = from;
    while (first.redirectedFrom != null) first = first.redirectedFrom;
    List<StackFrame> stack = plain(stacks.frames(first.target, first.initiator.path("stack")));
    return new Initiator(Kind.REDIRECT, ids.get(from), from.url, null, 0, 0, stack);
  }

  private Initiator script(int id, BrowserRequest request, JsonNode stack) {
    List<Stacks.Called> called = stacks.frames(request.target, stack);
    Stacks.Called asker = Stacks.asker(called);
    if (asker == null) return other(id, request);
    StackFrame frame = asker.frame();
    return new Initiator(
        Kind.SCRIPT,
        bringerOf(frame.url(), id),
        frame.url(),
        frame.function().isEmpty() ? null : frame.function(),
        frame.line(),
        frame.column(),
        plain(called));
  }

  private Initiator parser(int id, BrowserRequest request, JsonNode told) {
    String url = told.path("url").asText(frameUrl(request));
    int line = told.has("lineNumber") ? told.path("lineNumber").asInt() + 1 : 0;
    int column = told.has("columnNumber") ? told.path("columnNumber").asInt() + 1 : 0;
    return simple(request.preload ? Kind.PRELOAD : Kind.PARSER, id, url, line, column);
  }

  /** Nobody on the page: the scanner, a worker's own import, or the browser. */
  private Initiator other(int id, BrowserRequest request) {
    boolean document = request.cdpType.equals("Document");
    if (document && frames.isMain(request.frameId))
      return new Initiator(Kind.NAVIGATION, null, null, null, 0, 0, List.of());
    Target target = request.target;
    if (target.isWorker() && !target.url().equals(request.url))
      return simple(Kind.SCRIPT, id, target.url(), 0, 0);
    String url = frameUrl(request);
    if (request.preload) return simple(Kind.PRELOAD, id, url, 0, 0);
    // A worker is made by some script of its page; the browser does not tell by which.
    boolean worker = types.get(id) == ResourceType.WORKER;
    return simple(worker ? Kind.UNKNOWN : Kind.BROWSER, id, url, 0, 0);
  }

  private Initiator simple(Kind kind, int id, String url, int line, int column) {
    Integer bringer = url.isEmpty() ? null : bringerOf(url, id);
    return new Initiator(kind, bringer, url.isEmpty() ? null : url, null, line, column, List.of());
  }

  private String frameUrl(BrowserRequest request) {
    String own = frames.urlOf(request.frameId);
    if (own == null || request.cdpType.equals("Document")) own = pageUrl(request);
    return own;
  }

  private String pageUrl(BrowserRequest request) {
    Target parent = request.target.parent();
    String url =
        parent == null ? frames.urlOf(request.target.targetId()) : frames.urlOf(parent.targetId());
    return url == null ? frames.mainUrl() : url;
  }

  /** The frames of a script's maker, for those that were made by another. */
  @Nullable String makerOf(Target target, JsonNode stack) {
    if (stack instanceof MissingNode) return null;
    Stacks.Called asker = Stacks.asker(stacks.frames(target, stack));
    return asker == null ? null : asker.frame().url();
  }

  static List<StackFrame> plain(List<Stacks.Called> called) {
    return called.stream().map(Stacks.Called::frame).toList();
  }
}
