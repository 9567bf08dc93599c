package org.tagwarden.agent.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.CdpSession;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.observe.FrameObserver;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.agent.observe.PageObserver;
import org.tagwarden.report.ConsentState;

/**
 * The conversation with the content scripts of one visit, which sit in every frame. They ask what
 * to do, have code evaluated in the page's own world, and tell how it goes; {@link BannerProgress}
 * keeps what they told. Nothing is put into a page before {@link #begin}.
 */
public final class BannerTalk implements PageObserver {
  private static final long COMMAND_MS = 3_000;

  /** A frame of ours or of the page, by its execution context. */
  private record Place(Target target, String frameId) {}

  private final ConsentState choice;
  private final Consumer<String> ownScripts;
  private final BannerProgress progress = new BannerProgress();
  private final Map<String, Place> ourWorlds = new HashMap<>();
  private final Map<String, String> pageWorlds = new HashMap<>();
  private volatile boolean begun;
  private volatile String mainFrame = "";

  /**
   * @param choice accept or reject
   * @param ownScripts is told of each text before it runs in a page's own world
   */
  public BannerTalk(ConsentState choice, Consumer<String> ownScripts) {
    this.choice = choice;
    this.ownScripts = ownScripts;
  }

  BannerProgress progress() {
    return progress;
  }

  @Override
  public List<Command> prepare(Target target) {
    if (!target.hasFrames()) return List.of();
    Command contexts = new Command("Runtime.enable", Map.of());
    Command binding =
        new Command(
            "Runtime.addBinding",
            Map.of("name", Autoconsent.BINDING, "executionContextName", Autoconsent.WORLD));
    return begun ? List.of(contexts, binding, inNewDocuments()) : List.of(contexts, binding);
  }

  @Override
  public void event(Target target, String method, JsonNode params) {
    switch (method) {
      case "Runtime.executionContextCreated" -> created(target, params.path("context"));
      case "Runtime.executionContextDestroyed" ->
          gone(key(target, params.path("executionContextId").asInt()));
      case "Runtime.executionContextsCleared" -> cleared(target);
      case "Runtime.bindingCalled" -> {
        if (Autoconsent.BINDING.equals(params.path("name").asText()))
          heard(key(target, params.path("executionContextId").asInt()), params.path("payload"));
      }
      default -> {}
    }
  }

  /** On the visit's thread: from now on every frame has a content script. */
  void begin(LivePage page) {
    mainFrame = page.page().targetId();
    begun = true;
    for (Target target : page.frames().stream().map(FrameObserver.Seen::target).distinct().toList())
      target.session().send("Page.addScriptToEvaluateOnNewDocument", inNewDocuments().params());
    for (FrameObserver.Seen frame : page.frames()) {
      progress.awaiting(frame.id());
      inject(frame).exceptionally(left -> forget(frame.id()));
    }
  }

  /** Asks the platform whether it has taken the rejection. */
  CompletableFuture<?> selfTest(String worldKey) {
    return say(worldKey, Autoconsent.JSON.createObjectNode().put("type", "selfTest"));
  }

  private static CompletableFuture<JsonNode> inject(FrameObserver.Seen frame) {
    CdpSession session = frame.target().session();
    return session
        .send(
            "Page.createIsolatedWorld",
            Map.of("frameId", frame.id(), "worldName", Autoconsent.WORLD))
        .thenCompose(
            world ->
                session.send(
                    "Runtime.evaluate",
                    Map.of(
                        "expression",
                        Autoconsent.loaded().script(),
                        "contextId",
                        world.path("executionContextId").asInt(),
                        "silent",
                        true)));
  }

  private static Command inNewDocuments() {
    return new Command(
        "Page.addScriptToEvaluateOnNewDocument",
        Map.of("source", Autoconsent.loaded().script(), "worldName", Autoconsent.WORLD));
  }

  /** A frame that left meanwhile has no banner. */
  private @Nullable JsonNode forget(String frameId) {
    progress.nothingIn(frameId);
    return null;
  }

