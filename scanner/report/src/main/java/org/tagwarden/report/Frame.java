package org.tagwarden.report;

import org.jspecify.annotations.Nullable;

/**
 * A document in the page.
 *
 * @param id unique within the visit
 * @param parentId null for the main frame
 * @param url the last URL it showed; may be {@code about:srcdoc} or {@code about:blank}
 * @param removed whether it was gone when the visit ended
 */
public record Frame(String id, @Nullable String parentId, String url, boolean removed) {
  public Frame {
    Require.notBlank(id, "frame.id");
    Require.present(url, "frame.url");
  }
}
