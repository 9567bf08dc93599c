package org.tagwarden.agent.observe;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text of scripts met before, by hash, over all visits of a scanner: pages of a site share theirs,
 * and need not be asked again. Bounded; the oldest go first. Thread-safe.
 */
public final class KnownSources {
  private static final long MOST_CHARACTERS = 16_000_000;

  private final LinkedHashMap<String, String> texts = new LinkedHashMap<>(256, 0.75f, true);
  private long characters;

  synchronized @Nullable String get(String hash) {
    return texts.get(hash);
  }

  synchronized void put(String hash, String text) {
    if (text.length() > MOST_CHARACTERS / 8 || texts.put(hash, text) != null) return;
    characters += text.length();
    var oldest = texts.entrySet().iterator();
    while (characters > MOST_CHARACTERS && oldest.hasNext()) {
      Map.Entry<String, String> entry = oldest.next();
      characters -= entry.getValue().length();
      oldest.remove();
    }
  }
}