  private synchronized void created(Target target, JsonNode context) {
    String frameId = context.path("auxData").path("frameId").asText();
    if (Autoconsent.WORLD.equals(context.path("name").asText()))
      ourWorlds.put(key(target, context.path("id").asInt()), new Place(target, frameId));
    else if (context.path("auxData").path("isDefault").asBoolean())
      pageWorlds.put(frameId, context.path("uniqueId").asText());
  }

  private void gone(String worldKey) {
    Place place;
    synchronized (this) {
      place = ourWorlds.remove(worldKey);
    }
    if (place != null) progress.left(worldKey);
  }

  /** A document that is loaded anew in its process takes all worlds with it at once. */
  private void cleared(Target target) {
    List<String> worlds;
    synchronized (this) {
      worlds =
          ourWorlds.keySet().stream().filter(k -> k.startsWith(target.sessionId() + '/')).toList();
    }
    worlds.forEach(this::gone);
  }

  private void heard(String worldKey, JsonNode payload) {
    Place place = place(worldKey);
    if (place == null) return;
    try {
      JsonNode heard = Autoconsent.JSON.readTree(payload.asText());
      JsonNode message = heard.path("message");
      switch (message.path("type").asText()) {
        case "init" -> say(worldKey, instructions(place, message.path("url").asText()));
        case "eval" -> evaluate(worldKey, place, message);
        default -> progress.told(worldKey, place.frameId(), message, heard.path("at").asLong());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Our own bridge writes JSON", e);
    }
  }

  private ObjectNode instructions(Place place, String url) {
    if (progress.settled()) return Autoconsent.nothingToDo();
    boolean main = place.frameId().equals(mainFrame);
    return Autoconsent.loaded().instructions(choice, url, main);
  }

  /** In the page's own world, as the content script asks; what fails there is false. */
  private void evaluate(String worldKey, Place place, JsonNode message) {
    String world = pageWorld(place.frameId());
    ObjectNode answer =
        Autoconsent.JSON
            .createObjectNode()
            .put("type", "evalResp")
            .put("id", message.path("id").asText());
    if (world == null) {
      say(worldKey, answer.put("result", false));
      return;
    }
    String code = message.path("code").asText() + "\n//# sourceURL=" + LivePage.PROBE;
    ownScripts.accept(code);
    place
        .target()
        .session()
        .send(
            "Runtime.evaluate",
            Map.of(
                "expression",
                code,
                "uniqueContextId",
                world,
                "returnByValue",
                true,
                "awaitPromise",
                true,
                "silent",
                true,
                "userGesture",
                true))
        .whenComplete(
            (done, failed) -> {
              boolean failure = failed != null || done.has("exceptionDetails");
              JsonNode value = failure ? null : done.path("result").path("value");
              say(worldKey, answer.put("result", value != null && truthy(value)));
            });
  }

  private static boolean truthy(JsonNode value) {
    if (value.isBoolean()) return value.asBoolean();
    if (value.isNumber()) return value.asDouble() != 0;
    if (value.isTextual()) return !value.asText().isEmpty();
    return value.isObject() || value.isArray();
  }

  private CompletableFuture<?> say(String worldKey, ObjectNode message) {
    Place place = place(worldKey);
    if (place == null) return CompletableFuture.completedFuture(null);
    return place
        .target()
        .session()
        .send(
            "Runtime.evaluate",
            Map.of(
                "expression",
                "void autoconsentReceiveMessage(" + message + ")\n//# sourceURL=" + LivePage.PROBE,
                "contextId",
                Integer.parseInt(worldKey.substring(worldKey.lastIndexOf('/') + 1)),
                "silent",
                true,
                "userGesture",
                true,
                "timeout",
                COMMAND_MS));
  }

  private synchronized @Nullable Place place(String worldKey) {
    return ourWorlds.get(worldKey);
  }

  private synchronized @Nullable String pageWorld(String frameId) {
    return pageWorlds.get(frameId);
  }

  private static String key(Target target, int contextId) {
    return target.sessionId() + '/' + contextId;
  }
}
