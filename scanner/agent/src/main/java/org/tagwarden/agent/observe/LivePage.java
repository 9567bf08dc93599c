package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.agent.browser.BrowserContext;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.Target;

/**
 * The page while it is still there: asks its frames in an isolated world, where the page's own code
 * neither sees the question nor can falsify the tools it is asked with. Used by the visit's thread.
 */
public final class LivePage {
  /** Marks our own scripts, so that they are not taken for the page's. */
  static final String PROBE = "tagwarden-probe";

  private static final long COMMAND_MS = 3_000;

  private final BrowserContext context;
  private final Target page;
  private final FrameObserver frames;
  private final Map<String, Integer> worlds = new HashMap<>();

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

  /** Frames that are there now, with the target to ask, the main frame first. */
  public List<FrameObserver.Seen> frames() {
    return frames.present();
  }

  /** The value of an expression in a frame's isolated world. */
  public JsonNode evaluate(Target target, String frameId, String expression) {
    Integer world = worlds.get(frameId);
    if (world == null) {
      world =
          target
              .session()
              .call(
                  "Page.createIsolatedWorld",
                  Map.of("frameId", frameId, "worldName", PROBE),
                  COMMAND_MS)
              .path("executionContextId")
              .asInt();
      worlds.put(frameId, world);
    }
    JsonNode answer =
        target
            .session()
            .call(
                "Runtime.evaluate",
                Map.of(
                    "expression",
                    expression + "\n//# sourceURL=" + PROBE,
                    "contextId",
                    world,
                    "returnByValue",
                    true,
                    "silent",
                    true),
                COMMAND_MS);
    if (answer.has("exceptionDetails"))
      throw new CdpException(
          "A question to the page failed: "
              + answer.path("exceptionDetails").path("exception").path("description").asText("?"));
    return answer.path("result").path("value");
  }

  /** The value of an expression in the main frame's isolated world. */
  public JsonNode evaluate(String expression) {
    return evaluate(page, frames.mainFrameId(), expression);
  }
}
