package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;

/**
 * Something that a script did at one place in its text, as the page's observer told it.
 *
 * @param kind name of a kind of behaviour or of storage
 * @param value the last cookie line or text that was stored; stays inside the scanner
 * @param length of the last value
 * @param stack as the engine tells it, of the first time
 * @param frameId null in a worker
 * @param origin of the document or worker
 * @param epochMs when first
 * @param stands address of the document that it stands in, where no script did it; else empty
 */
public record Deed(
    String kind,
    String detail,
    String value,
    long length,
    int count,
    Target target,
    JsonNode stack,
    @Nullable String frameId,
    String origin,
    double epochMs,
    String stands) {
  Deed repeated(int times, String lastValue, long lastLength) {
    return new Deed(
        kind,
        detail,
        lastValue,
        lastLength,
        Math.max(count, times),
        target,
        stack,
        frameId,
        origin,
        epochMs,
        stands);
  }
}
