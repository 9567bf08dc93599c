package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;

/**
 * A script as the JavaScript engine parsed it.
 *
 * @param scriptId unique within its target
 * @param sha256 of its text in UTF-8, lower-case hex
 * @param stack the code that made it, if a script did; a missing node otherwise
 */
public record ParsedScript(
    Target target,
    String scriptId,
    String url,
    String embedder,
    int line,
    int column,
    String sha256,
    long length,
    boolean module,
    boolean namedByItself,
    @Nullable String frameId,
    JsonNode stack) {
  /** Whether a script made it: evaluated it, or inserted its text. */
  public boolean madeByScript() {
    return stack.path("callFrames").size() > 0;
  }
}
