package org.tagwarden.dashboard.pages.inventory;

import java.util.LinkedHashMap;
import java.util.Map;

/** The inventory's filter lists: value and label, in the order of the list. */
public final class InventoryChoices {
  public static final Map<String, String> STATES =
      of(
          "", "All that run now",
          "open", "Not approved",
          "undecided", "Undecided",
          "partly", "Partly authorized",
          "refused", "Refused",
          "pending", "Pending",
          "approved", "Approved",
          "gone", "No longer seen");

  public static final Map<String, String> LOADS =
      of(
          "", "Any",
          "HARD_CODED", "Hard-coded",
          "CONTAINER", "Container",
          "PIGGYBACK", "Piggyback",
          "UNKNOWN", "Unknown");

  private InventoryChoices() {}

  /** How a tag was loaded, for people. */
  public static String load(String method) {
    return LOADS.getOrDefault(method, method);
  }

  private static Map<String, String> of(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) map.put(pairs[i], pairs[i + 1]);
    return java.util.Collections.unmodifiableMap(map);
  }
}
