package org.tagwarden.collector.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Tag;

/**
 * What one judged visit tells the inventory.
 *
 * @param whole whether the visit saw the page to its end; if not, what it lacks may still be there
 * @param resourceIds distinct resources of the page
 * @param loads what each tag asked for, by key
 */
public record Sighting(
    int siteId,
    int pageId,
    UUID visitId,
    Instant at,
    SeenAs as,
    boolean whole,
    List<Tag> tags,
    List<Integer> resourceIds,
    List<ScriptSighting> scripts,
    Map<String, Load> loads,
    Load total,
    Load thirdParty) {
  /** Requests, their bytes on the wire and the sum of their durations. */
  public record Load(int requests, long bytes, long milliseconds) {
    public static final Load NONE = new Load(0, 0, 0);

    public Load plus(long moreBytes, long moreMilliseconds) {
      return new Load(requests + 1, bytes + moreBytes, milliseconds + moreMilliseconds);
    }
  }

  /** A script that ran; {@code tagKey} null for the site's own. */
  public record ScriptSighting(
      int scriptId, @Nullable Integer resourceId, @Nullable String tagKey, String kind) {}

  public Sighting {
    tags = List.copyOf(tags);
    resourceIds = List.copyOf(resourceIds);
    scripts = List.copyOf(scripts);
    loads = Map.copyOf(loads);
  }
}
