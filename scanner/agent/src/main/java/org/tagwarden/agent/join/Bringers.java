package org.tagwarden.agent.join;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.ResourceType;

/** Which request brought what stands at a URL. */
final class Bringers {
  private final Map<String, TreeMap<Integer, ResourceType>> byUrl = new HashMap<>();
  private final Map<Integer, String> urls = new HashMap<>();
  private final Map<Integer, ResourceType> types = new HashMap<>();
  private final Map<Integer, Integer> nextHop = new HashMap<>();

  void register(int id, String url, ResourceType type) {
    urls.put(id, url);
    types.put(id, type);
    byUrl.computeIfAbsent(Place.withoutFragment(url), u -> new TreeMap<>()).put(id, type);
  }

  /** Whoever answers in the place of {@code from}. */
  void redirected(int from, int to) {
    nextHop.put(from, to);
  }

  @Nullable String urlOf(@Nullable Integer id) {
    return id == null ? null : urls.get(id);
  }

  @Nullable ResourceType typeOf(int id) {
    return types.get(id);
  }

  /**
   * The request that brought the document or script of this URL, the last one before {@code id}.
   */
  @Nullable Integer of(@Nullable String url, int id) {
    TreeMap<Integer, ResourceType> found =
        url == null ? null : byUrl.get(Place.withoutFragment(url));
    if (found == null) return null;
    Integer fallback = null;
    for (Map.Entry<Integer, ResourceType> entry :
        found.headMap(id, false).descendingMap().entrySet()) {
      switch (entry.getValue()) {
        case DOCUMENT, SCRIPT, WORKER, STYLESHEET -> {
          return entry.getKey();
        }
        case PREFLIGHT -> {}
        default -> {
          if (fallback == null) fallback = entry.getKey();
        }
      }
    }
    return fallback;
  }

  /** The engine names a script by the URL that was asked for; its text came from the last hop. */
  @Nullable Integer lastHop(@Nullable Integer id, int before) {
    Integer last = id;
    Integer next = id == null ? null : nextHop.get(id);
    while (next != null && next < before && next > last) {
      last = next;
      next = nextHop.get(last);
    }
    return last;
  }

  /** The request that a preflight of this URL asked permission for: the nearest one. */
  @Nullable Integer permittedBy(String url, int preflight) {
    TreeMap<Integer, ResourceType> same = byUrl.get(Place.withoutFragment(url));
    if (same == null) return null;
    for (Map.Entry<Integer, ResourceType> entry : same.tailMap(preflight, false).entrySet())
      if (entry.getValue() != ResourceType.PREFLIGHT) return entry.getKey();
    for (Map.Entry<Integer, ResourceType> entry :
        same.headMap(preflight, false).descendingMap().entrySet())
      if (entry.getValue() != ResourceType.PREFLIGHT) return entry.getKey();
    return null;
  }
}
