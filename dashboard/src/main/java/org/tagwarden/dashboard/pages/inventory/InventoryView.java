package org.tagwarden.dashboard.pages.inventory;

import java.util.List;
import java.util.Map;
import org.tagwarden.dashboard.pages.site.SiteFrame;
import org.tagwarden.dashboard.view.Chart;

/**
 * What the inventory shows.
 *
 * @param shown tags that the filter accepts, in its order
 * @param ever whether any tag was ever seen
 * @param categories those that occur, by name, for the filter
 * @param version of the decisions that are shown, so that who decides late is told
 */
public record InventoryView(
    SiteFrame frame,
    InventoryFilter filter,
    List<TagRow> shown,
    boolean ever,
    Totals totals,
    Map<String, String> categories,
    Chart sprawl,
    Chart load,
    int version) {

  /**
   * The strip.
   *
   * @param requests third-party requests a page visit, on the last day that was scanned
   * @param bytes likewise
   */
  public record Totals(
      int tags, int vendors, int notApproved, int unknown, long requests, long bytes) {}
}
