package org.tagwarden.collector.changes.text;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds what a script can do that is worth knowing when it is new: running text, hiding, sending.
 */
final class Constructs {
  /** Called by name, alone or as a property. */
  private static final Set<String> CALLS =
      Set.of("eval", "atob", "unescape", "fromCharCode", "importScripts", "sendBeacon");

  /** Made with {@code new}, or called. */
  private static final Set<String> MADE =
      Set.of("Function", "WebSocket", "RTCPeerConnection", "EventSource", "SharedWorker");

  private static final Set<String> TIMERS = Set.of("setTimeout", "setInterval");

  private static final Map<String, String> LISTENERS =
      Map.of(
          "keydown", "key listener",
          "keypress", "key listener",
          "keyup", "key listener",
          "paste", "paste listener");

  private final SortedSet<String> found = new TreeSet<>();
  private String last = "";
  private String beforeLast = "";
  private String thirdLast = "";

  SortedSet<String> found() {
    return found;
  }

  void add(JavaScriptTokens.Kind kind, String token) {
    boolean text = kind == JavaScriptTokens.Kind.STRING || kind == JavaScriptTokens.Kind.TEMPLATE;
    String now = text ? "\"" : token;
    if (now.equals("(")) called();
    if (text && last.equals("(")) {
      if (TIMERS.contains(beforeLast)) found.add(beforeLast + " with text");
      String listener = LISTENERS.get(Literals.inside(kind, token));
      if (listener != null && beforeLast.equals("addEventListener")) found.add(listener);
    }
    thirdLast = beforeLast;
    beforeLast = last;
    last = now;
  }

  private void called() {
    if (CALLS.contains(last)) found.add(last);
    boolean declared = beforeLast.equals("function");
    if (MADE.contains(last) && !declared)
      found.add(last.equals("Function") ? "new Function" : last);
    boolean writes = last.equals("write") || last.equals("writeln");
    if (writes && beforeLast.equals(".") && thirdLast.equals("document")) {
      found.add("document.write");
    }
  }
}
