package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.tagwarden.agent.browser.Target;

/**
 * Gathers one kind of evidence during one visit. All but {@link #atEnd} are called on the browser
 * connection's thread, in order, and must neither wait nor throw; what {@code atEnd} throws becomes
 * a problem of the visit.
 */
public interface PageObserver {
  /** A command of the DevTools protocol. */
  record Command(String method, Map<String, ?> params) {
    static Command of(String method) {
      return new Command(method, Map.of());
    }
  }

  /** What to switch on in a new target, before its first line runs. */
  default List<Command> prepare(Target target) {
    return List.of();
  }

  /** An event of any target of the visit. */
  default void event(Target target, String method, JsonNode params) {}

  /**
   * The page is done and still there. On the visit's thread; may ask the browser and wait. A
   * journey calls it before each step that may leave the page: the last answers count.
   */
  default void atEnd(LivePage page) {}
}
