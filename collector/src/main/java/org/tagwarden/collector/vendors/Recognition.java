package org.tagwarden.collector.vendors;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What recognition made of one page visit.
 *
 * @param tags every third-party tag, by key in order of first firing; an unknown third-party host
 *     is a tag too
 * @param tagKeyByRequest key of the tag that a request belongs to, by request id; first-party
 *     requests are absent
 */
public record Recognition(List<Tag> tags, Map<Integer, String> tagKeyByRequest) {
  public Recognition {
    tags = List.copyOf(tags);
    tagKeyByRequest = Map.copyOf(tagKeyByRequest);
  }

  public boolean isThirdParty(int requestId) {
    return tagKeyByRequest.containsKey(requestId);
  }

  /** The tag that a request belongs to; null for the site's own. */
  public @Nullable Tag tagOf(int requestId) {
    return tag(tagKeyByRequest.get(requestId));
  }

  /** The tag of that key; null when the visit met none. */
  public @Nullable Tag tag(@Nullable String key) {
    for (Tag tag : tags) if (tag.key().equals(key)) return tag;
    return null;
  }
}
