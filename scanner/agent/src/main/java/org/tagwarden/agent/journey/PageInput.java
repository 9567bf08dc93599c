package org.tagwarden.agent.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.CdpSession;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.observe.LivePage;

/** Mouse, touch and keys of one page, as real events: scripts see them as a visitor's. */
final class PageInput {
  private static final long COMMAND_MS = 5_000;
  private static final Map<String, Integer> KEY_CODES =
      Map.ofEntries(
          Map.entry("Enter", 13),
          Map.entry("Tab", 9),
          Map.entry("Escape", 27),
          Map.entry("Backspace", 8),
          Map.entry("Delete", 46),
          Map.entry("Space", 32),
          Map.entry("ArrowUp", 38),
          Map.entry("ArrowDown", 40),
          Map.entry("ArrowLeft", 37),
          Map.entry("ArrowRight", 39),
          Map.entry("Home", 36),
          Map.entry("End", 35),
          Map.entry("PageUp", 33),
          Map.entry("PageDown", 34));

  private final LivePage page;
  private final boolean touch;

  /**
   * @param touch whether the visitor taps instead of clicking
   */
  PageInput(LivePage page, boolean touch) {
    this.page = page;
    this.touch = touch;
  }

  /** Clicks or taps the middle of an element. */
  void click(Element element) {
    Point at = element.middle().plus(offset(element.target()));
    if (touch) tap(at);
    else click(at);
  }

  private void tap(Point at) {
    CompletableFuture<JsonNode> start =
        send(
            "Input.dispatchTouchEvent",
            Map.of("type", "touchStart", "touchPoints", List.of(Map.of("x", at.x(), "y", at.y()))));
    CompletableFuture<JsonNode> end =
        send("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
    CdpSession.await(start, "Tapping", COMMAND_MS);
    CdpSession.await(end, "Tapping", COMMAND_MS);
  }

  private void click(Point at) {
    mouse("mouseMoved", at, 0);
    CompletableFuture<JsonNode> pressed = mouse("mousePressed", at, 1);
    CompletableFuture<JsonNode> released = mouse("mouseReleased", at, 1);
    CdpSession.await(pressed, "Clicking", COMMAND_MS);
    CdpSession.await(released, "Clicking", COMMAND_MS);
  }

  private CompletableFuture<JsonNode> mouse(String type, Point at, int clicks) {
    return send(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            at.x(),
            "y",
            at.y(),
            "button",
            clicks == 0 ? "none" : "left",
            "buttons",
            type.equals("mousePressed") ? 1 : 0,
            "clickCount",
            clicks));
  }

  /** Types a text into what has the focus, key by key. */
  void type(String text) {
    CompletableFuture<JsonNode> last = CompletableFuture.completedFuture(null);
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      String letter = Character.toString(text.codePointAt(i));
      if (letter.equals("\n")) {
        last = key("Enter", "\r");
      } else if (letter.codePointAt(0) < 0x2000) {
        last = key(letter, letter);
      } else {
        last = send("Input.insertText", Map.of("text", letter));
      }
    }
    CdpSession.await(last, "Typing", COMMAND_MS);
  }

  /** Presses a named key. */
  void press(String name) {
    String text =
        switch (name) {
          case "Enter" -> "\r";
          case "Space" -> " ";
          default -> null;
        };
    CdpSession.await(key(name.equals("Space") ? " " : name, text), "Pressing", COMMAND_MS);
  }

  /** The browser hands keys on to the frame that has the focus. */
  private CompletableFuture<JsonNode> key(String key, @Nullable String text) {
    Map<String, Object> down = new HashMap<>();
    down.put("type", text == null ? "rawKeyDown" : "keyDown");
    down.put("key", key);
    down.put("code", code(key));
    down.put("windowsVirtualKeyCode", keyCode(key));
    if (text != null) down.put("text", text);
    if (text != null) down.put("unmodifiedText", text);
    send("Input.dispatchKeyEvent", down);
    return send(
        "Input.dispatchKeyEvent",
        Map.of(
            "type", "keyUp", "key", key, "code", code(key), "windowsVirtualKeyCode", keyCode(key)));
  }

  private static String code(String key) {
    if (key.equals(" ")) return "Space";
    if (key.length() > 1) return key;
    char letter = Character.toUpperCase(key.charAt(0));
    if (letter >= 'A' && letter <= 'Z') return "Key" + letter;
    return letter >= '0' && letter <= '9' ? "Digit" + letter : "";
  }

  private static int keyCode(String key) {
    if (key.length() > 1) return KEY_CODES.getOrDefault(key, 0);
    char letter = Character.toUpperCase(key.charAt(0));
    boolean plain = (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
    return plain || letter == ' ' ? letter : 0;
  }

  /** Where the viewport of an iframe in a process of its own begins in the page's. */
  private Point offset(Target target) {
    Point offset = new Point(0, 0);
    for (Target at = target; at.type() == Target.Type.IFRAME && at.parent() != null; ) {
      Target parent = at.parent();
      JsonNode owner =
          parent.session().call("DOM.getFrameOwner", Map.of("frameId", at.targetId()), COMMAND_MS);
      JsonNode content =
          parent
              .session()
              .call(
                  "DOM.getBoxModel",
                  Map.of("backendNodeId", owner.path("backendNodeId").asInt()),
                  COMMAND_MS)
              .path("model")
              .path("content");
      offset = offset.plus(new Point(content.path(0).asDouble(), content.path(1).asDouble()));
      at = parent;
    }
    return offset;
  }

  private CompletableFuture<JsonNode> send(String method, Map<String, ?> params) {
    return page.page().session().send(method, params);
  }
}
