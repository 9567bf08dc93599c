package org.tagwarden.dashboard.pages.inventory;

import java.util.Map;
import org.tagwarden.dashboard.view.Labels;

/** The inventory's filter lists: value and label, in the order of the list. */
public final class InventoryChoices {
  public static final Map<String, String> STATES =
      Labels.of(
          "", "All that run now",
          "open", "Not approved",
          "undecided", "Undecided",
          "partly", "Partly authorized",
          "refused", "Refused",
          "pending", "Pending",
          "approved", "Approved",
          "gone", "No longer seen");

  public static final Map<String, String> LOADS =
      Labels.of(
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
}
