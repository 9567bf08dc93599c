package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.CdpSession;
import org.tagwarden.agent.browser.Deadline;
import org.tagwarden.agent.browser.Target;

/**
 * What scripts do that matters for risk: form fields read, keys listened to, devices told apart,
 * cookies, storage. A script of ours ({@code behaviour.js}) stands before the page's first line in
 * every document and worker and reports through the console, in a context whose name the page
 * cannot know, so that the engine adds the stack and no page can forge a report.
 */
public final class BehaviourObserver implements PageObserver {
  private static final int MOST_DEEDS = 5_000;
  private static final int MOST_CALLS = 5_000;
  private static final long COUNTS_MS = 2_000;

  /** A document's or worker's JavaScript world. */
  private record World(@Nullable String frameId, String origin) {}

  private final BehaviourScript script;
  private final Problems problems;
  private final Map<String, World> worlds = new HashMap<>();
  private final Map<String, Target> asking = new LinkedHashMap<>();
  private final Map<String, String> rests = new HashMap<>();
  private final Map<String, Deed> deeds = new LinkedHashMap<>();
  private final List<CallRecord> calls = new ArrayList<>();

  BehaviourObserver(BehaviourScript script, Problems problems) {
    this.script = script;
    this.problems = problems;
  }

  /** What scripts did, in order of the first time, with what was written to storage. */
  public synchronized List<Deed> deeds() {
    return List.copyOf(deeds.values());
  }

  /** Calls that help to attribute requests, in their order. */
  public synchronized List<CallRecord> calls() {
    return List.copyOf(calls);
  }

  @Override
  public List<Command> prepare(Target target) {
    if (target.hasFrames())
      return List.of(
          new Command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script.text())));
    if (!target.isWorker()) return List.of();
    // Its world is there before it is told to run; nobody waits for the answer.
    return List.of(
        Command.of("Runtime.enable"),
        new Command("Runtime.evaluate", Map.of("expression", script.text(), "silent", true)));
  }

  @Override
  public synchronized void event(Target target, String method, JsonNode params) {
    switch (method) {
      case "Runtime.executionContextCreated" -> {
        JsonNode context = params.path("context");
        worlds.put(
            key(target, context.path("id").asInt()),
            new World(
                context.path("auxData").path("frameId").asText(null),
                context.path("origin").asText("")));
      }
      case "Runtime.executionContextDestroyed" ->
          forget(key(target, params.path("executionContextId").asInt()));
      case "Runtime.executionContextsCleared" -> {
        List<String> gone =
            asking.keySet().stream().filter(k -> k.startsWith(target.sessionId() + '/')).toList();
        gone.forEach(this::forget);
      }
      case "Runtime.consoleAPICalled" -> {
        String context = params.path("context").asText("");
        if (context.startsWith(script.context() + '#')) told(target, params);
      }
      default -> {}
    }
  }

  private void told(Target target, JsonNode params) {
    String world = key(target, params.path("executionContextId").asInt());
    JsonNode words = params.path("args");
    switch (word(words, 0)) {
      case "hello" -> {
        asking.put(world, target);
        rests.put(world, words.path(1).path("objectId").asText());
      }
      case "did" -> did(target, world, words, params);
      case "more" ->
          more(world, number(words, 1), (int) number(words, 2), word(words, 3), number(words, 4));
      case "call" -> called(target, world, words, params);
      case "many" -> many(word(words, 1));
      case "missed" -> missed();
      default -> {}
    }
  }

  private void did(Target target, String world, JsonNode words, JsonNode params) {
    if (deeds.size() >= MOST_DEEDS) {
      many("anything");
      return;
    }
    World where = worlds.getOrDefault(world, new World(null, ""));
    deeds.put(
        world + '/' + number(words, 1),
        new Deed(
            word(words, 2),
            word(words, 3),
            word(words, 4),
            number(words, 5),
            1,
            target,
            params.path("stackTrace"),
            where.frameId(),
            where.origin(),
            params.path("timestamp").asDouble(),
            word(words, 6)));
  }

  private void called(Target target, String world, JsonNode words, JsonNode params) {
    if (calls.size() >= MOST_CALLS) return;
    World where = worlds.getOrDefault(world, new World(null, ""));
    calls.add(
        new CallRecord(
            CallRecord.Kind.valueOf(word(words, 1)),
            word(words, 2),
            target,
            params.path("stackTrace"),
            where.frameId(),
            params.path("timestamp").asDouble()));
  }

  private void more(String world, long id, int count, String value, long length) {
    deeds.computeIfPresent(world + '/' + id, (key, deed) -> deed.repeated(count, value, length));
  }

  /** Asks each world that is still there for what stands in its document, and the counts. */
  @Override
  public void atEnd(LivePage page) {
    Map<String, CompletableFuture<JsonNode>> asked = new HashMap<>();
    synchronized (this) {
      asking.forEach(
          (world, target) ->
              asked.put(
                  world,
                  target
                      .session()
                      .send(
                          "Runtime.callFunctionOn",
                          Map.of(
                              "objectId",
                              rests.getOrDefault(world, ""),
                              "functionDeclaration",
                              BehaviourScript.ASK_FOR_THE_REST,
                              "returnByValue",
                              true,
                              "silent",
                              true))));
    }
    Deadline until = Deadline.in(page.within(COUNTS_MS));
    asked.forEach((world, answer) -> counted(world, answer, until));
  }

  private void counted(String world, CompletableFuture<JsonNode> answer, Deadline until) {
    try {
      JsonNode rest =
          CdpSession.await(answer, "Asking for the rest of the counts", until.atMost(COUNTS_MS))
              .path("result")
              .path("value");
      synchronized (this) {
        if (rest.path("missed").asInt() > 0) missed();
        rest.path("left")
            .fields()
            .forEachRemaining(
                entry ->
                    more(
                        world,
                        Long.parseLong(entry.getKey()),
                        entry.getValue().path("count").asInt(),
                        entry.getValue().path("value").asText(""),
                        entry.getValue().path("length").asLong()));
      }
    } catch (CdpException e) {
      // A world that went away or spins: what it told until then counts.
    }
  }

  private void forget(String world) {
    asking.remove(world);
    rests.remove(world);
  }

  private void many(String kind) {
    problems.note(
        "browser",
        "load",
        "too-many-behaviours",
        "Scripts did more of one kind ("
            + kind
            + ") than is written down place by place; later places are counted together.");
  }

  private void missed() {
    problems.note(
        "browser",
        "load",
        "behaviour-missed",
        "A script did something at a moment at which it could not be written down (its stack was"
            + " used up). This happens in endless recursion, or on purpose.");
  }

  private static String word(JsonNode words, int index) {
    return words.path(index).path("value").asText("");
  }

  private static long number(JsonNode words, int index) {
    return words.path(index).path("value").asLong();
  }

  private static String key(Target target, int context) {
    return target.sessionId() + '/' + context;
  }
}
