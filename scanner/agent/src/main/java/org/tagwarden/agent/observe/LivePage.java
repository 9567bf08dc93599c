package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.BrowserContext;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.Deadline;
import org.tagwarden.agent.browser.Target;

/**
 * The page while it is still there: asks its frames in an isolated world, where the page's own code
 * neither sees the question nor can falsify the tools it is asked with. Used by the visit's thread.
 */
public final class LivePage {
  /** Marks our own scripts, so that they are not taken for the page's. */
  public static final String PROBE = "tagwarden-probe";

  /** What {@link #answers} asks in the page's own world. */
  static final String ANYBODY = "0";

  private static final long COMMAND_MS = 3_000;

  private final BrowserContext context;
  private final Target page;
  private final FrameObserver frames;
  private final Map<String, Integer> worlds = new HashMap<>();
  private @Nullable Deadline until;

  public LivePage(BrowserContext context, Target page, FrameObserver frames) {
    this.context = context;
    this.page = page;
    this.frames = frames;
  }

  public Target page() {
    return page;
  }

  public BrowserContext context() {
    return context;
  }

  /** From now on all questions together end by then. */
  public void askUntil(Deadline deadline) {
    until = deadline;
  }

  /** How long one question may take that takes at most so many milliseconds. */
  public long within(long ms) {
    return until == null ? ms : until.atMost(ms);
  }

  /** Whether the page's own thread answers in time: a script that computes without end keeps it. */
  public boolean answers(long ms) {
    try {
      page.session().call("Runtime.evaluate", Map.of("expression", ANYBODY), within(ms));
      return true;
    } catch (CdpException e) {
      return false;
    }
  }

  /** Stops the scripts that run now, in all frames. Asks for no answer: they might not give one. */
  public void stopScripts() {
    frames().stream()
        .map(FrameObserver.Seen::target)
        .distinct()
        .forEach(target -> target.session().send("Runtime.terminateExecution", Map.of()));
  }

  /** Frames that are there now, with the target to ask, the main frame first. */
  public List<FrameObserver.Seen> frames() {
    return frames.present();
  }

  /** The value of an expression in a frame's isolated world. */
  public JsonNode evaluate(Target target, String frameId, String expression) {
    return run(target, frameId, expression, true).path("value");
  }

  /** The value that a promise comes to in a frame's isolated world. */
  public JsonNode settled(Target target, String frameId, String expression) {
    return ask(target, frameId, expression, true, true).path("value");
  }

  /** The value of an expression in the main frame's isolated world. */
  public JsonNode evaluate(String expression) {
    return evaluate(page, frames.mainFrameId(), expression);
  }

  /** Id of the object that an expression is in a frame's isolated world; empty when it is none. */
  public String handle(Target target, String frameId, String expression) {
    return run(target, frameId, expression, false).path("objectId").asText("");
  }

  /** The isolated world of a frame's document. */
  public int world(Target target, String frameId) {
    return worlds.computeIfAbsent(
        frameId,
        frame ->
            target
                .session()
                .call(
                    "Page.createIsolatedWorld",
                    Map.of("frameId", frame, "worldName", PROBE),
                    within(COMMAND_MS))
                .path("executionContextId")
                .asInt());
  }

  /** A frame that shows another document by now has another world; one new try finds it. */
  private JsonNode run(Target target, String frameId, String expression, boolean byValue) {
    boolean known = worlds.containsKey(frameId);
    try {
      return ask(target, frameId, expression, byValue, false);
    } catch (CdpException e) {
      if (!known || !String.valueOf(e.getMessage()).contains("context")) throw e;
      worlds.remove(frameId);
      return ask(target, frameId, expression, byValue, false);
    }
  }

  private JsonNode ask(
      Target target, String frameId, String expression, boolean byValue, boolean promised) {
    JsonNode answer =
        target
            .session()
            .call(
                "Runtime.evaluate",
                Map.of(
                    "expression",
                    expression + "\n//# sourceURL=" + PROBE,
                    "contextId",
                    world(target, frameId),
                    "returnByValue",
                    byValue,
                    "awaitPromise",
                    promised,
                    "silent",
                    true),
                within(COMMAND_MS));
    if (answer.has("exceptionDetails"))
      throw new CdpException(
          "A question to the page failed: "
              + answer.path("exceptionDetails").path("exception").path("description").asText("?"));
    return answer.path("result");
  }
}
