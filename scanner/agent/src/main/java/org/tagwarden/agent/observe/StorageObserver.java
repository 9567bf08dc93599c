package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tagwarden.agent.browser.Target;

/**
 * Web storage as the browser itself tells of it: every write, also by plain assignment ({@code
 * localStorage.x = 1}), which no function call announces. It does not tell by whom.
 */
public final class StorageObserver implements PageObserver {
  private static final int MOST = 2_000;

  /**
   * An item that was written.
   *
   * @param value the last one; stays inside the scanner
   * @param epochMs when first
   */
  public record Written(
      boolean local, String origin, String key, String value, int count, double epochMs) {}

  private final Set<List<Object>> brought = new HashSet<>();
  private final Map<List<Object>, Written> items = new LinkedHashMap<>();

  @Override
  public List<Command> prepare(Target target) {
    return target.hasFrames() ? List.of(Command.of("DOMStorage.enable")) : List.of();
  }

  @Override
  public synchronized void event(Target target, String method, JsonNode params) {
    boolean written =
        method.equals("DOMStorage.domStorageItemAdded")
            || method.equals("DOMStorage.domStorageItemUpdated");
    if (!written) return;
    JsonNode storage = params.path("storageId");
    boolean local = storage.path("isLocalStorage").asBoolean();
    String origin = origin(storage);
    String key = params.path("key").asText();
    List<Object> item = List.of(local, origin, key);
    Written known = items.get(item);
    String value = params.path("newValue").asText();
    if (known == null && brought.contains(List.of(local, origin, key, value))) return;
    if (known == null && items.size() >= MOST) return;
    int count = known == null ? 1 : known.count() + 1;
    double first = known == null ? System.currentTimeMillis() : known.epochMs();
    items.put(item, new Written(local, origin, key, value, count, first));
  }

  /**
   * An item that the scanner itself puts there, for the page to find; before the page is opened.
   */
  public synchronized void bring(boolean local, String origin, String key, String value) {
    brought.add(List.of(local, origin, key, value));
  }

  /** The same items are brought to the next page, too. */
  synchronized void startWith(StorageObserver before) {
    brought.addAll(before.brought);
  }

  /** Each item that was written, in order of the first time. */
  public synchronized List<Written> items() {
    return List.copyOf(items.values());
  }

  /** The storage key of a frame is its origin with a slash, and, in a foreign page, a site. */
  private static String origin(JsonNode storage) {
    String key = storage.path("storageKey").asText(storage.path("securityOrigin").asText());
    int site = key.indexOf('^');
    String origin = site < 0 ? key : key.substring(0, site);
    return origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin;
  }
}
