package org.tagwarden.agent.join;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.observe.BrowserRequest;
import org.tagwarden.agent.observe.CallRecord;
import org.tagwarden.agent.observe.FrameObserver;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.Initiator.Kind;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.StackFrame;

/** Says of each request who asked for it, and which request brought the one who asked. */
final class Initiators {
  /** No element of a document sends these: whatever the browser says, a script did. */
  private static final Set<ResourceType> BY_SCRIPTS_ONLY =
      EnumSet.of(ResourceType.FETCH, ResourceType.EVENT_SOURCE, ResourceType.WEBSOCKET);

  private final Stacks stacks;
  private final FrameObserver frames;
  private final Calls calls;
  private final UnseenInitiators unseen;
  private final Bringers bringers = new Bringers();
  private final Map<BrowserRequest, Integer> ids = new IdentityHashMap<>();
  private final Map<String, Integer> latestOfCdpId = new HashMap<>();
  private @Nullable Integer firstDocument;

  Initiators(Stacks stacks, FrameObserver frames, List<CallRecord> calls) {
    this.stacks = stacks;
    this.frames = frames;
    this.calls = new Calls(calls);
    this.unseen = new UnseenInitiators(this, bringers, frames, calls);
  }

  /** All sightings are registered, in order of their ids, before the first question. */
  void register(int id, Sighting seen, ResourceType type) {
    bringers.register(id, seen.url(), type);
    BrowserRequest browser = seen.browser();
    if (browser == null) return;
    stacks.learn(browser.target, browser.initiator.path("stack"));
    ids.put(browser, id);
    latestOfCdpId.put(browser.cdpId, id);
    Integer from = idOf(browser.redirectedFrom);
    if (from != null) bringers.redirected(from, id);
    if (firstDocument == null && isMainDocument(browser)) firstDocument = id;
  }

  @Nullable Integer idOf(@Nullable BrowserRequest request) {
    return request == null ? null : ids.get(request);
  }

  Initiator of(int id, Sighting seen, BrowserRequest request) {
    Initiator found = told(id, seen, request);
    if (found.kind() == Kind.SCRIPT) unseen.sent(seen, found);
    return found;
  }

  /** For what the proxy alone saw. */
  Initiator unseen(int id, Sighting seen, ResourceType type) {
    CallRecord call = calls.take(seen.url(), type);
    return call != null ? called(id, call) : unseen.of(id, seen, type);
  }

  private Initiator told(int id, Sighting seen, BrowserRequest request) {
    JsonNode told = request.initiator;
    if (request.redirectedFrom != null) return redirect(request.redirectedFrom);
    if (bringers.typeOf(id) == ResourceType.REPORT)
      return simple(Kind.BROWSER, id, request, documentOf(request), 0, 0);
    if (hinted(seen, request)) return placed(Kind.PRELOAD, id, request, told);
    return switch (told.path("type").asText()) {
      case "script" -> script(id, request, told);
      case "parser" -> parser(id, request, told);
      case "preload" ->
          simple(Kind.PRELOAD, id, request, told.path("url").asText(documentOf(request)), 0, 0);
      case "preflight" -> {
        Integer cause = latestOfCdpId.get(told.path("requestId").asText());
        yield new Initiator(Kind.PREFLIGHT, cause, bringers.urlOf(cause), null, 0, 0, List.of());
      }
      default -> other(id, request);
    };
  }

  private Initiator redirect(BrowserRequest from) {
    BrowserRequest first = from;
    while (first.redirectedFrom != null) first = first.redirectedFrom;
    List<StackFrame> stack = plain(stacks.frames(first.target, first.initiator.path("stack")));
    return new Initiator(Kind.REDIRECT, ids.get(from), from.url, null, 0, 0, stack);
  }

  private Initiator script(int id, BrowserRequest request, JsonNode told) {
    // Without a stack, it is an import that stands at the top of a module.
    if (!told.has("stack")) return placed(Kind.SCRIPT, id, request, told);
    List<Stacks.Called> called = stacks.frames(request.target, told.path("stack"));
    Initiator asked = asked(id, called);
    if (asked != null) return asked;
    // Code without a URL of its own (of a javascript: address) stands in the document around it.
    String document = called.isEmpty() ? null : frames.comeDocumentOf(request.frameId);
    if (document == null) return other(id, request);
    StackFrame frame = called.get(0).frame();
    return new Initiator(
        Kind.SCRIPT,
        bringers.of(document, id),
        document,
        nameOf(frame),
        frame.line(),
        frame.column(),
        plain(called));
  }

  /** A call that the page's observer told of: its stack is the engine's own. */
  private Initiator called(int id, CallRecord call) {
    List<Stacks.Called> stack = stacks.frames(call.target(), call.stack());
    Initiator asked = asked(id, stack);
    if (asked != null) return asked;
    String document = frames.comeDocumentOf(call.frameId());
    return new Initiator(
        Kind.SCRIPT, bringers.of(document, id), document, null, 0, 0, plain(stack));
  }

  private @Nullable Initiator asked(int id, List<Stacks.Called> called) {
    Stacks.Called asker = Stacks.asker(called);
    if (asker == null) return null;
    StackFrame frame = asker.frame();
    Integer named = bringers.of(frame.url(), id);
    Integer bringer = bringers.lastHop(named, id);
    String url = bringer == null || bringer.equals(named) ? frame.url() : bringers.urlOf(bringer);
    return new Initiator(
        Kind.SCRIPT, bringer, url, nameOf(frame), frame.line(), frame.column(), plain(called));
  }

