package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.CdpSession;
import org.tagwarden.agent.browser.Deadline;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.traffic.Hygiene;

/**
 * Every script that the engine parsed, with its hash; and, for those that no proxy could see
 * (inline and evaluated ones), their text. Its stacks reach across 32 asynchronous calls, so that a
 * pixel made in a promise has an initiator.
 */
public final class ScriptObserver implements PageObserver {
  private static final int MOST = 3_000;
  private static final int MOST_SOURCES = 300;
  private static final long LONGEST_SOURCE = 2_000_000;
  private static final long SOURCE_MS = 5_000;

  private final KnownSources known;
  private final RequestObserver requests;
  private final Problems problems;
  private final Map<String, ParsedScript> byId = new HashMap<>();
  private final List<ParsedScript> scripts = new ArrayList<>();
  private final Map<String, String> sources = new HashMap<>();
  private final Set<String> own = new HashSet<>();
  private final BehaviourScript planted;
  private final Set<String> ownTexts;

  ScriptObserver(
      KnownSources known,
      RequestObserver requests,
      Problems problems,
      BehaviourScript planted,
      Set<String> ownTexts) {
    this.known = known;
    this.requests = requests;
    this.problems = problems;
    this.planted = planted;
    this.ownTexts = ownTexts;
  }

  /**
   * A text that the scanner is about to run in the page's own world: it is no script of the page.
   */
  public void own(String text) {
    ownTexts.add(Hygiene.hex("SHA-256", text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public List<Command> prepare(Target target) {
    return List.of(
        new Command("Debugger.enable", Map.of("maxScriptsCacheSize", 0)),
        new Command("Debugger.setAsyncCallStackDepth", Map.of("maxDepth", 32)),
        new Command("Debugger.setSkipAllPauses", Map.of("skip", true)));
  }

  @Override
  public synchronized void event(Target target, String method, JsonNode params) {
    if (!method.equals("Debugger.scriptParsed") && !method.equals("Debugger.scriptFailedToParse"))
      return;
    String url = params.path("url").asText();
    JsonNode context = params.path("executionContextAuxData");
    // By its world or its text, not by its name: a page may call its scripts like ours.
    boolean isolated = "isolated".equals(context.path("type").asText());
    String hash = params.path("hash").asText();
    if (isolated || planted.isOwn(hash) || ownTexts.contains(hash.toLowerCase(Locale.ROOT))) {
      own.add(key(target, params.path("scriptId").asText()));
      return;
    }
    if (!"JavaScript".equals(params.path("scriptLanguage").asText("JavaScript"))) return;
    if (scripts.size() >= MOST) {
      problems.note(
          "browser",
          "load",
          "too-many-scripts",
          "The page made more than " + MOST + " scripts; the rest was not written down.");
      return;
    }
    ParsedScript script =
        new ParsedScript(
            target,
            params.path("scriptId").asText(),
            url,
            params.path("embedderName").asText(""),
            params.path("startLine").asInt(),
            params.path("startColumn").asInt(),
            params.path("hash").asText().toLowerCase(Locale.ROOT),
            params.path("length").asLong(),
            params.path("isModule").asBoolean(),
            params.path("hasSourceURL").asBoolean(),
            context.path("frameId").asText(null),
            params.path("stackTrace"));
    scripts.add(script);
    byId.put(key(target, script.scriptId()), script);
  }

  public synchronized List<ParsedScript> all() {
    return List.copyOf(scripts);
  }

  /** The script that a stack frame of this target is in, or null. */
  public synchronized @Nullable ParsedScript find(Target target, String scriptId) {
    return byId.get(key(target, scriptId));
  }

  /** Whether a stack frame is in what the scanner itself planted into the page. */
  public synchronized boolean isOwn(Target target, String scriptId) {
    return own.contains(key(target, scriptId));
  }

  /** Text by hash of the scripts that did not come by a request of their own. */
  public synchronized Map<String, String> sources() {
    return Map.copyOf(sources);
  }

  /** Fetches the text of inline and evaluated scripts, those met before from memory. */
  @Override
  public void atEnd(LivePage page) {
    Map<String, CompletableFuture<JsonNode>> asked = new HashMap<>();
    Set<String> external = requests.scriptUrls();
    for (ParsedScript script : all()) {
      String hash = script.sha256();
      if (hash.isEmpty() || sources.containsKey(hash) || asked.containsKey(hash)) continue;
      if (script.url().startsWith("http") && external.contains(script.url())) continue;
      String text = known.get(hash);
      if (text != null) {
        keep(hash, text);
      } else if (script.length() <= LONGEST_SOURCE && asked.size() < MOST_SOURCES) {
        asked.put(
            hash,
            script
                .target()
                .session()
                .send("Debugger.getScriptSource", Map.of("scriptId", script.scriptId())));
      }
    }
    Deadline until = Deadline.in(page.within(SOURCE_MS));
    asked.forEach((hash, answer) -> receive(hash, answer, until));
  }

  private void receive(String hash, CompletableFuture<JsonNode> answer, Deadline until) {
    try {
      String text =
          CdpSession.await(answer, "Reading a script", until.atMost(SOURCE_MS))
              .path("scriptSource")
              .asText("");
      known.put(hash, text);
      keep(hash, text);
    } catch (CdpException e) {
      // Its context is gone: the hash stays, the text cannot be had any more.
    }
  }

  private synchronized void keep(String hash, String text) {
    sources.put(hash, text);
  }

  private static String key(Target target, String scriptId) {
    return target.sessionId() + '/' + scriptId;
  }
}
