package org.tagwarden.agent.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Follows the targets of one context. Called on the connection's thread: must be quick and must not
 * wait for an answer of the browser.
 */
public interface TargetListener {
  /**
   * A target was found; it stands still until this returns. Commands sent here take effect before
   * its first line runs. Returns what a navigation of a page has to wait for.
   */
  List<CompletableFuture<?>> attached(Target target);

  /** An event of a target. */
  void event(Target target, String method, JsonNode params);

  /** The page made the browser tell so much that most of what follows is not told any more. */
  void flooded();

  /** A target is gone. */
  void detached(Target target);
}
