package org.tagwarden.agent.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.Target;

/**
 * An element of a live page, held in the isolated world of its frame.
 *
 * @param target who answers for its frame
 */
record Element(Target target, String frameId, String objectId) {
  private static final long COMMAND_MS = 3_000;

  /** The value of a function of {@link ElementScript} for this element. */
  JsonNode ask(String function, Object... arguments) {
    List<Map<String, Object>> values = new ArrayList<>();
    values.add(Map.of("objectId", objectId));
    for (Object argument : arguments) values.add(Map.of("value", argument));
    JsonNode answer =
        call(
            "Runtime.callFunctionOn",
            Map.of(
                "functionDeclaration",
                "function(...all) { return "
                    + ElementScript.TEXT
                    + "."
                    + function
                    + "(...all) }\n//# sourceURL=tagwarden-probe\n",
                "objectId",
                objectId,
                "arguments",
                values,
                "returnByValue",
                true,
                "silent",
                true));
    if (answer.has("exceptionDetails"))
      throw new CdpException(
          "An element did not answer: "
              + answer.path("exceptionDetails").path("exception").path("description").asText("?"));
    return answer.path("result").path("value");
  }

  /** Brings it into sight. */
  void scrollIntoView() {
    call("DOM.scrollIntoViewIfNeeded", Map.of("objectId", objectId));
  }

  /** The middle of its first box, in the viewport of its target. */
  Point middle() {
    JsonNode quads = call("DOM.getContentQuads", Map.of("objectId", objectId)).path("quads");
    for (JsonNode quad : quads) {
      double x = 0;
      double y = 0;
      for (int i = 0; i < 8; i += 2) {
        x += quad.path(i).asDouble() / 4;
        y += quad.path(i + 1).asDouble() / 4;
      }
      boolean area = Math.abs(quad.path(0).asDouble() - quad.path(4).asDouble()) > 0;
      if (area) return new Point(x, y);
    }
    throw new CdpException("The element has no place on the page");
  }

  private JsonNode call(String method, Map<String, ?> params) {
    return target.session().call(method, params, COMMAND_MS);
  }
}
