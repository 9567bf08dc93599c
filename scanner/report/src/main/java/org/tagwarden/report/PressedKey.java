package org.tagwarden.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that a journey may press, by the names that browsers give them. */
final class PressedKey {
  private static final List<String> NAMES =
      List.of(
          "Enter",
          "Tab",
          "Escape",
          "Backspace",
          "Delete",
          "Space",
          "ArrowUp",
          "ArrowDown",
          "ArrowLeft",
          "ArrowRight",
          "Home",
          "End",
          "PageUp",
          "PageDown");

  static final String ALL = String.join(", ", NAMES);

  private PressedKey() {}

  /** The key's name as browsers write it, or null when none is called so. */
  static @Nullable String named(String word) {
    String plain = word.strip().replaceAll("[\\s_-]+", "");
    if (plain.equalsIgnoreCase("esc")) return "Escape";
    for (String name : NAMES) if (name.equalsIgnoreCase(plain)) return name;
    return null;
  }
}
