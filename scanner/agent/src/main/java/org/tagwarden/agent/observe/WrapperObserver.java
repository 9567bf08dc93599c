package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.Deadline;
import org.tagwarden.agent.browser.Target;

/**
 * Functions of the browser that the page's scripts have replaced by wrappers of their own (fetch,
 * XMLHttpRequest, sendBeacon, appendChild...), and where the wrapper stands. Without this, a
 * monitoring SDK is blamed for everybody's requests.
 */
public final class WrapperObserver implements PageObserver {
  private static final long COMMAND_MS = 2_000;

  /** All frames together. */
  private static final long ALL_MS = 6_000;

  static final String QUESTION =
      """
      (() => {
        const text = Function.prototype.toString, found = [];
        const look = (o, n) => {
          try {
            const d = Object.getOwnPropertyDescriptor(o, n), f = d && (d.value || d.set);
            if (typeof f === 'function' && !/\\[native code\\]\\s*}$/.test(text.call(f))) found.push(f);
          } catch {}
        };
        look(window, 'fetch'); look(XMLHttpRequest.prototype, 'open');
        look(XMLHttpRequest.prototype, 'send'); look(Navigator.prototype, 'sendBeacon');
        look(navigator, 'sendBeacon'); look(window, 'WebSocket'); look(window, 'EventSource');
        look(window, 'Image'); look(HTMLImageElement.prototype, 'src');
        look(HTMLScriptElement.prototype, 'src'); look(Node.prototype, 'appendChild');
        look(Node.prototype, 'insertBefore'); look(Element.prototype, 'append');
        look(Element.prototype, 'setAttribute');
        return found;
      })()
      //# sourceURL=tagwarden-probe
      """;

  /** A wrapper's place in its script, lines and columns from 0. */
  public record Wrapper(
      String sessionId, String scriptId, int line, int column, int endLine, int endColumn) {
    /** Whether a stack frame stands inside of it. */
    public boolean holds(String session, String script, int atLine, int atColumn) {
      if (!session.equals(sessionId) || !script.equals(scriptId)) return false;
      boolean after = atLine > line || (atLine == line && atColumn >= column);
      return after && (atLine < endLine || (atLine == endLine && atColumn <= endColumn));
    }
  }

  private final List<Wrapper> wrappers = new ArrayList<>();

  public List<Wrapper> wrappers() {
    return wrappers;
  }

  @Override
  public void atEnd(LivePage page) {
    Deadline until = Deadline.in(page.within(ALL_MS));
    for (Target target :
        page.frames().stream().map(FrameObserver.Seen::target).distinct().toList()) {
      try {
        look(target, until);
      } catch (CdpException e) {
        // A frame that left meanwhile wraps nothing any more.
      }
    }
  }

  private void look(Target target, Deadline until) {
    JsonNode list =
        call(target, "Runtime.evaluate", Map.of("expression", QUESTION, "silent", true), until)
            .path("result");
    if (!list.path("description").asText().startsWith("Array(")
        || list.path("description").asText().equals("Array(0)")) return;
    JsonNode items = properties(target, list.path("objectId").asText(), until).path("result");
    for (JsonNode item : items) {
      JsonNode function = item.path("value");
      if ("function".equals(function.path("type").asText())) place(target, function, until);
    }
  }

  private void place(Target target, JsonNode function, Deadline until) {
    String text = function.path("description").asText();
    for (JsonNode inside :
        properties(target, function.path("objectId").asText(), until).path("internalProperties")) {
      if (!inside.path("name").asText().equals("[[FunctionLocation]]")) continue;
      JsonNode at = inside.path("value").path("value");
      int line = at.path("lineNumber").asInt();
      int column = at.path("columnNumber").asInt();
      long breaks = text.chars().filter(c -> c == '\n').count();
      int tail = text.length() - text.lastIndexOf('\n') - 1;
      wrappers.add(
          new Wrapper(
              target.sessionId(),
              at.path("scriptId").asText(),
              line,
              column,
              line + (int) breaks,
              breaks == 0 ? column + text.length() : tail));
    }
  }

  private static JsonNode properties(Target target, String objectId, Deadline until) {
    return call(
        target,
        "Runtime.getProperties",
        Map.of("objectId", objectId, "ownProperties", true),
        until);
  }

  private static JsonNode call(
      Target target, String method, Map<String, ?> params, Deadline until) {
    return target.session().call(method, params, until.atMost(COMMAND_MS));
  }
}