  private Initiator parser(int id, BrowserRequest request, JsonNode told) {
    ResourceType type = bringers.typeOf(id);
    // While a document is being parsed, the browser lays to its parser what no stack explains.
    if (type == ResourceType.IMAGE || BY_SCRIPTS_ONLY.contains(type)) {
      CallRecord call = calls.take(request.url, type);
      if (call != null) return called(id, call);
    }
    if (BY_SCRIPTS_ONLY.contains(type))
      return simple(Kind.SCRIPT, id, request, documentOf(request), 0, 0);
    return placed(Kind.PARSER, id, request, told);
  }

  /** The browser tells no asker: a call explains it, or what kind of thing it is. */
  private Initiator other(int id, BrowserRequest request) {
    ResourceType type = bringers.typeOf(id);
    String document = documentOf(request);
    if (isMainDocument(request)) return navigation(id, request);
    CallRecord call = type == null ? null : calls.take(request.url, type);
    if (call != null) return called(id, call);
    Target target = request.target;
    if (target.isWorker() && !target.url().equals(request.url))
      return simple(Kind.SCRIPT, id, request, target.url(), 0, 0);
    if (BY_SCRIPTS_ONLY.contains(type)) return simple(Kind.SCRIPT, id, request, document, 0, 0);
    // Elements that load late, when they come into sight; the browser's own icons are no "Image".
    if (request.cdpType.equals("Image")) return simple(Kind.PARSER, id, request, document, 0, 0);
    Kind kind = type == ResourceType.WORKER ? Kind.UNKNOWN : Kind.BROWSER;
    return simple(kind, id, request, document, 0, 0);
  }

  /** Only the first document is the scanner's doing; the page itself went on to any other. */
  private Initiator navigation(int id, BrowserRequest request) {
    Integer before = firstDocument;
    if (before == null || before == id)
      return new Initiator(Kind.NAVIGATION, null, null, null, 0, 0, List.of());
    Kind kind =
        switch (frames.navigationReason(request.frameId, request.url)) {
          case "metaTagRefresh" -> Kind.PARSER;
          case "httpHeaderRefresh", "reload" -> Kind.BROWSER;
          default -> Kind.SCRIPT;
        };
    String referrer = request.requestHeader("Referer");
    Integer page = bringers.of(referrer, id);
    if (page == null) page = before;
    return new Initiator(kind, page, bringers.urlOf(page), null, 0, 0, List.of());
  }

  private boolean isMainDocument(BrowserRequest request) {
    return request.cdpType.equals("Document") && frames.isMain(request.frameId);
  }

  /** Whether it is fetched ahead of its use: by a link, or by speculation rules. */
  private static boolean hinted(Sighting seen, BrowserRequest request) {
    String purpose = seen.requestHeader("Sec-Purpose");
    boolean byScript = request.initiator.has("stack");
    return !byScript && (request.preload || (purpose != null && purpose.startsWith("prefetch")));
  }

  /** At the place that the browser names, or else anywhere in the document. */
  private Initiator placed(Kind kind, int id, BrowserRequest request, JsonNode told) {
    String url = told.path("url").asText(documentOf(request));
    return simple(kind, id, request, url, from1(told, "lineNumber"), from1(told, "columnNumber"));
  }

  private Initiator simple(
      Kind kind, int id, BrowserRequest request, String url, int line, int column) {
    Integer bringer = url.isEmpty() ? null : bringers.of(url, id);
    if (bringer == null && url.startsWith("about:"))
      bringer = bringers.of(frames.comeDocumentOf(request.frameId), id);
    return new Initiator(kind, bringer, url.isEmpty() ? null : url, null, line, column, List.of());
  }

  /** The document that a request was for: a frame's own request is its parent's. */
  private String documentOf(BrowserRequest request) {
    boolean document = request.cdpType.equals("Document");
    if (!document && !request.documentUrl.isEmpty()) return request.documentUrl;
    String own = document ? null : frames.urlOf(request.frameId);
    return own == null ? pageUrl(request) : own;
  }

  private String pageUrl(BrowserRequest request) {
    Target parent = request.target.parent();
    String url =
        parent == null ? frames.urlOf(request.target.targetId()) : frames.urlOf(parent.targetId());
    return url == null ? frames.mainUrl() : url;
  }

  /** The URL of the code that made a script, for those that were made by another. */
  @Nullable String makerOf(Target target, JsonNode stack) {
    if (stack instanceof MissingNode) return null;
    Stacks.Called asker = Stacks.asker(stacks.frames(target, stack));
    return asker == null ? null : asker.frame().url();
  }

  @Nullable Integer firstDocument() {
    return firstDocument;
  }

  /** What a listener for the page's end is laid to. */
  @Nullable Initiator listener(int id, CallRecord listener) {
    return asked(id, stacks.frames(listener.target(), listener.stack()));
  }

  private static int from1(JsonNode told, String field) {
    return told.has(field) ? told.path(field).asInt() + 1 : 0;
  }

  private static @Nullable String nameOf(StackFrame frame) {
    return frame.function().isEmpty() ? null : frame.function();
  }

  static List<StackFrame> plain(List<Stacks.Called> called) {
    return called.stream().map(Stacks.Called::frame).toList();
  }
}
