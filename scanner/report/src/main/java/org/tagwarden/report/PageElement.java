package org.tagwarden.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An element that matters for governance, as the document of {@code frameId} held it when the visit
 * ended.
 *
 * @param tag lower-case tag name: script, link, iframe, meta, form
 * @param url resolved {@code src}, {@code href} or {@code action}; null for an inline script or a
 *     meta
 * @param attributes the attributes that were present, by lower-case name (integrity, crossorigin,
 *     async, defer, type, rel, nonce as "present", http-equiv, content, ...)
 */
public record PageElement(
    String tag, @Nullable String url, Map<String, String> attributes, @Nullable String frameId) {
  public PageElement {
    Require.notBlank(tag, "element.tag");
    attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
  }
}
