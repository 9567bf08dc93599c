package org.tagwarden.agent.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The context of one visit: its own cookies, cache and proxy port, one page, and whatever targets
 * that page brings. Attaches to each before it runs.
 */
public final class BrowserContext implements AutoCloseable {
  private static final long COMMAND_MS = 10_000;

  /** What a visit has to know, however much else is told. */
  private static final Set<String> ESSENTIAL =
      Set.of("Page.loadEventFired", "Page.javascriptDialogOpening", "Inspector.targetCrashed");

  private static final long DISPOSE_MS = 4_000;

  private final CdpConnection connection;
  private final CdpSession browser;
  private final String id;
  private final TargetListener listener;
  private final Map<String, Target> bySession = new HashMap<>();
  private final Map<String, Target> byTargetId = new HashMap<>();
  private final CompletableFuture<Target> page = new CompletableFuture<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Runnable onClose;
  private final EventBudget budget = new EventBudget();

  BrowserContext(
      CdpConnection connection,
      CdpSession browser,
      String id,
      TargetListener listener,
      Runnable onClose) {
    this.connection = connection;
    this.browser = browser;
    this.id = id;
    this.listener = listener;
    this.onClose = onClose;
  }

  String id() {
    return id;
  }

  /** The browser's own session, for commands that take a context. */
  public CdpSession browser() {
    return browser;
  }

  public String contextId() {
    return id;
  }

  /** Opens the visit's page, blank, with every observer listening. */
  Target openPage(int width, int height, Deadline until) {
    browser.call(
        "Target.createTarget",
        Map.of(
            "url", "about:blank",
            "browserContextId", id,
            "newWindow", true,
            "width", width,
            "height", height),
        until.atMost(COMMAND_MS));
    Target opened = CdpSession.await(page, "Attaching to the page", until.atMost(COMMAND_MS));
    CdpSession.await(ready, "Preparing the page", until.atMost(COMMAND_MS));
    return opened;
  }

  /** Completes when the browser is gone. */
  public CompletableFuture<Void> browserGone() {
    return connection.closed();
  }

  /** On the connection's thread: a target of this context was attached to. */
  void attached(JsonNode params) {
    JsonNode found = params.path("targetInfo");
    String sessionId = params.path("sessionId").asText();
    CdpSession session = new CdpSession(connection, sessionId);
    String targetId = found.path("targetId").asText();
    Target.Type type = Target.Type.of(found.path("type").asText());
    // Service workers are announced once by the browser and once by each page they control.
    if (byTargetId.containsKey(targetId) || type == Target.Type.OTHER || budget.spent()) {
      session.send("Runtime.runIfWaitingForDebugger", Map.of());
      return;
    }
    Target parent = bySession.get(params.path("parentSession").asText(""));
    Target target =
        new Target(session, sessionId, targetId, type, found.path("url").asText(""), parent);
    bySession.put(sessionId, target);
    byTargetId.put(targetId, target);
    connection.listen(sessionId, (method, event, length) -> event(target, method, event, length));
    prepare(target);
  }

  /** Nothing here waits: a paused worker answers only after it was told to run. */
  private void prepare(Target target) {
    List<CompletableFuture<?>> prepared = new ArrayList<>(listener.attached(target));
    prepared.add(target.session().send("Target.setAutoAttach", Browser.AUTO_ATTACH));
    prepared.add(target.session().send("Runtime.runIfWaitingForDebugger", Map.of()));
    if (target.type() != Target.Type.PAGE || !page.complete(target)) return;
    CompletableFuture.allOf(prepared.toArray(new CompletableFuture<?>[0]))
        .whenComplete(
            (done, failed) -> {
              if (failed == null) ready.complete(null);
              else ready.completeExceptionally(failed);
            });
  }

  private void event(Target target, String method, JsonNode params, int length) {
    if (budget.spentBy(length)) shed();
    switch (method) {
      case "Target.attachedToTarget" -> attached(withParent(params, target));
      case "Target.detachedFromTarget" -> detached(params.path("sessionId").asText());
      default -> {
        if (!budget.spent() || ESSENTIAL.contains(method)) listener.event(target, method, params);
      }
    }
  }

  /** The proxy goes on writing down what the page asks for. */
  private void shed() {
    for (Target target : bySession.values())
      for (String domain : List.of("Network", "Debugger", "Runtime", "Log"))
        target.session().send(domain + ".disable", Map.of());
    listener.flooded();
  }

  private static JsonNode withParent(JsonNode params, Target parent) {
    return ((com.fasterxml.jackson.databind.node.ObjectNode) params.deepCopy())
        .put("parentSession", parent.sessionId());
  }

  void detached(String sessionId) {
    Target target = bySession.remove(sessionId);
    connection.forget(sessionId);
    if (target == null) return;
    byTargetId.remove(target.targetId());
    listener.detached(target);
  }

  boolean owns(String sessionId) {
    return bySession.containsKey(sessionId);
  }

  /** Disposes of the context with all its targets; {@link CdpException} if the browser won't. */
  @Override
  public void close() {
    try {
      browser.call("Target.disposeBrowserContext", Map.of("browserContextId", id), DISPOSE_MS);
    } finally {
      onClose.run();
    }
  }
}
