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

  public @Nullable Tag tagOf(int requestId) {
    String key = tagKeyByRequest.get(requestId);
    for (Tag tag : tags) if (tag.key().equals(key)) return tag;
    return null;
  }
}
